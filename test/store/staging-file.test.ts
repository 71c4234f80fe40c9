import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { openStagingFile } from '../../src/store/staging-file.ts'
import { folder } from './sample.ts'

test('the file has no name while it is open', { skip: process.platform === 'win32' }, (t) => {
  const dir = folder(t)
  const file = openStagingFile(dir, ['CREATE TABLE a (x)', 'CREATE TABLE b (x)'])
  assert.equal(existsSync(dir), false)
  assert.deepEqual([file.rootOf('a'), file.rootOf('b'), file.pages], [2, 3, 3])
  file.close()
})
