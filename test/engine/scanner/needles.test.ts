import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lengthOf, longestOf, toNeedles } from '../../../src/engine/scanner/needles.ts'

const bytes = (text: string): number[] => [...new TextEncoder().encode(text)]

test('letters fold where case is blind, digits and signs do not', () => {
  const needles = toNeedles([{ text: 'Ab-1', anyCase: true }])
  assert.deepEqual([...needles.bytes], bytes('ab-1'))
  assert.deepEqual([...needles.fold], [32, 32, 0, 0])
})

test('a case-sensitive literal folds nothing', () => {
  assert.deepEqual([...toNeedles([{ text: 'Ab-1', anyCase: false }]).fold], [0, 0, 0, 0])
})

test('equal literals become one, the blind and the seeing stay two', () => {
  const twice = { text: 'abc', anyCase: false }
  assert.equal(toNeedles([twice, twice, { text: 'abc', anyCase: true }]).count, 2)
})

test('needles lie one after the other, counted in bytes', () => {
  const needles = toNeedles(['abc', 'größer', '€€'].map((text) => ({ text, anyCase: false })))
  assert.deepEqual([...needles.starts], [0, 3, 11, 17])
  assert.deepEqual([...needles.bytes], bytes('abcgrößer€€'))
  assert.equal(lengthOf(needles, 1), 8)
  assert.equal(longestOf(needles), 8)
})
