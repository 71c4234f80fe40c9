import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { uncovered } from '../../src/engine/uncovered.ts'

/** Literals blind to case begin with `~`. */
const read = (written: string) => ({ text: written.replace('~', ''), anyCase: written.startsWith('~') })
const check = (given: readonly string[], expected: readonly string[]) =>
  assert.deepEqual(
    uncovered(given.map(read)).map(({ text, anyCase }) => (anyCase ? `~${text}` : text)),
    expected,
  )

test('a literal that holds another is left out', () => {
  check(['connection refused', 'refused', 'refused'], ['refused'])
  check(['connection refused', '~Refused'], ['~Refused'])
  check(['~connection refused', 'refused'], ['~connection refused', 'refused'])
  check(['ERROR', '~error', 'error'], ['~error'])
  check(['~Error', '~error'], ['~Error', '~error'])
})

test('one that asks for what stands beside it leaves others in, but for those that end as it does and ask the same', () => {
  const number = { before: null, after: 'a number' }
  const asking = (text: string, beside = number) => ({ text, anyCase: false, beside: [beside] })
  const texts = (literals: Parameters<typeof uncovered>[0]) => uncovered(literals).map(({ text }) => text)
  assert.deepEqual(texts([asking('took '), { text: 'it took time', anyCase: false }]), ['took ', 'it took time'])
  assert.deepEqual(texts([asking('took '), asking('query took ')]), ['took '])
  assert.deepEqual(texts([asking('took '), asking('query took ', { before: null, after: 'a word' })]), [
    'took ',
    'query took ',
  ])
  assert.deepEqual(uncovered([asking('took '), { text: 'took ', anyCase: false }]), [{ text: 'took ', anyCase: false }])
  const many = ['it took a', 'it took b', 'it took c', 'it took d', 'it took e'].map((text) => ({
    text,
    anyCase: false,
  }))
  assert.deepEqual(uncovered([asking('took '), ...many]), [{ text: 'took ', anyCase: false }])
})

test('what any literal finds the ones that are left find too', () => {
  const literal = fc.record({ text: fc.stringMatching(/^[abAB]{3,5}$/), anyCase: fc.boolean() })
  fc.assert(
    fc.property(fc.array(literal, { maxLength: 8 }), fc.stringMatching(/^[abAB]{0,12}$/), (literals, text) => {
      const holds = (list: typeof literals) =>
        list.some((one) =>
          one.anyCase ? text.toLowerCase().includes(one.text.toLowerCase()) : text.includes(one.text),
        )
      assert.equal(holds([...uncovered(literals)]), holds(literals))
    }),
  )
})
