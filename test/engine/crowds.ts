// Examples too long to be written down: many events of one kind, evenly spread over a time.
import type { Example, Expectation, Test } from '../../src/model/index.ts'

interface Crowd {
  readonly file: string
  /** What follows the time; `#` is the number of the event. */
  readonly text: string
  readonly count: number
  /** In seconds after the beginning of the example; the first and the last event lie at its ends. */
  readonly from: number
  readonly to: number
}

interface Told {
  readonly kind: Expectation['kind']
  readonly cause: string
  readonly confidence?: readonly [least: number, most: number]
}

const START = Date.UTC(2025, 2, 1, 10)

function example(name: string, crowds: readonly Crowd[], told: Told): Example {
  const given = [...Map.groupBy(crowds, ({ file }) => file)].map(([file, own]) => ({ file, text: textOf(own) }))
  return { name, given, expect: [expectationOf(told)], position: { file: 'crowds.ts', line: 0, column: 0 } }
}

/** In order of time, as a log is. */
function textOf(crowds: readonly Crowd[]): string {
  const lines = crowds.flatMap(({ text, count, from, to }) =>
    Array.from({ length: count }, (_, at) => {
      const time = START + Math.round(1000 * (from + (count < 2 ? 0 : ((to - from) * at) / (count - 1))))
      return `${new Date(time).toISOString()} ${text.replace('#', `${at}`)}\n`
    }),
  )
  return lines.sort().join('')
}

function expectationOf({ kind, cause, confidence }: Told): Expectation {
  if (confidence === undefined) return { kind, cause, of: null, where: null }
  const [least, most] = confidence
  const bound = (comparison: '>=' | '<=', value: number): Test => ({
    kind: 'compare',
    field: 'confidence',
    comparison,
    operand: { kind: 'value', value },
  })
  return { kind, cause, of: null, where: { kind: 'and', tests: [bound('>=', least), bound('<=', most)] } }
}

/** So many facts from one second to another. */
function facts(text: string, count: number, [from, to]: readonly [number, number]): Crowd {
  return { file: 'facts', text, count, from, to }
}

/** So many requests a second. */
function requests(status: number, rate: number, [from, to]: readonly [number, number]): Crowd {
  return facts(`http.request status=${status}`, Math.round(rate * (to - from)), [from, to - 1 / rate])
}

/** So many lines a second of a cache's client. */
function misses(key: string, rate: number, [from, to]: readonly [number, number]): Crowd {
  const text = `INFO catalog cache miss key=${key}`
  return { file: 'app.log', text, count: Math.round(rate * (to - from)), from, to: to - 1 / rate }
}

const TO_CACHE = 'tcp.connection client=192.0.2.10 server=203.0.113.7 port=6379 service=redis duration=20ms state=SF'
const SHORT = 'tcp.connection client=192.0.2.10 server=203.0.113.7 port=443 service=tls duration=1500ms state=SF'
const churns = { kind: 'finding', cause: 'network.churn' } as const
const surges = { kind: 'finding', cause: 'overload.traffic-surge' } as const
const storms = { kind: 'finding', cause: 'overload.retry-storm' } as const
const no = (cause: string) => ({ kind: 'no', cause }) as const

export const CROWDS: readonly Example[] = [
  example('a thousand short connections to a cache in ten seconds', [facts(TO_CACHE, 1000, [0, 10])], churns),
  example('one less', [facts(TO_CACHE, 999, [0, 10])], no('network.churn')),
  example('half a second more', [facts(TO_CACHE, 1000, [0, 10.5])], no('network.churn')),
  example('two thousand short connections to anything in ten seconds', [facts(SHORT, 2000, [0, 10])], churns),
  example('one less of these', [facts(SHORT, 1999, [0, 10])], no('network.churn')),
  example('half a second more for these', [facts(SHORT, 2000, [0, 10.5])], no('network.churn')),

  example(
    'nine seconds of traffic ten times as dense',
    [requests(200, 1, [0, 60]), requests(200, 12, [60, 72])],
    surges,
  ),
  example(
    'four seconds of it',
    [requests(200, 1, [0, 60]), requests(200, 12, [60, 64]), requests(200, 1, [64, 90])],
    no('overload.traffic-surge'),
  ),
  example(
    'not twice as dense as at the beginning',
    [requests(200, 8, [0, 20]), requests(200, 1, [20, 120]), requests(200, 12, [120, 150])],
    no('overload.traffic-surge'),
  ),
  example(
    'more than twice of what it ever was, for half a minute',
    [requests(200, 2, [0, 60]), requests(200, 4, [60, 70]), requests(200, 2, [70, 120]), requests(200, 11, [120, 150])],
    surges,
  ),
  example(
    'that for ten seconds',
    [requests(200, 2, [0, 60]), requests(200, 4, [60, 70]), requests(200, 2, [70, 120]), requests(200, 10, [120, 130])],
    no('overload.traffic-surge'),
  ),
  example(
    'twice of what it always was, for half a minute',
    [requests(200, 4, [0, 120]), requests(200, 10, [120, 150])],
    no('overload.traffic-surge'),
  ),
  example(
    'minutes of traffic not twice as dense as at the beginning',
    [requests(200, 15, [0, 30]), requests(200, 1, [30, 900]), requests(200, 24, [900, 1140])],
    surges,
  ),

  example('a quarter of an hour of even traffic', [requests(200, 1, [0, 900])], no('overload.traffic-surge')),

  example(
    'a crowd that is refused and comes again',
    [requests(200, 1, [0, 40]), requests(409, 12, [40, 48]), requests(200, 2, [40, 48])],
    storms,
  ),
  example(
    'a crowd that is served',
    [requests(200, 1, [0, 40]), requests(200, 14, [40, 48])],
    no('overload.retry-storm'),
  ),
  example('refusals as many as ever', [requests(409, 8, [0, 40])], no('overload.retry-storm')),

  example(
    'one request of three fails, one a second comes',
    [facts('http.request status=502', 15, [0.6, 38.4]), facts('http.request status=200', 30, [0, 39.15])],
    { kind: 'finding', cause: 'upstream.bad-gateway', confidence: [0.8, 0.9] },
  ),

  example('many keys miss at once', [misses('a#', 2, [0, 60]), misses('b#', 12, [60, 68])], {
    kind: 'symptom',
    cause: 'cache.stampede',
    confidence: [0.3, 0.5],
  }),
  example('one key misses as ever', [misses('a', 8, [0, 60])], no('cache.stampede')),

  example(
    'keys that are nowhere, for three seconds',
    [misses('a#', 3, [0, 60]), misses('b#', 20, [60, 63]), requests(404, 20, [60, 63]), requests(200, 2, [0, 60])],
    { kind: 'finding', cause: 'cache.penetration', confidence: [0.9, 0.99] },
  ),
  example(
    'keys that are elsewhere, for three seconds',
    [misses('a#', 3, [0, 60]), misses('b#', 20, [60, 63])],
    no('cache.penetration'),
  ),
  example('ever new keys', [misses('a#', 10, [0, 60])], no('cache.penetration')),
  example(
    'new keys, and one that everybody asks for',
    [misses('a#', 3, [0, 60]), misses('b#', 12, [60, 70]), misses('c', 3, [0, 60]), misses('c', 8, [60, 70])],
    no('cache.penetration'),
  ),
]
