import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Blocks } from '../../src/engine/blocks.ts'

test('every number of every row has a place of its own, and blocks are made as they are needed', () => {
  const sizes: number[] = []
  const blocks = new Blocks((rows) => {
    sizes.push(rows)
    return new Int32Array(rows * 3)
  }, 3)
  for (let row = 0; row < 1000; row++) for (let which = 0; which < 3; which++) blocks.set(row, which, row * 3 + which)
  for (let row = 0; row < 1000; row++)
    for (let which = 0; which < 3; which++) assert.equal(blocks.get(row, which), row * 3 + which)
  assert.deepEqual(sizes, [16, 32, 64, 128, 256, 512])
  assert.equal(blocks.get(5000, 0), 0)
})
