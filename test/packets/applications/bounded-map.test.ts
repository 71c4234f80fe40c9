import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BoundedMap } from '../../../src/packets/applications/bounded-map.ts'

test('the oldest go, a share at a time', () => {
  const gone: string[] = []
  const map = new BoundedMap<number, string>(16, (value) => gone.push(value))
  for (let i = 0; i < 17; i++) map.set(i, `v${i}`)
  assert.deepEqual(gone, ['v0', 'v1'])
  assert.equal(map.size, 15)
  assert.equal(map.get(2), 'v2')
})

test('what is deleted is not handed back, what is left is', () => {
  const gone: string[] = []
  const map = new BoundedMap<number, string>(4, (value) => gone.push(value))
  for (const i of [1, 2, 3]) map.set(i, `v${i}`)
  map.delete(2)
  map.clear()
  assert.deepEqual(gone, ['v1', 'v3'])
  assert.equal(map.size, 0)
})
