// An interrupt is heard although the bytes come at once, and never costs those that were read.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { interruptible } from '../src/interruptible.ts'
import type { Source } from '../src/model/index.ts'

function sourceOf(bytes: number): Source {
  let left = bytes
  const read = (target: Uint8Array) => {
    const count = Math.min(left, target.length)
    left -= count
    return count
  }
  const head = new Uint8Array(0)
  return { path: 'a', size: bytes, modified: null, head, bytes: { read }, charset: null, content: 'text' }
}

/** Bytes that come until the end, or the interrupt. */
async function readAll(source: Source, interrupt: AbortSignal): Promise<number> {
  const { bytes } = interruptible(source, interrupt)
  const target = new Uint8Array(64 * 1024)
  let total = 0
  for (let count = await bytes.read(target); count > 0; count = await bytes.read(target)) total += count
  return total
}

test('all bytes come where nobody interrupts', async () => {
  assert.equal(await readAll(sourceOf(50_000_001), new AbortController().signal), 50_000_001)
})

test('an interrupt is heard within a file', async () => {
  const control = new AbortController()
  setImmediate(() => setImmediate(() => control.abort()))
  const total = await readAll(sourceOf(1e9), control.signal)
  assert.ok(total > 0 && total < 1e8)
})

test('an interrupt is heard between files', async () => {
  const control = new AbortController()
  setImmediate(() => setImmediate(() => control.abort()))
  let total = 0
  for (let count = 0; count < 100; count++) total += await readAll(sourceOf(1), control.signal)
  assert.ok(total < 100)
})
