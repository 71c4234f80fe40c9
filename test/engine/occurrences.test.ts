import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Occurrences } from '../../src/engine/occurrences.ts'
import type { Literal } from '../../src/model/index.ts'

const sign = fc.constantFrom('a', 'b', 'A', 'c', ' ', 'é', '繁')
const literal = fc.record({ text: fc.string({ unit: sign, minLength: 1, maxLength: 6 }), anyCase: fc.boolean() })
const fold = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
const holds = (text: string, { text: wanted, anyCase }: Literal) =>
  anyCase ? fold(text).includes(fold(wanted)) : text.includes(wanted)

test('tells exactly the literals that occur', () => {
  fc.assert(
    fc.property(
      fc.array(literal, { maxLength: 12 }),
      fc.array(fc.string({ unit: sign, maxLength: 80 })),
      (literals, texts) => {
        const occurrences = new Occurrences()
        const numbers = literals.map((one) => occurrences.number(one))
        for (const text of texts) {
          const expected = new Set(numbers.filter((_, at) => holds(text, literals[at] ?? { text: '', anyCase: false })))
          const found = occurrences.of(text)
          assert.deepEqual(found.toSorted(), [...expected].sort())
        }
      },
    ),
  )
})

test('a text of any length is looked through', () => {
  const occurrences = new Occurrences()
  const refused = occurrences.number({ text: 'refused', anyCase: false })
  assert.deepEqual(occurrences.of(`${' '.repeat(200_000)}refused`), [refused])
})

test('the same literal has the same number', () => {
  const occurrences = new Occurrences()
  assert.equal(occurrences.number({ text: 'one', anyCase: false }), occurrences.number({ text: 'one', anyCase: false }))
  assert.notEqual(
    occurrences.number({ text: 'one', anyCase: true }),
    occurrences.number({ text: 'one', anyCase: false }),
  )
})
