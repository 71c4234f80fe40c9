import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Engine } from '../../src/engine/index.ts'
import { SECOND, type Served, Tally } from '../../src/model/index.ts'
import { REMEDY, rulesOf, START } from './events.ts'

const RULES = await rulesOf(`cause app.unhandled title "Fails" severity high key service
  strong when share(http.request where status == 500) over 10s by service, at least 10 > 50% ${REMEDY}`)

/** A log of twenty requests, all of one status. */
function sourceOf(served: Served, status: number) {
  const tally = new Tally()
  for (let at = 0; at < 20; at++) tally.addRequest(START + at * SECOND, status, 1000)
  const [first, last] = [START, START + 20 * SECOND]
  const path = `${served.service ?? 'all'}.log`
  return { path, served, tally, reader: 'text', records: 20, first, last, shift: 0, bytes: 0, isCapture: false }
}

test('requests are counted by the service that its source tells of', () => {
  const sources = [
    sourceOf({ service: 'web', host: null }, 200),
    sourceOf({ service: 'checkout', host: null }, 500),
    sourceOf({ service: null, host: null }, 200),
  ]
  const { findings } = new Engine(RULES).conclude({ sources, ranks: [0, 1, 2] })
  assert.deepEqual(
    findings.map(({ cause, key }) => [cause, key]),
    [['app.unhandled', { service: 'checkout' }]],
  )
})

test('what a client recorded counts for shares beside applications and servers, and makes no rate', async () => {
  const rules = await rulesOf(`cause app.unhandled title "Fails" severity high key source
    strong when share(http.request where status == 500) over 10s by source, at least 10 > 50% ${REMEDY}
    cause overload.traffic-surge title "Much" severity high key source
    strong when rate(http.request) over 10s by source, at least 10 > 0.5 ${REMEDY}`)
  const server = sourceOf({ service: 'web', host: null }, 200)
  const client = { ...server, path: 'a.har', tally: new Tally() }
  for (let at = 0; at < 20; at++) client.tally.clients.add(START + at * SECOND, 500, 1000)
  const { findings } = new Engine(rules).conclude({ sources: [client, server], ranks: [0, 1] })
  assert.deepEqual(
    findings.map(({ cause, key }) => [cause, key.source]),
    [
      ['app.unhandled', 'a.har'],
      ['overload.traffic-surge', 'web.log'],
    ],
  )
})
