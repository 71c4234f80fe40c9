// What is kept of a source once it was read: nothing that grows with it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Source } from '../src/model/index.ts'
import { labelOf } from '../src/read-source.ts'

test('a source that was read leaves its label, not its head and its bytes', () => {
  const source: Source = {
    path: 'a.log',
    size: 3,
    modified: 7,
    head: new Uint8Array(3),
    bytes: { read: () => 0 },
    charset: 'utf-16le',
    content: 'text',
  }
  assert.deepEqual(labelOf(source), { path: 'a.log', modified: 7, charset: 'utf-16le', content: 'text' })
})
