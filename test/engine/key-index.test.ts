import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { agrees, type Key } from '../../src/engine/episode.ts'
import { KeyIndex } from '../../src/engine/key-index.ts'

function keys(parts: number): fc.Arbitrary<Key> {
  const part = fc.constantFrom(null, 'db-1', 'DB-1', 'db-2', 5432, '5432', 0, true)
  return fc.array(part, { minLength: parts, maxLength: parts })
}

test('an index of keys gives what asking every key gives, in their order', () => {
  const cases = fc.nat(3).chain((parts) => fc.tuple(fc.array(keys(parts)), keys(parts)))
  fc.assert(
    fc.property(cases, ([filed, asked]) => {
      const index = new KeyIndex<number>()
      for (const [order, key] of filed.entries()) index.add(key, order)
      const plain = filed.flatMap((key, order) => (agrees(key, asked) ? [order] : []))
      assert.deepEqual(index.agreeing(asked), plain)
      assert.deepEqual(
        index.agreeing(asked, (order) => order % 2 === 0),
        plain.filter((order) => order % 2 === 0),
      )
    }),
  )
})
