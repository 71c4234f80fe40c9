import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { isJsonItems } from '../../../src/logs/road/json-items.ts'
import { type Overrides, readText, wordScanner } from '../reading-bench.ts'

const REQUEST_ID = '0b05b5d9-3795-446d-a5be-b2443943fed9'
const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736'
const BUSY = '{"error":{"type":"overloaded_error","message":"server busy, please retry later"}}'

type Known = Readonly<Record<string, unknown>>

interface Made {
  readonly method?: string
  readonly url?: string
  readonly sent?: Known
  readonly response?: Known
  readonly entry?: Known
}

const headers = (named: Known) => Object.entries(named).map(([name, value]) => ({ name, value }))

/** An entry with what HAR 1.2 demands, in the order in which Chromium writes it. */
function entry({ method = 'GET', url = 'https://api.example/v1/chat', sent = {}, response = {}, entry = {} }: Made) {
  return {
    request: {
      method,
      url,
      httpVersion: 'http/2.0',
      headers: headers({ cookie: 'sid=kept-to-oneself', authorization: 'Bearer kept-to-oneself', ...sent }),
      queryString: [],
      cookies: [{ name: 'sid', value: 'kept-to-oneself' }],
      headersSize: -1,
      bodySize: 0,
    },
    response: {
      status: 200,
      statusText: '',
      httpVersion: 'http/2.0',
      headers: headers({ 'set-cookie': 'sid=kept-to-oneself; Path=/' }),
      cookies: [{ name: 'sid', value: 'kept-to-oneself' }],
      content: { size: 0, mimeType: 'application/json' },
      redirectURL: '',
      headersSize: -1,
      bodySize: -1,
      ...response,
    },
    serverIPAddress: '203.0.113.7',
    startedDateTime: '2026-11-20T10:00:00.000Z',
    time: 1203.4,
    timings: { blocked: -1, dns: -1, ssl: -1, connect: -1, send: 0.2, wait: 1201, receive: 2.2 },
    ...entry,
  }
}

function archive(entries: readonly unknown[], others: Known = {}): Known {
  return { log: { version: '1.2', creator: { name: 'WebInspector', version: '537.36' }, ...others, entries } }
}

const BOTH: readonly ((document: Known) => string)[] = [
  (document) => JSON.stringify(document),
  (document) => `${JSON.stringify(document, null, 2)}\n`,
]

const read = (entries: readonly unknown[], overrides?: Overrides) =>
  readText(JSON.stringify(archive(entries)), overrides)

function recognises(name: string, text: string, expected: boolean): void {
  test(name, () => assert.equal(isJsonItems(Buffer.from(text)), expected))
}

for (const write of BOTH) {
  recognises('an archive is one by its creator', write(archive([])), true)
  recognises('with a comment before all', write({ log: { comment: 'x {', version: '1.2', entries: [] } }), true)
  recognises('with pages first', write({ log: { pages: [{ startedDateTime: '', title: 'x'.repeat(90_000) }] } }), true)
  recognises('with values of the writer first', write({ log: { _a: { b: [1] }, _c: 1, browser: {} } }), true)
  recognises('with values before the log', write({ $schema: 'x', log: { entries: [entry({})] } }), true)
  recognises(
    'a record with a log of its own is none',
    write({ log: { level: 'info', origin: {} }, message: 'm' }),
    false,
  )
  recognises('a version alone is none', write({ log: { version: 12, text: 'm' } }), false)
}
recognises('a byte order mark may stand before it', `\ufeff${JSON.stringify(archive([]))}`, true)

test('an entry is a request of its time, answered when it was over', async () => {
  for (const write of BOTH) {
    const started = { startedDateTime: '2026-11-20T11:00:00.250+01:00' }
    const made = entry({
      method: 'POST',
      url: 'https://api.example:8443/v1/chat?key=kept-to-oneself#x',
      entry: started,
    })
    const { records, facts, summary } = await readText(write(archive([made])))
    const [record] = records
    assert.deepEqual(
      [record?.reader, record?.severity, record?.body, record?.time, record?.quality],
      [
        'har',
        'info',
        'POST https://api.example:8443/v1/chat 200 in 1203 ms',
        Date.UTC(2026, 10, 20, 10) * 1000 + 250_000,
        'exact',
      ],
    )
    assert.equal(facts[0]?.time, Date.UTC(2026, 10, 20, 10) * 1000 + 1_453_400)
    assert.deepEqual(facts[0]?.fields, {
      client: null,
      server: '203.0.113.7',
      port: 8443,
      method: 'POST',
      path: '/v1/chat',
      host: 'api.example',
      service: null,
      status: 200,
      duration: 1_203_400,
      request_id: null,
      user_agent: null,
      upstream: null,
      origin: 'client',
    })
    assert.deepEqual([summary.reader, summary.records, summary.coverage], ['har', 1, 1])
    assert.equal(summary.tally.clients.cells().length, 1)
    assert.ok(summary.tally.servers.isEmpty)
  }
})

test('phases, sizes and addresses are fields; -1 is no phase', async () => {
  const timings = { blocked: 2, dns: 8213.5, connect: 40, ssl: 30, send: 0, wait: 100, receive: -1 }
  const { records } = await read([
    entry({ response: { _transferSize: 210 }, entry: { timings, serverIPAddress: '[2001:db8::7]' } }),
  ])
  const { blocked, dns, connect, ssl, send, wait, receive, bytes, server } = records[0]?.fields ?? {}
  assert.deepEqual([blocked, dns, connect, ssl, wait], [2000, 8_213_500, 40_000, 30_000, 100_000])
  assert.deepEqual([send, receive, bytes, server], [undefined, undefined, 210, '2001:db8::7'])
})

test('a time that is not stated is the sum of the phases', async () => {
  const timings = { blocked: -1, dns: 10, connect: 40, ssl: 30, send: 1, wait: 100, receive: 9 }
  const { records } = await read([entry({ entry: { time: -1, timings } })])
  assert.equal(records[0]?.body, 'GET https://api.example/v1/chat 200 in 160 ms')
})

function answers(name: string, content: Known, expected: string): void {
  test(name, async () => {
    const response = {
      status: 503,
      headers: headers({ 'Retry-After': '5', Server: 'edge', 'Set-Cookie': 'a=b' }),
      content,
    }
    const { records, facts } = await read([entry({ response })])
    assert.equal(records[0]?.detail, [expected, 'retry-after=5', 'server=edge'].filter((one) => one !== '').join('\n'))
    assert.equal(records[0]?.body, 'GET https://api.example/v1/chat 503 Service Unavailable in 1203 ms')
    assert.equal(facts[0]?.fields.body, expected === '' ? undefined : expected.slice(0, 512))
  })
}

answers('what a failing answer says is evidence', { text: BUSY, mimeType: 'application/json' }, BUSY)
answers('base64 is unpacked', { text: Buffer.from(BUSY).toString('base64'), encoding: 'base64' }, BUSY)
answers('what is no text is not read', { text: gzipSync(BUSY).toString('base64'), encoding: 'base64' }, '')
answers(
  'of a long answer the beginning is read',
  { text: `<p>${'no'.repeat(90_000)}` },
  `<p>${'no'.repeat(90_000)}`.slice(0, 4096),
)
answers(
  'an answer cut within a sign',
  { text: Buffer.from('漢'.repeat(4000)).toString('base64'), encoding: 'base64' },
  '漢'.repeat(1365),
)

test('what an answer says that is none of a failure is not read', async () => {
  const { records } = await read([entry({ response: { content: { text: BUSY } } })])
  assert.deepEqual([records[0]?.detail, records[0]?.excerpt.includes('busy')], ['', false])
})

test('neither cookies nor credentials nor what was asked for get into a record', async () => {
  const post = { text: 'kept-to-oneself' }
  const made = entry({
    url: 'https://me:kept-to-oneself@api.example/v1?t=kept-to-oneself#kept-to-oneself',
    response: { status: 401 },
  })
  const { events } = await read([{ ...made, request: { ...made.request, postData: post } }])
  assert.equal(JSON.stringify(events).includes('kept-to-oneself'), false)
  assert.ok(JSON.stringify(events).includes('GET https://api.example/v1 401 Unauthorized'))
})

function names(sent: Known, answered: Known, expected: string | null): void {
  test(`${JSON.stringify([sent, answered])} names ${expected}`, async () => {
    const { records, facts } = await read([entry({ sent, response: { status: 500, headers: headers(answered) } })])
    assert.equal(records[0]?.requestId, expected)
    assert.equal(facts[0]?.fields.request_id, expected)
  })
}

names({ 'X-Request-Id': REQUEST_ID }, {}, REQUEST_ID)
names({ 'x-request-id': 'mine' }, { 'X-Request-ID': REQUEST_ID }, REQUEST_ID)
names({}, { 'x-amzn-RequestId': REQUEST_ID, 'cf-ray': '8f-FRA' }, REQUEST_ID)
names({}, { 'cf-ray': '8e5f1c2d3a4b5c6d-FRA' }, '8e5f1c2d3a4b5c6d-FRA')
names({ traceparent: `00-${TRACE_ID}-00f067aa0ba902b7-01` }, {}, TRACE_ID)
names({ 'x-trace-id': 't-77' }, { 'x-correlation-id': 'c-77' }, 'c-77')
names({ accept: '*/*' }, { server: 'edge' }, null)

/** As their writers leave a request without an answer. */
function fails(name: string, made: Made, expected: readonly [severity: string, body: string]): void {
  test(name, async () => {
    const { records, facts, summary } = await read([entry(made)])
    assert.deepEqual([records[0]?.severity, records[0]?.body], expected)
    assert.deepEqual([facts, summary.tally.clients.isEmpty], [[], true])
  })
}

const NONE = { status: 0, statusText: '', headers: [], content: { size: 0, mimeType: 'x-unknown' } }
const ASKED = 'GET https://api.example/v1/chat'
fails('Chromium', { response: { ...NONE, _error: 'net::ERR_NAME_NOT_RESOLVED' }, entry: { time: 12.4 } }, [
  'error',
  `${ASKED} net::ERR_NAME_NOT_RESOLVED after 12 ms`,
])
fails('Chromium, whose page was left', { response: { ...NONE, _error: 'net::ERR_ABORTED' } }, [
  'info',
  `${ASKED} net::ERR_ABORTED after 1203 ms`,
])
fails('Chromium with a blocker', { response: { ...NONE, _error: 'net::ERR_BLOCKED_BY_CLIENT' }, entry: { time: 0 } }, [
  'info',
  `${ASKED} net::ERR_BLOCKED_BY_CLIENT after 0 ms`,
])
fails('Chromium, still waiting', { response: { ...NONE, _error: null }, entry: { time: -1, timings: {} } }, [
  'warn',
  `${ASKED} has no answer`,
])
fails(
  'a blocker of names',
  { response: { ...NONE, _error: 'net::ERR_CONNECTION_REFUSED' }, entry: { serverIPAddress: '0.0.0.0' } },
  ['info', `${ASKED} net::ERR_CONNECTION_REFUSED after 1203 ms`],
)
fails('Playwright', { response: { ...NONE, status: -1, _failureText: 'NS_ERROR_CONNECTION_REFUSED' } }, [
  'error',
  `${ASKED} NS_ERROR_CONNECTION_REFUSED after 1203 ms`,
])
fails('Playwright, whose test was over', { response: { ...NONE, status: -1 }, entry: { _wasAborted: true } }, [
  'info',
  `${ASKED} was given up after 1203 ms`,
])
fails('Firefox says nothing', { response: { ...NONE, httpVersion: '' }, entry: { time: 0, serverIPAddress: '' } }, [
  'warn',
  `${ASKED} has no answer after 0 ms`,
])
fails('Safari', { response: { ...NONE, _error: 'A server with the specified hostname could not be found.' } }, [
  'error',
  `${ASKED} A server with the specified hostname could not be found. after 1203 ms`,
])
fails('Safari, cancelled', { response: { ...NONE, _error: 'Load cancelled' } }, [
  'info',
  `${ASKED} Load cancelled after 1203 ms`,
])
fails('mitmproxy', { response: { ...NONE, _error: "[Errno 111] Connect call failed ('203.0.113.7', 443)" } }, [
  'error',
  `${ASKED} [Errno 111] Connect call failed ('203.0.113.7', 443) after 1203 ms`,
])
fails('Insomnia without a response', { entry: { response: undefined } }, [
  'warn',
  `${ASKED} has no answer after 1203 ms`,
])

test('Charles names neither version nor phrase, and its connections by name', async () => {
  const made = entry({ response: { status: 502, statusText: null, _charlesStatus: 'COMPLETE' } })
  const { records } = await readText(
    JSON.stringify({ log: { version: '1.2', creator: { name: 'Charles Proxy' }, entries: [made] } }),
  )
  assert.equal(records[0]?.body, `${ASKED} 502 Bad Gateway in 1203 ms`)
})

test('mitmproxy writes ASCII only, with microseconds', async () => {
  const busy = '{"message":"服务器繁忙，请稍后再试"}'
  const made = entry({
    response: { status: 503, content: { text: busy } },
    entry: { startedDateTime: '2026-11-20T10:00:00.123456+00:00' },
  })
  const escaped = JSON.stringify(archive([made])).replace(
    /[^\x20-\x7e]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16)}`,
  )
  const { records } = await readText(escaped)
  assert.equal(records[0]?.detail, busy)
  assert.equal(records[0]?.time, Date.UTC(2026, 10, 20, 10) * 1000 + 123_456)
  assert.ok(records[0]?.excerpt.includes('\\u670d\\u52a1'))
})

test('caches and what a page makes itself are no requests of a server', async () => {
  const { records, facts } = await read([
    entry({ entry: { _fromCache: 'disk' } }),
    entry({ url: 'data:image/png;base64,AAAA' }),
    entry({ url: 'wss://api.example/live', response: { status: 101 } }),
  ])
  assert.deepEqual(
    records.map(({ body }) => body),
    [
      `${ASKED} 200 from cache`,
      'GET data:image/png;base64 200 in 1203 ms',
      'GET wss://api.example/live 101 in 1203 ms',
    ],
  )
  assert.deepEqual(
    facts.map(({ fields }) => [fields.status, fields.duration]),
    [[101, null]],
  )
})

test('pages are no records, and an entry that is no JSON is told of', async () => {
  const page = { startedDateTime: '2026-11-20T10:00:00.000Z', id: 'page_1', title: 'x', pageTimings: { onLoad: 1 } }
  const text = JSON.stringify(archive([entry({}), 'DAMAGED', entry({})], { pages: [page, page] }))
  const { records, notices } = await readText(text.replace('"DAMAGED"', '{"request":{"url":}}'))
  assert.equal(records.length, 2)
  assert.deepEqual(
    notices.map(({ code, offset, detail }) => [code, offset, detail]),
    [['record-damaged', text.indexOf('"DAMAGED"'), 'An entry of the HTTP archive is malformed.']],
  )
})

test('wherever a document breaks off, the entries before are kept and it is told', async () => {
  const text = JSON.stringify(
    archive(Array.from({ length: 4 }, (_, at) => entry({ url: `https://api.example/${at}` }))),
  )
  const ends = [...text.matchAll(/\}\}(?=,\{"request"|\]\}\}$)/g)].map(({ index }) => index + 2)
  assert.equal(ends.length, 4)
  for (let cut = text.indexOf('"entries"'); cut < text.length; cut += 7) {
    const { records, notices } = await readText(text.slice(0, cut))
    assert.equal(records.length, ends.filter((end) => end <= cut).length)
    assert.deepEqual(
      notices.map(({ detail }) => detail),
      ['The JSON document breaks off.'],
    )
  }
})

test('a body of any size costs no request, and its place is the whole entry', async () => {
  const huge = entry({ response: { status: 503, content: { text: BUSY + 'x\\"'.repeat(6_000_000) } } })
  const upload = entry({})
  const text = JSON.stringify(
    archive([{ ...upload, request: { ...upload.request, postData: { text: 'y'.repeat(1 << 24) } } }, huge]),
  )
  const { records, notices } = await readText(text)
  assert.deepEqual(notices, [])
  assert.deepEqual(
    records.map(({ body, place }) => [body, place.offset + place.length]),
    [
      [`${ASKED} 200 in 1203 ms`, text.indexOf('},{"request"') + 1],
      [`${ASKED} 503 Service Unavailable in 1203 ms`, text.length - 3],
    ],
  )
  assert.ok(records[1]?.detail.startsWith(BUSY))
})

const odd = fc.constantFrom<unknown>(
  null,
  -1,
  1e300,
  0.5,
  503,
  '',
  'x',
  '2026-11-20',
  true,
  [],
  [null, 5],
  {},
  { name: 5 },
)

test('whatever stands where it should not, an entry is read or left', async () => {
  const path = fc.constantFrom(
    ...['request', 'response', 'timings', 'time', 'startedDateTime', 'serverIPAddress', '_fromCache', 'cache'],
    ...[
      'request.method',
      'request.url',
      'request.headers',
      'response.status',
      'response.statusText',
      'response.headers',
    ],
    ...['response.content', 'response.content.text', 'response.redirectURL', 'timings.dns', 'response._error'],
  )
  const changes = fc.array(fc.tuple(path, odd), { minLength: 1, maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(changes, fc.constantFrom(200, 302, 503, 0), async (list, status) => {
      const made = structuredClone(entry({ response: { status, content: { text: BUSY } } }))
      for (const [name, value] of list) put(made, name.split('.'), structuredClone(value))
      const { records, summary } = await read([made, entry({})])
      assert.ok(records.length >= 1 && records.length <= 2)
      for (const { time } of records) assert.ok(time === null || Number.isFinite(time))
      for (const { at } of summary.tally.clients.cells()) assert.ok(Number.isFinite(at))
    }),
    { numRuns: 500 },
  )
})

function put(target: object, [name = '', ...rest]: readonly string[], value: unknown): void {
  const inner: unknown = Reflect.get(target, name)
  if (rest.length === 0) Reflect.set(target, name, value)
  else if (typeof inner === 'object' && inner !== null) put(inner, rest, value)
}

test('ten thousand entries in any order of time', async () => {
  const times = Array.from({ length: 10_000 }, (_, at) => Date.UTC(2026, 10, 20, 10) + ((at * 7919) % 10_000))
  const entries = times.map((time) => entry({ entry: { startedDateTime: new Date(time).toISOString() } }))
  const { records, summary } = await read(entries, { pieces: [65_536, 17] })
  assert.equal(records.length, 10_000)
  assert.deepEqual(
    records.map(({ time }) => time),
    times.map((time) => time * 1000),
  )
  assert.deepEqual([summary.first, summary.last], [Math.min(...times) * 1000, Math.max(...times) * 1000])
})

test('with a scanner whatever failed comes out, and of the rest what it looks for', async () => {
  const scanner = wordScanner(['needle'])
  const { records, facts, summary } = await read(
    [
      entry({}),
      entry({ url: 'https://api.example/needle' }),
      entry({ response: { content: { text: 'needle' } } }),
      entry({ response: { status: 404 } }),
      entry({ response: { status: 503 } }),
      entry({ response: { ...NONE, _error: 'net::ERR_CONNECTION_RESET' } }),
    ],
    { scanner },
  )
  assert.deepEqual(
    records.map(({ severity }) => severity),
    ['info', 'warn', 'error', 'error'],
  )
  assert.deepEqual([facts.length, summary.records], [3, 6])
  assert.equal(
    summary.tally.clients.cells().reduce((sum, { count }) => sum + count, 0),
    5,
  )
})

test('a request that is made again and again is a loop, as in an access log', async () => {
  const again = Array.from({ length: 9 }, (_, at) =>
    entry({
      response: { status: 503 },
      entry: { startedDateTime: `2026-11-20T10:00:0${at}.000Z`, time: 50 },
    }),
  )
  const { facts } = await read(again)
  const repeated = facts.filter(({ kind }) => kind === 'http.repeated')
  assert.deepEqual(
    repeated.map(({ fields }) => [fields.path, fields.count]),
    [
      ['/v1/chat', 5],
      ['/v1/chat', 9],
    ],
  )
})

test('a redirect that says why an authorization failed is read', async () => {
  const redirectURL =
    'https://app.example/callback?error=invalid_client&error_description=no+such+client&state=kept-to-oneself'
  const { records } = await read([
    entry({ response: { status: 302, redirectURL } }),
    entry({ response: { status: 302, redirectURL: '/login#error=access_denied' } }),
    entry({ response: { status: 302, redirectURL: '/home?code=kept-to-oneself' } }),
  ])
  assert.deepEqual(
    records.map(({ detail }) => detail),
    ['error=invalid_client\nerror_description=no such client', 'error=access_denied', ''],
  )
})
