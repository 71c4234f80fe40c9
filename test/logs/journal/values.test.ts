import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Values } from '../../../src/logs/journal/values.ts'

const MEBIBYTE = 1 << 20

test('a value is kept until the last entry that uses it', () => {
  const values = new Values<string>()
  values.add(8, 'MESSAGE=once', { size: 12, uses: 1 })
  values.add(16, 'PRIORITY=6', { size: 10, uses: 2 })
  const uses = [8, 8, 16, 16, 16].map((offset) => values.use(offset))
  assert.deepEqual(uses, ['MESSAGE=once', null, 'PRIORITY=6', 'PRIORITY=6', null])
})

test('a value that does not tell its uses is kept while it is used', () => {
  const values = new Values<string>()
  values.add(0, 'used', { size: 4, uses: 0 })
  values.add(1, 'forgotten', { size: 9, uses: 0 })
  for (let offset = 2; offset < 102; offset++) {
    values.add(offset, 'other', { size: MEBIBYTE, uses: 0 })
    assert.equal(values.use(0), 'used')
  }
  assert.equal(values.use(1), null)
})

test('values of single entries take no room from those of many', () => {
  const values = new Values<string>()
  values.add(0, 'shared', { size: 6, uses: 3 })
  for (let offset = 1; offset < 101; offset++) values.add(offset, 'single', { size: MEBIBYTE, uses: 1 })
  assert.deepEqual([values.use(0), values.use(1), values.use(100)], ['shared', null, 'single'])
})
