import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Engine } from '../../src/engine/index.ts'
import { SECOND, Tally } from '../../src/model/index.ts'
import { REMEDY, record, rulesOf, START } from './events.ts'

const RULES = await rulesOf(`signal pool_wait from log where message has "no connection in pool of {size:int}"
signal broken from log where message has "broken"
cause database.pool-exhausted title "The pool is empty" severity high strong when 2 pool_wait within 1m ${REMEDY}
cause app.unhandled title "t" severity high strong when broken ${REMEDY}`)

interface Minute {
  readonly from: number
  readonly seconds: number
  readonly perSecond: number
  readonly status: number
  readonly milliseconds: number
}

function concludeOver(minutes: readonly Minute[], body: string) {
  const tally = new Tally()
  for (const { from, seconds, perSecond, status, milliseconds } of minutes)
    for (let at = from; at < from + seconds; at++)
      tally.addRequest(START + at * SECOND, status, milliseconds * 1000, perSecond)
  const engine = new Engine(RULES)
  for (const at of [0, 10, 20]) engine.take(record(at, body), 'app.log')
  const cover = { reader: 'text', records: 3, first: START, last: START, shift: 0, bytes: 0, isCapture: false }
  return engine.conclude({ sources: [{ path: 'app.log', tally, ...cover }], ranks: [0] })
}

const QUIET: Minute = { from: -60, seconds: 60, perSecond: 10, status: 200, milliseconds: 64 }
const BUSY: Minute = { from: 0, seconds: 21, perSecond: 40, status: 503, milliseconds: 1024 }

function check(name: string, minutes: readonly Minute[], body: string, expected: readonly string[]): void {
  test(name, () => {
    const [finding] = concludeOver(minutes, body).findings
    assert.deepEqual(
      finding?.figures.map(({ name, value }) => `${name}: ${Math.round(value * 100) / 100}`),
      expected,
    )
  })
}

check('failing requests and p99 before and during', [QUIET, BUSY], 'broken', [
  'failing requests: 1',
  'p99 of requests (service level 500 ms): 1048576',
  'failing requests before: 0',
  'p99 of requests before (service level 500 ms): 65536',
])
check('nothing is said where nothing fails', [QUIET], 'broken', [])
check('few requests say nothing', [{ ...BUSY, seconds: 1, perSecond: 10 }], 'broken', [])

test("a pool's size is held against Little's law", () => {
  const { findings, verdict } = concludeOver([BUSY], 'no connection in pool of 5')
  const figures = new Map(findings[0]?.figures.map(({ name, value }) => [name, value]))
  assert.equal(figures.get("pool size by Little's law"), 45)
  assert.equal(figures.get('pool size found'), 5)
  assert.match(verdict.sentence, /45 connections in use by Little's law for a pool of 5/)
})
