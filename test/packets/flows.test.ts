import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Flow, Flows } from '../../src/packets/flows.ts'

function flow(low: number, lastPacket: number, isOver = false): Flow {
  return { low, high: -1, ports: 80, lastPacket, isOver }
}

test('a flow is found by its key, also after the table grew', () => {
  const flows = new Flows<Flow>(100_000)
  for (let low = -2000; low < 2000; low++) flows.add(flow(low, low))
  assert.equal(flows.find(-1999, -1, 80)?.lastPacket, -1999)
  assert.equal(flows.find(1999, -1, 80)?.lastPacket, 1999)
  assert.equal(flows.find(1999, -1, 81), undefined)
  assert.equal(flows.all.length, 4000)
})

test('a flow may take the place of another with its key', () => {
  const flows = new Flows<Flow>(10)
  const old = flow(1, 1)
  flows.add(old)
  flows.replace(old, flow(1, 9))
  assert.equal(flows.find(1, -1, 80)?.lastPacket, 9)
  assert.equal(flows.all.length, 1)
})

test('the quarter that goes ended before, or was silent longest', () => {
  const flows = new Flows<Flow>(8)
  for (const [low, last] of [
    [1, 50],
    [2, 10],
    [3, 20],
    [4, 60],
    [5, 70],
    [6, 80],
    [7, 30],
  ] as const)
    flows.add(flow(low, last))
  flows.add(flow(8, 90, true))
  assert.equal(flows.isFull, true)
  assert.deepEqual(
    flows.evict().map(({ low }) => low),
    [2, 3, 8],
  )
  assert.equal(flows.find(2, -1, 80), undefined)
  assert.equal(flows.find(7, -1, 80)?.lastPacket, 30)
})
