import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Flow, Flows } from '../../src/packets/flows.ts'

function flow(low: number, lastPacket: number, isOver = false): Flow {
  return { low, high: -1, ports: 80, number: low, lastPacket, isOver }
}

test('a flow is found by its key, also after the table grew', () => {
  const flows = new Flows<Flow>(100_000)
  for (let low = -2000; low < 2000; low++) flows.add(flow(low, low))
  assert.equal(flows.find(-1999, -1, 80)?.lastPacket, -1999)
  assert.equal(flows.find(1999, -1, 80)?.lastPacket, 1999)
  assert.equal(flows.find(1999, -1, 81), undefined)
  assert.equal(flows.size, 4000)
})

test('a flow may take the place of another with its key', () => {
  const flows = new Flows<Flow>(10)
  const old = flow(1, 1)
  const place = flows.add(old)
  assert.equal(flows.indexOf(1, -1, 80), place)
  flows.replace(place, flow(1, 9))
  assert.equal(flows.find(1, -1, 80)?.lastPacket, 9)
  assert.equal(flows.size, 1)
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

test('a place that was given up is taken again, and the others stay', () => {
  const flows = new Flows<Flow>(10)
  const places = [1, 2, 3].map((low) => flows.add(flow(low, low)))
  assert.deepEqual(
    flows.take(({ low }) => low === 2).map(({ low }) => low),
    [2],
  )
  assert.equal(flows.add(flow(4, 4)), places[1])
  assert.equal(flows.indexOf(3, -1, 80), places[2])
  assert.equal(flows.at(places[1]).low, 4)
  assert.deepEqual(
    flows.clear().map(({ low }) => low),
    [1, 3, 4],
  )
})
