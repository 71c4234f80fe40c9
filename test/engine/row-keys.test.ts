import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { RowKeys } from '../../src/engine/row-keys.ts'
import type { FieldValue } from '../../src/model/index.ts'

const PART = fc.constantFrom<FieldValue>(null, true, 443, '443', '', 'server-a', 'server-b', 0.1)

test('keys: the same values have the same number, others another', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(PART, PART), { maxLength: 100 }), (keys) => {
      const all = new RowKeys()
      const expected = new Map<string, number>()
      for (const key of keys) {
        const name = JSON.stringify(key)
        assert.equal(all.find(key), expected.get(name) ?? -1)
        if (!expected.has(name)) expected.set(name, all.add(key))
      }
      assert.deepEqual(
        all.all.map((key) => JSON.stringify(key)),
        [...expected.keys()],
      )
    }),
  )
})
