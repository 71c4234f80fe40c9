import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fact, record } from '../events.ts'
import {
  clocksOf,
  concludeTold,
  DATELESS,
  EXACT,
  MOMENTS,
  requests,
  type Told,
  wire,
  YEARLESS,
  ZONELESS,
} from './bundle.ts'

const CAPTURE: Told = { path: 'net.pcap', clock: EXACT, events: wire() }
const HOUR = 3600

function check(name: string, told: readonly Told[], expected: readonly string[]): void {
  test(name, async () => assert.deepEqual(await clocksOf(told), expected))
}

const request = (at: number, name: number) => fact(at, 'http.request', { method: 'GET', path: `/${name}`, status: 200 })
const app = (ahead: number, clock = EXACT, more = {}): Told => ({
  path: 'app.log',
  clock,
  events: requests(ahead, more),
})

check('clocks that agree are left alone', [CAPTURE, app(0)], ['UTC exact 0 0', 'UTC exact 0 0'])
check('a steady skew is taken back', [CAPTURE, app(12)], ['UTC exact 0 0', 'UTC exact -12 -12'])
check('a clock that is behind is moved on', [CAPTURE, app(-240)], ['UTC exact 0 0', 'UTC exact 240 240'])
check('two seconds are too little to say', [CAPTURE, app(1.9)], ['UTC exact 0 0', 'UTC exact 0 0'])
check('four samples are too few', [CAPTURE, app(60, EXACT, { ids: 4 })], ['UTC exact 0 0', 'UTC exact 0 0'])
check('five samples are enough', [CAPTURE, app(60, EXACT, { ids: 5 })], ['UTC exact 0 0', 'UTC exact -60 -60'])
check(
  'a clock of minutes shows no skew of seconds',
  [CAPTURE, app(0, EXACT, { step: 60 })],
  ['UTC exact 0 0', 'UTC exact 0 0'],
)
check('whole seconds are no skew', [CAPTURE, app(0, EXACT, { step: 1 })], ['UTC exact 0 0', 'UTC exact 0 0'])
check(
  'a zone that was not written is found',
  [CAPTURE, app(5.5 * HOUR, ZONELESS, { step: 1 })],
  ['UTC exact 0 0', '+05:30 zone-assumed 0 -19800'],
)
check('west of Greenwich too', [CAPTURE, app(-8 * HOUR, ZONELESS)], ['UTC exact 0 0', '-08:00 zone-assumed 0 28800'])
check('a zone and a skew', [CAPTURE, app(2 * HOUR + 20, ZONELESS)], ['UTC exact 0 0', '+02:00 zone-assumed -20 -7220'])
check('twenty minutes are no zone', [CAPTURE, app(1200, ZONELESS)], ['UTC exact 0 0', 'null zone-assumed -1200 -1200'])
check(
  'a written zone is believed: whole hours are a skew then',
  [CAPTURE, app(HOUR)],
  ['UTC exact 0 0', 'UTC exact -3600 -3600'],
)
check(
  'a year that was not written is found',
  [CAPTURE, app(365 * 24 * HOUR, YEARLESS, { step: 1 })],
  ['UTC exact 0 0', 'null year-inferred 0 -31536000'],
)
check(
  'a year and a zone',
  [CAPTURE, app(365 * 24 * HOUR + 9 * HOUR, YEARLESS, { step: 1 })],
  ['UTC exact 0 0', '+09:00 year-inferred 0 -31568400'],
)

const said = MOMENTS.map((at, index) => ({
  at,
  body: `unit ${index % 3} failed`,
  more: { program: 'systemd', pid: 1, host: 'a1' },
}))
check(
  'the same messages in syslog and journal tie their clocks, and the journal is believed',
  [
    {
      path: 'a-syslog',
      clock: ZONELESS,
      events: said.map(({ at, body, more }) => record(Math.floor(at) - 3 * HOUR, body, more)),
    },
    {
      path: 'journal',
      reader: 'journald-json',
      clock: EXACT,
      events: said.map(({ at, body, more }) => record(at, body, more)),
    },
  ],
  ['-03:00 zone-assumed 0 10800', 'UTC exact 0 0'],
)
check(
  'refused ports tie a log to a capture',
  [
    {
      path: 'net.pcap',
      clock: EXACT,
      events: MOMENTS.map((at) => fact(at, 'tcp.refused', { server: '192.0.2.7', port: 5432 })),
    },
    {
      path: 'app.log',
      clock: EXACT,
      events: MOMENTS.map((at) => record(at + 30, 'connect ECONNREFUSED 192.0.2.7:5432')),
    },
  ],
  ['UTC exact 0 0', 'UTC exact -30 -30'],
)
check(
  'a side that gave up proves no skew of one that went on waiting',
  [
    {
      path: 'net.pcap',
      clock: EXACT,
      events: MOMENTS.map((at, id) => fact(at + 5, 'http.request', { request_id: `r${id}`, status: 504 })),
    },
    {
      path: 'app.log',
      clock: EXACT,
      events: MOMENTS.map((at, id) => record(at + 20, 'gone', { requestId: `r${id}` })),
    },
  ],
  ['UTC exact 0 0', 'UTC exact 0 0'],
)
/** The same requests on the wire, by a clock that is ahead; every run of a test has connections of its own. */
const run = (path: string, ahead: number, port: number): Told => ({
  path,
  clock: EXACT,
  events: MOMENTS.map((at, index) => {
    const request = { method: 'GET', path: `/${index}`, status: 200, client: '192.0.2.9', client_port: port + index }
    return fact(at + ahead, 'http.request', { ...request, duration: 20_000 })
  }),
})
check(
  'the same connections in two captures tie their clocks',
  [run('a.pcap', 0, 40_000), run('b.pcap', 60, 40_000)],
  ['UTC exact 0 0', 'UTC exact -60 -60'],
)
check(
  'equal requests over other connections are another run of the same test',
  [run('a.pcap', 0, 40_000), run('b.pcap', 60, 41_000)],
  ['UTC exact 0 0', 'UTC exact 0 0'],
)
check(
  'what comes in one rhythm fits many offsets and says nothing',
  [
    { path: 'net.pcap', clock: EXACT, events: MOMENTS.map((_, at) => fact(at * 10, 'tcp.refused', { port: 5432 })) },
    {
      path: 'app.log',
      clock: EXACT,
      events: MOMENTS.map((_, at) => record(at * 10 + 40, 'ECONNREFUSED 192.0.2.7:5432')),
    },
  ],
  ['UTC exact 0 0', 'UTC exact 0 0'],
)
check(
  'long requests are no skew',
  [
    {
      path: 'net.pcap',
      clock: EXACT,
      events: MOMENTS.map((at, id) =>
        fact(at + 30, 'http.request', { request_id: `r${id}`, status: 200, duration: 30_000_000 }),
      ),
    },
    { path: 'app.log', clock: EXACT, events: MOMENTS.map((at, id) => record(at, 'accepted', { requestId: `r${id}` })) },
  ],
  ['UTC exact 0 0', 'UTC exact 0 0'],
)
check(
  'a log that shares nothing takes the zone of its neighbour where its times lie outside the bundle',
  [
    CAPTURE,
    app(7 * HOUR, ZONELESS),
    { path: 'error.log', clock: ZONELESS, events: [record(7 * HOUR + 3, 'a'), record(7 * HOUR + 9, 'b')] },
  ],
  ['UTC exact 0 0', '+07:00 zone-assumed 0 -25200', '+07:00 zone-assumed 0 -25200'],
)
check(
  'a log that shares nothing takes the year in which it overlaps the bundle',
  [
    CAPTURE,
    { path: 'syslog', clock: YEARLESS, events: [record(-365 * 24 * HOUR, 'a'), record(-365 * 24 * HOUR + 20, 'b')] },
  ],
  ['UTC exact 0 0', 'null year-inferred 0 31536000'],
)
check(
  'a log without a year takes that of a log whose zone is not written',
  [
    { path: 'app.log', clock: ZONELESS, events: [record(0, 'a'), record(60, 'b')] },
    { path: 'syslog', clock: YEARLESS, events: [record(365 * 24 * HOUR, 'a'), record(365 * 24 * HOUR + 20, 'b')] },
  ],
  ['null zone-assumed 0 0', 'null year-inferred 0 -31536000'],
)
check(
  'a log without a year that lies a day off keeps its year',
  [
    { path: 'app.log', clock: ZONELESS, events: [record(0, 'a'), record(60, 'b')] },
    { path: 'syslog', clock: YEARLESS, events: [record(23 * HOUR, 'a'), record(23 * HOUR + 20, 'b')] },
  ],
  ['null zone-assumed 0 0', 'null year-inferred 0 0'],
)
check(
  'times of day belong to the day on which the others tell of them',
  [
    { path: 'app.log', clock: ZONELESS, events: [record(0, 'a'), record(60, 'b')] },
    { path: 'later.log', clock: DATELESS, events: [record(72 * HOUR + 20, 'a'), record(72 * HOUR + 90, 'b')] },
    { path: 'sooner.log', clock: DATELESS, events: [record(-24 * HOUR - 20, 'a'), record(-24 * HOUR + 10, 'b')] },
  ],
  ['null zone-assumed 0 0', 'null date-inferred 0 -259200', 'null date-inferred 0 86400'],
)
check(
  'times of day of which no other tells stay on the day of their file',
  [
    { path: 'app.log', clock: ZONELESS, events: [record(0, 'a'), record(60, 'b')] },
    { path: 'other.log', clock: DATELESS, events: [record(75 * HOUR, 'a'), record(75 * HOUR + 60, 'b')] },
  ],
  ['null zone-assumed 0 0', 'null date-inferred 0 0'],
)
check(
  'times of day on the right day stay there',
  [
    { path: 'app.log', clock: ZONELESS, events: [record(0, 'a'), record(49 * HOUR, 'b')] },
    { path: 'other.log', clock: DATELESS, events: [record(25 * HOUR, 'a'), record(26 * HOUR, 'b')] },
  ],
  ['null zone-assumed 0 0', 'null date-inferred 0 0'],
)
check(
  'the same requests tell the date of times of day',
  [
    { path: 'app.log', clock: EXACT, events: requests(0) },
    { path: 'other.log', clock: DATELESS, events: requests(48 * HOUR) },
  ],
  ['UTC exact 0 0', 'null date-inferred 0 -172800'],
)
check(
  'an old log stays old',
  [CAPTURE, { path: 'syslog', clock: YEARLESS, events: [record(-99 * 24 * HOUR, 'a'), record(-98 * 24 * HOUR, 'b')] }],
  ['UTC exact 0 0', 'null year-inferred 0 0'],
)

check(
  'where no source names its zone and all lie hours off, one zone is taken for all',
  [CAPTURE, { path: 'a.log', clock: ZONELESS, events: [record(-4 * HOUR + 3, 'a'), record(-4 * HOUR + 9, 'b')] }],
  ['UTC exact 0 0', '-04:00 zone-assumed 0 14400'],
)
check(
  'a zone-less log of an hour that the bundle does not cover stays',
  [CAPTURE, { path: 'a.log', clock: ZONELESS, events: [record(-4.3 * HOUR, 'a'), record(-4.2 * HOUR, 'b')] }],
  ['UTC exact 0 0', 'null zone-assumed 0 0'],
)

check(
  'each program has its zone: the log of one that is in step says nothing of the other',
  [
    CAPTURE,
    { path: 'a.log', clock: ZONELESS, events: [record(-4 * HOUR + 3, 'a'), record(-4 * HOUR + 9, 'b')] },
    { path: 'redis.log', reader: 'redis', clock: ZONELESS, events: [record(2, 'a'), record(8, 'b')] },
  ],
  ['UTC exact 0 0', '-04:00 zone-assumed 0 14400', 'null zone-assumed 0 0'],
)
check(
  'a rotated log of an hour before stays there',
  [
    CAPTURE,
    { path: 'a.log', clock: ZONELESS, events: [record(2, 'a'), record(8, 'b')] },
    { path: 'a.log.1', clock: ZONELESS, events: [record(-HOUR + 3, 'a'), record(-HOUR + 9, 'b')] },
  ],
  ['UTC exact 0 0', 'null zone-assumed 0 0', 'null zone-assumed 0 0'],
)
check(
  'the capture is moved that two logs contradict',
  [CAPTURE, app(12), { ...app(12), path: 'web.log' }],
  ['UTC exact 12 12', 'UTC exact 0 0', 'UTC exact 0 0'],
)
check(
  'the capture is moved where logs that share nothing with it tell of the time of the other',
  [
    CAPTURE,
    app(2 * HOUR),
    { path: 'db.log', clock: EXACT, events: [record(2 * HOUR + 1, 'a'), record(2 * HOUR + 30, 'b')] },
  ],
  ['UTC exact 7200 7200', 'UTC exact 0 0', 'UTC exact 0 0'],
)
check(
  'a log that three contradict is moved, though more that share nothing begin in its time',
  [
    CAPTURE,
    app(0),
    { ...app(-12), path: 'web.log' },
    { path: 'db.log', clock: EXACT, events: [record(-9, 'a'), record(-8, 'b')] },
    { path: 'kv.log', clock: EXACT, events: [record(-9, 'a'), record(-8, 'b')] },
  ],
  ['UTC exact 0 0', 'UTC exact 0 0', 'UTC exact 12 12', 'UTC exact 0 0', 'UTC exact 0 0'],
)
check(
  'requests that half fit an offset prove none',
  [
    { path: 'one.pcap', clock: EXACT, events: MOMENTS.map((at) => request(at, at)) },
    { path: 'two.pcap', clock: EXACT, events: MOMENTS.map((at, id) => request(at + (id < 6 ? 60 : 9 * id), at)) },
  ],
  ['UTC exact 0 0', 'UTC exact 0 0'],
)

/** Requests counted by the second: now many, now few. */
const counted = Array.from({ length: 60 }, (_, second) =>
  Array.from({ length: ((second ** 3 * 31 + second * 17) % 97) % 11 }, () => second),
).flat()
const steady = Array.from({ length: 120 }, (_, at) => at / 2)
check(
  'requests that were only counted tie clocks by their rhythm',
  [
    { ...CAPTURE, counted },
    { path: 'access.log', clock: EXACT, events: [record(47, 'x')], counted: counted.map((at) => at + 47) },
  ],
  ['UTC exact 0 0', 'UTC exact -47 -47'],
)
/** Numbers that follow no pattern (linear congruences), as requests a second. */
function chance(seed: number): number[] {
  let state = seed
  return Array.from({ length: 30 }, (_, second) => {
    state = (state * 1103515245 + 12345) % 2147483648
    return new Array<number>(Math.floor((state / 2147483648) * 11)).fill(second)
  }).flat()
}
check(
  'of many offsets one fits half a minute of requests by chance',
  [
    { ...CAPTURE, counted: chance(7) },
    { path: 'access.log', clock: EXACT, events: [record(1.5, 'x')], counted: chance(78) },
  ],
  ['UTC exact 0 0', 'UTC exact 0 0'],
)
check(
  'an even rhythm says nothing',
  [
    { ...CAPTURE, counted: steady },
    { path: 'access.log', clock: EXACT, events: [record(47, 'x')], counted: steady.map((at) => at + 47) },
  ],
  ['UTC exact 0 0', 'UTC exact 0 0'],
)

test('a skew beyond five seconds is a fact with the event that shows it', async () => {
  const { findings } = await concludeTold([CAPTURE, app(12)])
  const quoted = findings.flatMap(({ evidence }) => evidence.map(({ source, excerpt }) => `${source} ${excerpt}`))
  assert.deepEqual(
    findings.map(({ cause, role }) => `${cause} ${role}`),
    ['host.clock root'],
  )
  assert.deepEqual(
    quoted.map((text) => text.slice(0, 17)),
    ['1 handled request'],
  )
})

test('a zone, a year and a small skew are no fault of a clock', async () => {
  for (const one of [app(5 * HOUR, ZONELESS), app(365 * 24 * HOUR, YEARLESS), app(4)])
    assert.deepEqual((await concludeTold([CAPTURE, one])).findings, [])
})

test('the order of sources does not matter', async () => {
  const told = [CAPTURE, app(12), { ...app(2 * HOUR, ZONELESS), path: 'web.log' }]
  assert.deepEqual((await clocksOf([...told].reverse())).reverse(), await clocksOf(told))
})
