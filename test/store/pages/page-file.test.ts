// Pages go behind the last of a file, but never where SQLite keeps its locks.
import assert from 'node:assert/strict'
import { closeSync, ftruncateSync, openSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import Database from 'better-sqlite3'
import { PageFile } from '../../../src/store/pages/page-file.ts'
import { folder } from '../sample.ts'

const PAGE = 65_536 / 2

test('the page with the byte at 1 GiB stays empty', (t) => {
  const path = join(folder(t), 'a.db')
  const db = new Database(path)
  db.pragma(`page_size = ${PAGE}`)
  db.exec('CREATE TABLE t (a)')
  db.close()
  const before = 2 ** 30 / PAGE
  const descriptor = openSync(path, 'r+')
  ftruncateSync(descriptor, 2 ** 30)
  writeSync(descriptor, Buffer.from([0, 0, before >> 8, before & 255]), 0, 4, 28)
  closeSync(descriptor)
  const file = new PageFile(path)
  const numbers = [file.append(Buffer.alloc(PAGE)), file.append(Buffer.alloc(PAGE))]
  file.close()
  assert.deepEqual(numbers, [32_770, 32_771])
  assert.equal(statSync(path).size, 32_771 * PAGE)
})
