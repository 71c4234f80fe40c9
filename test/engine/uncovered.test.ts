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
