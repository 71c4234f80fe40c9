import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Ledger } from '../../src/engine/ledger.ts'
import { Look } from '../../src/engine/look.ts'
import { SECOND } from '../../src/model/index.ts'
import { fact, START } from './events.ts'

/** Which of the events, in their order, are quoted: those of one source, a second apart, each with its peer. */
function quoted(peers: readonly string[], excerpt: (at: number) => string): number[] {
  const ledger = new Ledger('refused', ['peer'])
  const look = new Look()
  for (const [at, peer] of peers.entries()) {
    look.aim({ ...fact(at, 'tcp.refused', { peer }), excerpt: excerpt(at) }, 'a.log')
    ledger.add(look)
  }
  const rows = ledger.rows({ rank: (source) => source, shift: () => 0, key: (key) => key, heard: 'servers' })
  return rows.flatMap(({ excerpt: said, time }) => (said === null ? [] : ((time ?? 0) - START) / SECOND))
}

const LONG = 'x'.repeat(251)

test('the first rows are quoted, then one a minute, and the first of each key however late they come', () => {
  const peers = Array.from({ length: 300 }, (_, at) => (at < 200 ? '192.0.2.1' : '192.0.2.2'))
  const found = quoted(peers, (at) => `${LONG} ${at}`)
  // Four of the key and forty at all, one in each of the minutes that begin at 60, 120, 180 and 240, four of the second key.
  assert.deepEqual(found, [...Array.from({ length: 44 }, (_, at) => at), 60, 120, 180, 200, 201, 202, 203, 240])
})

test('of short ones the first thousand are quoted', () => {
  const found = quoted(
    Array.from({ length: 1500 }, () => '192.0.2.1'),
    () => 'refused',
  )
  assert.deepEqual(
    found.slice(0, 1000),
    Array.from({ length: 1000 }, (_, at) => at),
  )
  assert.ok(found.length < 1060)
})
