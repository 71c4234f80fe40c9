import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fitting, standsAt, toNeedles } from '../../../src/engine/scanner/needle.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

test('letters fold where case is blind, digits and signs do not', () => {
  const [needle] = toNeedles([{ text: 'Ab-1', anyCase: true }])
  assert.deepEqual([...needle.bytes], [...bytes('ab-1')])
  assert.deepEqual([...needle.fold], [32, 32, 0, 0])
})

test('a case-sensitive literal folds nothing', () => {
  const [needle] = toNeedles([{ text: 'Ab-1', anyCase: false }])
  assert.deepEqual([...needle.fold], [0, 0, 0, 0])
})

test('equal literals become one, the blind and the seeing stay two', () => {
  const twice = { text: 'abc', anyCase: false }
  assert.equal(toNeedles([twice, twice, { text: 'abc', anyCase: true }]).length, 2)
})

test('a blind letter fits two byte values', () => {
  const [needle] = toNeedles([{ text: 'a1z', anyCase: true }])
  assert.deepEqual(
    [0, 1, 2].map((at) => fitting(needle, at)),
    [[97, 65], [49], [122, 90]],
  )
})

test('standing is exact', () => {
  const [needle] = toNeedles([{ text: 'i/O', anyCase: true }])
  assert.equal(standsAt(needle, bytes('xI/ox'), 1), true)
  assert.equal(standsAt(needle, bytes('xI\x0fox'), 1), false)
})
