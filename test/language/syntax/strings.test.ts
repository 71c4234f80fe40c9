import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decodeStrings, encodeString } from '../../../src/language/syntax/strings.ts'

test('escapes are decoded and every sign knows its place', () => {
  const text = decodeStrings([{ image: '"a\\n\\"b"', startOffset: 10 }])
  assert.equal(text.value, 'a\n"b')
  assert.deepEqual(text.offsets, [11, 12, 14, 16])
  assert.deepEqual(text.at, { offset: 10, length: 8 })
})

test('strings side by side are one text', () => {
  const tokens = [
    { image: '"one "', startOffset: 0 },
    { image: '"two"', startOffset: 9 },
  ]
  assert.equal(decodeStrings(tokens).value, 'one two')
})

test('an unknown escape stays as it is written', () => {
  assert.equal(decodeStrings([{ image: '"\\d+"', startOffset: 0 }]).value, '\\d+')
})

test('what is encoded decodes to itself', () => {
  fc.assert(
    fc.property(fc.string(), (value) => {
      assert.equal(decodeStrings([{ image: encodeString(value), startOffset: 0 }]).value, value)
    }),
  )
})
