// What must hold for any input: no order, cut or repetition of the input changes what is concluded, and nothing throws.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createScanner, Engine, type EngineConclusion, type SourceView } from '../../src/engine/index.ts'
import { readLog } from '../../src/logs/index.ts'
import { type Event, type FieldValue, type LogEvent, SECOND, Tally } from '../../src/model/index.ts'
import { readRules } from '../../src/rules.ts'
import { REMEDY, rulesOf, START } from './events.ts'

const RULES = await rulesOf(`
signal refused from log where message has "refused {server:ip}:{port:int}"
signal gone from log where message has "gone {server:ip}"
signal slow from log where message has "slow {took:duration}"
meter slowness = p95(slow.took) over 1m by source, at least 2
cause network.refused title "{server}" severity high key server, port
  strong when 2 refused within 10s weak when tcp.refused by server, port against when tcp.established by server, port within 1m ${REMEDY}
cause database.unreachable title "t" severity critical key server, port
  strong when sequence within 1m first: gone by server, _ then second: refused by server, port ${REMEDY}
cause database.slow-query title "t" severity medium key source strong when slowness > 500ms ${REMEDY}
cause upstream.timeout title "t" severity medium key server strong when all within 30s of gone by server, tcp.unanswered by server ${REMEDY}
explain network.refused by database.unreachable when same server, port within 10s`)

const address = fc.constantFrom('192.0.2.7', '192.0.2.8', '2001:db8::7')
const body = fc.oneof(
  fc.tuple(address, fc.constantFrom(80, 5432)).map(([server, port]) => `connect refused ${server}:${port}`),
  address.map((server) => `database gone ${server}`),
  fc.integer({ min: 1, max: 2000 }).map((took) => `slow ${took}ms`),
  fc.constant('strange thing happened'),
)
const factKind = fc.constantFrom('tcp.refused', 'tcp.established', 'tcp.unanswered')

/** What a source tells: seconds and what happened. */
const lines = fc.array(fc.tuple(fc.integer({ min: 0, max: 1200 }), body), { maxLength: 25 })
const packets = fc.array(fc.tuple(fc.integer({ min: 0, max: 1200 }), factKind, address), { maxLength: 25 })

interface Told {
  readonly path: string
  readonly events: readonly Event[]
}

const base = (at: number, excerpt: string) => ({
  source: 0,
  time: START + at * SECOND,
  quality: 'exact' as const,
  excerpt,
})

const bundle: fc.Arbitrary<Told[]> = fc.tuple(lines, lines, packets).map(([one, other, wire]) => [
  { path: 'a.log', events: one.map(([at, text], index) => logEvent(at, text, index)) },
  { path: 'b.log', events: other.map(([at, text], index) => logEvent(at, text, index + 1000)) },
  {
    path: 'c.pcap',
    events: wire.map(([at, kind, server], index): Event => {
      const place = { kind: 'packet', packet: index + 1, offset: index * 90, length: 60, digest: index } as const
      return { ...base(at, kind), kind, place, fields: { server, port: 5432, client: '192.0.2.1' } }
    }),
  },
])

function logEvent(at: number, text: string, index: number): LogEvent {
  const place = {
    kind: 'line',
    line: index + 1,
    lineEnd: index + 1,
    offset: index * 100,
    length: 50,
    digest: index,
  } as const
  const unknown = { host: null, program: null, pid: null, requestId: null, detail: '', fields: {} }
  return { ...base(at, text), kind: 'log', reader: 'text', severity: 'error', body: text, place, ...unknown }
}

/** Reads the sources in the given order; paths decide which is which. */
function concludeIn(order: readonly Told[]): EngineConclusion {
  const engine = new Engine(RULES)
  for (const [source, { path, events }] of order.entries())
    for (const event of events) engine.take({ ...event, source }, path)
  const sorted = [...order].sort((a, b) => (a.path < b.path ? -1 : 1))
  return engine.conclude({ sources: sorted.map(viewOf), ranks: order.map((one) => sorted.indexOf(one)) })
}

function viewOf({ path, events }: Told): SourceView {
  const cover = { first: START, last: START + 1200 * SECOND, tally: new Tally(), shift: 0, records: events.length }
  return { path, reader: 'text', bytes: 0, isCapture: path.endsWith('.pcap'), ...cover }
}

test('the order in which sources are read changes nothing', () => {
  fc.assert(
    fc.property(bundle, fc.shuffledSubarray([0, 1, 2], { minLength: 3 }), (told, order) => {
      const shuffled = order.flatMap((at) => told[at] ?? [])
      assert.deepEqual(concludeIn(shuffled), concludeIn(told))
    }),
    { numRuns: 60 },
  )
})

test('the same input gives the same conclusion', () => {
  fc.assert(
    fc.property(bundle, (told) => assert.deepEqual(concludeIn(told), concludeIn(told))),
    { numRuns: 30 },
  )
})

test('a file that is given twice changes no finding', () => {
  fc.assert(
    fc.property(bundle, fc.integer({ min: 0, max: 2 }), (told, which) => {
      const copy = told.slice(which, which + 1).map((one) => ({ ...one, path: `z${one.path}` }))
      const [alone, twice] = [concludeIn(told), concludeIn([...told, ...copy])]
      assert.deepEqual(twice.findings, alone.findings)
      assert.deepEqual(twice.unexplained, alone.unexplained)
    }),
    { numRuns: 60 },
  )
})

test('findings have ids of their own, links join findings, and roots come first', () => {
  fc.assert(
    fc.property(bundle, (told) => {
      const { findings, links, verdict } = concludeIn(told)
      const ids = new Set(findings.map(({ id }) => id))
      assert.equal(ids.size, findings.length)
      for (const link of links) assert.ok(ids.has(link.causeFinding) && ids.has(link.effectFinding))
      const roles = findings.map(({ role }) => ['root', 'symptom', 'suspect'].indexOf(role))
      assert.deepEqual(roles, [...roles].sort())
      const roots = findings.filter(({ role }) => role === 'root').map(({ cause }) => cause)
      assert.deepEqual(verdict.rootCauses, [...new Set(roots)])
      for (const { first, last } of findings) assert.ok(first === null || last === null || first <= last)
    }),
    { numRuns: 60 },
  )
})

const TEXT = [
  '2025-03-01 10:00:00,000 ERROR database gone 192.0.2.7',
  '2025-03-01 10:00:01,000 ERROR connect refused 192.0.2.7:5432',
  'Error: connect refused 192.0.2.7:5432',
  '    at Socket.connect (net.js:1:1)',
  '2025-03-01 10:00:02,500 ERROR connect refused 192.0.2.7:5432',
  '2025-03-01 10:00:03,500 INFO all is well again',
  '2025-03-01 10:00:09,000 ERROR strange thing happened',
  '',
].join('\n')

/** The text through the reader, cut where asked. */
async function concludeCut(cuts: readonly number[]): Promise<EngineConclusion> {
  const engine = new Engine(RULES)
  const content = new TextEncoder().encode(TEXT)
  let at = 0
  let turn = 0
  const read = (target: Uint8Array) => {
    const size = Math.min(target.length, cuts[turn++ % cuts.length] ?? 1)
    const part = content.subarray(at, at + size)
    target.set(part)
    at += part.length
    return part.length
  }
  const scanner = createScanner(engine.literals())
  const options = { source: 0, path: 'a.log', head: content, modified: null, scanner, zone: null, year: null }
  const sink = { event: (event: Event) => void engine.take(event, 'a.log'), notice: () => {} }
  const summary = await readLog({ read }, options, sink)
  const sources = [{ path: 'a.log', isCapture: false, shift: 0, ...summary }]
  return engine.conclude({ sources, ranks: [0] })
}

test('where the bytes are cut changes nothing', async () => {
  const whole = await concludeCut([TEXT.length])
  assert.deepEqual(
    whole.findings.map(({ cause, role, count }) => `${cause} ${role} x${count}`),
    ['database.unreachable root x2', 'network.refused symptom x2'],
  )
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 80 }), { minLength: 1, maxLength: 8 }), async (cuts) => {
      assert.deepEqual(await concludeCut(cuts), whole)
    }),
    { numRuns: 25 },
  )
})

const { rules: shipped } = await readRules({ paths: [], shipped: true })
const value: fc.Arbitrary<FieldValue> = fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.constant(null))
const anyEvent = fc.record({
  time: fc.option(fc.maxSafeInteger()),
  body: fc.oneof(fc.string(), fc.string({ unit: 'binary' }), body),
  fields: fc.dictionary(
    fc.oneof(fc.string(), fc.constantFrom('status', 'server', 'port', 'duration', 'offset')),
    value,
  ),
  kind: fc.constantFrom('log', 'http.request', 'tcp.refused', 'clock.skew', 'dns.response', 'unheard.of'),
})

test('no event whatever makes the engine throw', () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 30 }), (events) => {
      const engine = new Engine(shipped)
      for (const [index, { time, body: text, fields, kind }] of events.entries()) {
        const { place, ...record } = { ...logEvent(0, text, index), time, fields }
        const fact: Event = { ...base(0, text), time, kind, place, fields }
        engine.take(kind === 'log' ? { ...record, place } : fact, 'a.log')
      }
      engine.conclude({ sources: [viewOf({ path: 'a.log', events: [] })], ranks: [0] })
    }),
    { numRuns: 12 },
  )
})
