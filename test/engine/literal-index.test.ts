import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { LiteralIndex } from '../../src/engine/literal-index.ts'

test('names every owner whose literal occurs, whatever its case', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'A', 'c', ' ', 'é'), minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(
      fc.array(fc.array(letters, { maxLength: 3 }), { maxLength: 6 }),
      fc.string({ unit: fc.constantFrom('a', 'b', 'B', 'c', ' ', 'é'), maxLength: 30 }),
      (owners, text) => {
        const found = new Set<number>()
        new LiteralIndex(owners.map((list) => list.map((literal) => ({ text: literal, anyCase: true })))).collect(
          text,
          found,
        )
        const expected = owners.flatMap((list, at) =>
          list.some((literal) => text.toLowerCase().includes(literal.toLowerCase())) ? [at] : [],
        )
        assert.deepEqual([...found].sort(), expected)
      },
    ),
  )
})

test('a literal with case is found only as it is written', () => {
  const found = new Set<number>()
  const index = new LiteralIndex([
    [{ text: 'ERROR', anyCase: false }],
    [{ text: 'error', anyCase: false }],
    [{ text: '繁忙', anyCase: false }],
  ])
  index.collect('an error: 服务器繁忙', found)
  assert.deepEqual([...found], [2, 1])
})

test('an owner without literals is never named', () => {
  const found = new Set<number>()
  new LiteralIndex([[], [{ text: 'refused', anyCase: false }]]).collect('connection refused', found)
  assert.deepEqual([...found], [1])
})
