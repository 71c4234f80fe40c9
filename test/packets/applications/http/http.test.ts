import assert from 'node:assert/strict'
import { test } from 'node:test'
import { httpOver } from '../../../../src/packets/applications/http/http.ts'
import { client, closing, play, type Script, type Step, server, summary } from '../play.ts'

const http = httpOver([])
const GET = 'GET /a HTTP/1.1\r\nHost: shop.example\r\n\r\n'
const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'

/** Rows as `METHOD uri status duration-in-ms`, in the order they were finished. */
function check(steps: readonly Step[], expected: readonly string[], script: Script = {}): void {
  const rows = play(http, steps, script).http
  const lines = rows.map(
    (r) => `${r.method} ${r.uri} ${r.statusCode} ${r.duration === null ? null : r.duration / 1000}`,
  )
  assert.deepEqual(lines, expected)
}

test('a request and its answer', () => check([client(GET), server(OK, { at: 12 })], ['GET /a 200 12']))

test('the time runs from the end of the request to the end of the answer', () =>
  check(
    [
      client('POST /p HTTP/1.1\r\nContent-Length: 4\r\n\r\nab', { at: 0 }),
      client('cd', { at: 10 }),
      server('HTTP/1.1 201 Created\r\nContent-Length: 4\r\n\r\n12', { at: 30 }),
      server('34', { at: 35 }),
    ],
    ['POST /p 201 25'],
  ))

test('pipelined requests are answered in order', () =>
  check(
    [client(GET + GET.replace('/a', '/b')), server(OK.replace('200', '201') + OK.replace('200', '202'), { at: 5 })],
    ['GET /a 201 5', 'GET /b 202 5'],
  ))

test('an interim response is no answer', () =>
  check(
    [
      client('PUT /p HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n'),
      server('HTTP/1.1 100 Continue\r\n\r\n', { at: 1 }),
      client('x', { at: 2 }),
      server('HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n', { at: 4 }),
    ],
    ['PUT /p 204 2'],
  ))

test('answers to HEAD, 204 and 304 have no body whatever their length says', () =>
  check(
    [
      client('HEAD /h HTTP/1.1\r\n\r\n'),
      server('HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n', { at: 1 }),
      client(GET, { at: 2 }),
      server('HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n', { at: 3 }),
      client(GET, { at: 4 }),
      server(OK, { at: 5 }),
    ],
    ['HEAD /h 200 1', 'GET /a 304 1', 'GET /a 200 1'],
  ))

test('chunked bodies with extensions and trailers', () =>
  check(
    [
      client(GET),
      server('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4;x=y\r\nWi', { at: 1 }),
      server('ki\r\n0\r', { at: 2 }),
      server('\nExpires: 0\r\n\r\n', { at: 3 }),
      client(GET, { at: 4 }),
      server(OK, { at: 6 }),
    ],
    ['GET /a 200 3', 'GET /a 200 2'],
  ))

test('a body without length ends with the connection', () =>
  check(
    [
      client(GET),
      server('HTTP/1.0 200 OK\r\n\r\nabc', { at: 1 }),
      server('def', { at: 2 }),
      closing('server', 'fin', 9),
    ],
    ['GET /a 200 9'],
  ))

test('heads may be cut anywhere', () => {
  const whole = GET + GET
  for (let at = 1; at < whole.length; at++) {
    const steps = [client(whole.slice(0, at)), client(whole.slice(at)), server(OK + OK, { at: 7 })]
    check(steps, ['GET /a 200 7', 'GET /a 200 7'])
  }
  const answer = 'HTTP/1.1 500 Oops\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n'
  for (let at = 1; at < answer.length; at++)
    check([client(GET), server(answer.slice(0, at), { at: 1 }), server(answer.slice(at), { at: 2 })], ['GET /a 500 2'])
})

test('a gap inside a body loses nothing', () =>
  check(
    [
      client(GET),
      server('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nab', { at: 1 }),
      server('yz', { at: 5, gap: 996 }),
      client(GET, { at: 6 }),
      server(OK, { at: 7 }),
    ],
    ['GET /a 200 5', 'GET /a 200 1'],
  ))

test('an answer behind a loss belongs to no request after it', () =>
  check(
    [
      client(GET.replace('/a', '/1'), { at: 0 }),
      client(GET.replace('/a', '/2'), { at: 5 }),
      client(GET.replace('/a', '/3'), { at: 20 }),
      server(OK, { at: 11, gap: 60 }),
      server(OK, { at: 22 }),
    ],
    ['GET /1 null null', 'GET /2 200 6', 'GET /3 200 2'],
  ))

test('after a lost answer the next one belongs to the latest request', () =>
  check(
    [
      client(GET),
      client(GET.replace('/a', '/b'), { at: 10 }),
      server(OK.slice(10), { at: 11, gap: 60 }),
      server(OK, { at: 12 }),
    ],
    ['GET /a null null', 'GET /b 200 2'],
  ))

test('an answer whose question was not captured', () => check([server(OK)], ['null null 200 null']))

test('bodies that were snapped do not disturb', () =>
  check(
    [
      client(GET),
      server('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nab', { at: 1, cut: 998 }),
      client(GET, { at: 2 }),
      server(OK, { at: 3 }),
    ],
    ['GET /a 200 1', 'GET /a 200 1'],
  ))

test('heads that were snapped tell who asked for what, and which answer began when', () =>
  check(
    [
      client('GET /library/boo', { cut: 400 }),
      server('HTTP/1.1 304 No', { at: 1, cut: 200 }),
      client('POST /p HTTP', { at: 2, cut: 400 }),
      client('body', { at: 3, cut: 9 }),
      server('HTTP/1.1 503 Servi', { at: 9, cut: 1400 }),
      server('more of the body', { at: 9, cut: 1400 }),
      client('GET /a HTTP/1.1\r\nHost: sho', { at: 10, cut: 40 }),
    ],
    ['GET /library/boo 304 1', 'POST /p 503 7', 'GET /a null null'],
  ))

test('a request that is pending when the capture ends is no fact; one that its server broke off is', () => {
  check([client(GET)], ['GET /a null null'])
  assert.deepEqual(play(http, [client(GET)]).facts, [])
  const broken = play(http, [client(GET), closing('server', 'reset')], { how: 'reset' })
  assert.deepEqual(summary(broken, 'path', 'status'), [{ kind: 'http.request', path: '/a' }])
})

test('nothing is parsed after an upgrade', () =>
  check(
    [
      client('GET /ws HTTP/1.1\r\nUpgrade: websocket\r\n\r\n'),
      server('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n\x81\x02hi', { at: 1 }),
      client(`\x81\x80${GET}`, { at: 2 }),
    ],
    ['GET /ws 101 1'],
  ))

test('requests inside a CONNECT tunnel are read', () =>
  check(
    [
      client('CONNECT shop.example:80 HTTP/1.1\r\n\r\n'),
      server('HTTP/1.1 200 Connection established\r\n\r\n', { at: 1 }),
      client(GET, { at: 2 }),
      server(OK, { at: 5 }),
    ],
    ['CONNECT shop.example:80 200 1', 'GET /a 200 3'],
  ))

test('the ends are turned round where the content says so', () => {
  const rows = play(http, [server(GET), client(OK)]).http
  assert.deepEqual(
    rows.map((row) => [row.client, row.server, row.serverPort]),
    [['198.51.100.2', '192.0.2.1', 40000]],
  )
})

test('an error answer shows its text, its request the digest of its body', () => {
  const heard = play(http, [
    client(
      'POST /oauth/token?x=1 HTTP/1.1\r\nHost: id.example\r\nX-Request-ID: r-1\r\nContent-Length: 9\r\n\r\n123456789',
    ),
    server(
      'HTTP/1.1 401 Unauthorized\r\nContent-Type: application/json\r\nContent-Length: 26\r\n\r\n{"error":"invalid_client"}',
      { at: 3 },
    ),
  ])
  assert.deepEqual(heard.facts[0].fields, {
    client: '192.0.2.1',
    client_port: 40000,
    server: '198.51.100.2',
    port: 80,
    method: 'POST',
    path: '/oauth/token',
    host: 'id.example',
    status: 401,
    duration: 3000,
    request_id: 'r-1',
    user_agent: null,
    body_digest: 'cbf43926',
    origin: 'packets',
    body: '{"error":"invalid_client"}',
  })
  assert.equal(heard.facts[0].place.packet, 2)
  assert.equal(
    heard.facts[0].excerpt,
    'HTTP POST id.example/oauth/token from 192.0.2.1 to 198.51.100.2:80: 401 after 3 ms',
  )
  assert.deepEqual(heard.tally.requests(), [{ at: 0, status: 401, duration: 2896, count: 1 }])
})

test('five equal requests in ten seconds are repeated ones', () => {
  const storm = (count: number, apart: number) =>
    Array.from({ length: count }, (_, i) => [
      client(GET, { at: i * apart }),
      server('HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n', { at: i * apart + 1 }),
    ]).flat()
  const repeated = (steps: Step[]) => play(http, steps).facts.filter((fact) => fact.kind === 'http.repeated')
  assert.deepEqual(repeated(storm(4, 100)), [])
  assert.deepEqual(repeated(storm(5, 2600)), [])
  assert.deepEqual(
    repeated(storm(6, 2000)).map((fact) => fact.fields),
    [
      {
        client: '192.0.2.1',
        method: 'GET',
        host: 'shop.example',
        path: '/a',
        status: 503,
        count: 6,
        seconds: 10,
        interval: 2_000_000,
        request_id: null,
        origin: 'packets',
      },
    ],
  )
})

test('requests with one id are stated once', () => {
  const once = client('POST /p HTTP/1.1\r\nX-Request-Id: q\r\nContent-Length: 0\r\n\r\n')
  const heard = play(http, Array.from({ length: 7 }, () => [once, server(OK)]).flat())
  assert.deepEqual(summary(heard, 'count', 'request_id').slice(7), [
    { kind: 'http.repeated', count: 7, request_id: 'q' },
  ])
})

test('the channels of RPC over HTTP: the request is asked at its head, the answer lasts until its end', () =>
  check(
    [
      client('RPC_IN_DATA /rpc HTTP/1.1\r\nContent-Length: 1073741824\r\n\r\n'),
      server('HTTP/1.1 200 Success\r\n\r\n', { at: 5 }),
      client('x', { at: 6 }),
      closing('server', 'fin', 50),
    ],
    ['RPC_IN_DATA /rpc 200 50'],
  ))

test('a success that breaks off has no status in its row, a failure has, the fact always', () => {
  const broken = (status: string) => [client(GET), server(`HTTP/1.1 ${status}\r\nContent-Length: 9\r\n\r\nab`)]
  check(broken('200 OK'), ['GET /a null null'])
  check(broken('503 Busy'), ['GET /a 503 null'])
  assert.deepEqual(summary(play(http, broken('200 OK')), 'status'), [{ kind: 'http.request', status: 200 }])
})
