import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Engine } from '../../../src/engine/index.ts'
import { SECOND, Tally } from '../../../src/model/index.ts'
import { fact, found, REMEDY, record, rulesOf, START } from '../events.ts'

/** Findings from requests alone: [second, status, count, duration in ms]. */
async function fromRequests(
  when: string,
  requests: readonly (readonly [number, number, number, (number | undefined)?])[],
): Promise<string[]> {
  const engine = new Engine(
    await rulesOf(`cause overload.server-busy title "t" severity high key source strong when ${when} ${REMEDY}`),
  )
  const tally = new Tally()
  for (const [at, status, count, ms] of requests)
    tally.addRequest(START + at * SECOND, status, ms === undefined ? null : ms * 1000, count)
  const source = {
    path: 'access.log',
    reader: 'nginx-access',
    records: 100,
    first: START,
    last: START + 600 * SECOND,
    bytes: 0,
    isCapture: false,
    tally,
    shift: 0,
  }
  const { findings } = engine.conclude({ sources: [source], ranks: [0] })
  return findings.map(
    ({ first, last, figures }) =>
      `${((first ?? 0) - START) / SECOND}-${((last ?? 0) - START) / SECOND} ${figures.map(({ value }) => value.toFixed(3)).join(' ')}`,
  )
}

const seconds = (from: number, to: number, status: number, count: number, ms?: number) =>
  Array.from({ length: to - from }, (_, at) => [from + at, status, count, ms] as const)

function check(
  name: string,
  when: string,
  requests: Parameters<typeof fromRequests>[1],
  expected: readonly string[],
): void {
  test(name, async () => assert.deepEqual(await fromRequests(when, requests), expected))
}

const share = 'share(http.request where status >= 500) over 10s by source, at least 20 > 10%'
check(
  'a share above its threshold is found, from its first hit',
  share,
  [...seconds(0, 40, 200, 10), ...seconds(30, 40, 503, 5)],
  ['30-39 0.333 0.000'],
)
check('below the least sample there is no share', share, [[0, 503, 19]], [])
check(
  'a share at the threshold does not pass it',
  share,
  [
    [0, 200, 90],
    [0, 503, 10],
  ],
  [],
)
check(
  'a jump against the own past is found',
  'rate(http.request) over 5s by source > 3 x baseline median over 1m before, at least 3 points and > 2',
  [...seconds(0, 30, 200, 3), ...seconds(30, 40, 200, 30)],
  ['30-39 30.000 3.000'],
)
check(
  'two readings that hold together keep their time',
  'rate(http.request) over 5s by source > 3 x baseline median over 1m before, at least 3 points and > 2 and share(http.request where status == 422) over 5s by source, at least 20 > 50%',
  [...seconds(0, 30, 200, 3), ...seconds(30, 40, 422, 30)],
  ['30-39 30.000 3.000 1.000 0.000'],
)
check(
  'readings that hold together begin with the last of them',
  'share(http.request where status == 200) over 5s by source, at least 3 > 50% and rate(http.request) over 5s by source > 3 x baseline median over 1m before, at least 3 points and > 2',
  [...seconds(0, 30, 200, 3), ...seconds(30, 40, 200, 30)],
  ['30-39 1.000 30.000 3.000'],
)
check(
  'without enough past there is no jump',
  'rate(http.request) over 5s by source > 3 x baseline median over 1m before, at least 10 points and > 2',
  [...seconds(0, 30, 200, 3), ...seconds(30, 40, 200, 30)],
  [],
)
check(
  'a percentile is of all requests',
  'p99(http.request.duration) over 10s by source, at least 20 > 500ms',
  [...seconds(0, 10, 200, 10, 20), ...seconds(10, 20, 200, 10, 900)],
  ['10-19 881744.000'],
)
check(
  'lasting demands the length',
  'share(http.request where status >= 500) over 2s by source, at least 5 > 10% lasting 10s',
  [...seconds(0, 20, 200, 10), ...seconds(10, 15, 503, 10)],
  [],
)

test('a ratio divides sum by sum per key', async () => {
  const rule = `cause network.loss title "t" severity high key server, port strong when ratio(tcp.traffic.resent / tcp.traffic.segments) over 10s by server, port, at least 50 > 5% ${REMEDY}`
  const traffic = (at: number, server: string, resent: number) =>
    fact(at, 'tcp.traffic', { server, port: 443, segments: 30, resent })
  const events = [0, 1, 2].flatMap((at) => [traffic(at, '192.0.2.1', 1), traffic(at, '192.0.2.2', 3)])
  assert.deepEqual(await found(rule, events), ['network.loss root 192.0.2.2,443 0-2 x3'])
})

test('a trend needs a steady rise', async () => {
  const rule = `signal sample from log where message has "rss_mb={rss:number}" meter resident = avg(sample.rss) over 10m by source, at least 8
    cause memory.leak title "t" severity high key source strong when resident rising by at least 40%, r >= 0.9 ${REMEDY}`
  const samples = (values: readonly number[]) => values.map((value, at) => record(at * 5, `stats rss_mb=${value}`))
  assert.deepEqual(await found(rule, samples([60, 66, 73, 79, 85, 92, 99, 106, 113])), [
    'memory.leak root app.log 0-40 x9',
  ])
  assert.deepEqual(await found(rule, samples([60, 90, 61, 88, 60, 92, 63, 90, 95])), [])
  assert.deepEqual(await found(rule, samples([60, 61, 62, 63, 64, 65, 66, 67, 68])), [])
  const steep = [60, 70, 80, 90, 100, 110, 120, 130, 140, 150]
  assert.deepEqual(await found(rule, samples([77, 77, 65, ...steep])), ['memory.leak root app.log 15-60 x10'])
  assert.deepEqual(await found(rule, samples([...steep, ...Array.from({ length: 400 }, () => 151)])), [])
  assert.deepEqual(await found(rule, samples([...steep, 60, 61])), ['memory.leak root app.log 0-45 x10'])
})

/** Ten requests a second, of so many durations that they are counted in buckets of a minute. */
const coarse = Array.from({ length: 100_000 }, (_, at) => [Math.floor(at / 10), 200, 1, 1.19 ** (at % 100)] as const)
check(
  'steady requests in buckets wider than the window are no jump',
  'rate(http.request) over 10s, at least 5 > 4 x baseline median over 30m before, at least 6 points and > 8',
  coarse,
  [],
)

check(
  'after a hole as long as the past there is none: a rotated log of the day before makes no jump',
  'rate(http.request) over 5s by source > 3 x baseline median over 1m before, at least 3 points and > 2',
  [...seconds(0, 60, 200, 5), ...seconds(600, 660, 200, 5)],
  [],
)
check(
  'a pause shorter than the past is silence',
  'rate(http.request) over 5s by source > 3 x baseline median over 1m before, at least 3 points and > 2',
  [...seconds(0, 20, 200, 5), ...seconds(60, 90, 200, 5)],
  ['60-89 5.000 0.000'],
)

test('a jump that counts alone tell of quotes a line of its time', async () => {
  const engine = new Engine(
    await rulesOf(`cause overload.traffic-surge title "t" severity high
      strong when rate(http.request where status < 400) over 10s > 3 x baseline median over 10m before, at least 3 points ${REMEDY}`),
  )
  const tally = new Tally()
  for (const [at, status, count] of [...seconds(0, 100, 200, 2), ...seconds(100, 120, 200, 20)]) {
    const time = START + at * SECOND
    tally.addRequest(time, status, null, count)
    const place = { kind: 'line', line: at + 1, lineEnd: at + 1, offset: at * 90, length: 90, digest: 0 } as const
    if (tally.lacksWitness(time)) tally.addWitness({ at: time, status, duration: null, place, excerpt: `GET ${at}` })
  }
  const cover = { reader: 'nginx-access', records: 600, first: START, last: START + 120 * SECOND, shift: 0 }
  const { findings } = engine.conclude({
    sources: [{ path: 'access.log', bytes: 0, isCapture: false, tally, ...cover }],
    ranks: [0],
  })
  assert.deepEqual(
    findings.map(({ cause, evidence }) => [cause, evidence.map(({ excerpt }) => excerpt)]),
    [['overload.traffic-surge', ['GET 100']]],
  )
})
