import assert from 'node:assert/strict'
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { PAGE_SIZE, PageFile } from '../../../src/store/pages/page-file.ts'
import { folder } from '../sample.ts'

test('pages lie behind one another, and the header says how many', (t) => {
  const path = join(folder(t), 'file')
  writeFileSync(path, Buffer.alloc(2 * PAGE_SIZE, 1))
  const descriptor = openSync(path, 'r+')
  const file = new PageFile(descriptor, 2)
  const numbers = Array.from({ length: 20 }, (_, at) => file.append(Buffer.alloc(PAGE_SIZE, at)))
  assert.deepEqual([numbers[0], numbers[19], file.next], [3, 22, 23])
  file.replace(2, Buffer.alloc(PAGE_SIZE, 9))
  file.finish()
  closeSync(descriptor)
  const bytes = readFileSync(path)
  assert.equal(bytes.length, 22 * PAGE_SIZE)
  assert.deepEqual([bytes[PAGE_SIZE], bytes[3 * PAGE_SIZE], bytes.at(-1)], [9, 1, 19])
  assert.deepEqual(
    [bytes.readUInt32BE(24), bytes.readUInt32BE(28), bytes.readUInt32BE(92)],
    [0x01010102, 22, 0x01010102],
  )
})

test('no page lies where SQLite locks the file', (t) => {
  const descriptor = openSync(join(folder(t), 'file'), 'w+')
  const file = new PageFile(descriptor, 65_534)
  const numbers = [0, 1, 2, 3].map(() => [file.next, file.append(Buffer.alloc(PAGE_SIZE))])
  assert.deepEqual(numbers, [
    [65_535, 65_535],
    [65_536, 65_536],
    [65_538, 65_538],
    [65_539, 65_539],
  ])
  closeSync(descriptor)
})
