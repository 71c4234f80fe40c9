// What the surroundings refuse is told as such; a mistake of the program stays one.
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { writing } from '../../src/store/store-file.ts'
import { folder } from './sample.ts'

function failing(code: string, message: string): () => never {
  return () => {
    throw Object.assign(new Error(message), { code })
  }
}

for (const code of ['SQLITE_FULL', 'ENOSPC', 'EDQUOT'])
  test(`${code} is a full disk`, () => {
    assert.throws(() => writing('/srv/a.db', failing(code, 'database or disk is full')), {
      code: 'not-writable',
      message: 'Cannot write /srv/a.db: the disk is full.',
      hint: /--store FILE; .*TMPDIR/,
    })
  })

for (const code of ['SQLITE_IOERR_WRITE', 'EROFS', 'EPERM'])
  test(`${code} is told with its reason`, () => {
    assert.throws(() => writing('/srv/a.db', failing(code, 'refused')), /^FaultlineError: Cannot write .*: refused\.$/)
  })

test('what the system refuses is told', (t) => {
  const there = join(folder(t), 'there')
  mkdirSync(there)
  assert.throws(() => writing(there, () => mkdirSync(there)), { code: 'not-writable' })
})

test('other errors are what they were', () => {
  assert.throws(() => writing('a', failing('SQLITE_CONSTRAINT_FOREIGNKEY', 'no source')), /^Error: no source$/)
  assert.throws(() => writing('a', failing('ERR_OUT_OF_RANGE', 'offset')), /^Error: offset$/)
  assert.equal(
    writing('a', () => 7),
    7,
  )
})
