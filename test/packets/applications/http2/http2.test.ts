import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Fields } from '../../../../src/model/index.ts'
import { http2 } from '../../../../src/packets/applications/http2/http2.ts'
import { client, hex, play, recognised, type Script, type Step, server, summary } from '../play.ts'

const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'latin1')
const SETTINGS = hex('000000 04 00 00000000')

function frame(type: number, flags: number, stream: number, payload: string): Buffer {
  const bytes = hex(payload)
  const head = Buffer.alloc(9)
  head.writeUIntBE(bytes.length, 0, 3)
  head.writeUInt8(type, 3)
  head.writeUInt8(flags, 4)
  head.writeUInt32BE(stream, 5)
  return Buffer.concat([head, bytes])
}

const HEADERS = 1
const WHOLE = 5
/** GET http://www.example.com/ and, for POST, the same with a body to come. */
const GET = '8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff'
const ask = (stream: number, at = 0) => client(frame(HEADERS, WHOLE, stream, at === 0 ? GET : '8286 84be'), { at })
const start = client(Buffer.concat([PREFACE, SETTINGS]))

function check(steps: readonly Step[], expected: readonly Fields[], script: Script = {}): void {
  const facts = summary(play(http2, steps, script), 'path', 'status', 'duration', 'grpc_status', 'error', 'body')
  assert.deepEqual(facts, expected)
}

const answered = { kind: 'http.request', path: '/', status: 200, duration: 5000 }

test('a request and its response', () => {
  check([start, ask(1), server(Buffer.concat([SETTINGS, frame(HEADERS, WHOLE, 1, '88')]), { at: 5 })], [answered])
  const row = play(http2, [start, ask(1), server(frame(HEADERS, WHOLE, 1, '8d'), { at: 5 })]).http[0]
  assert.deepEqual(
    [row.version, row.method, row.host, row.uri, row.statusCode],
    ['2', 'GET', 'www.example.com', '/', 404],
  )
})

test('frames may be cut anywhere', () => {
  const asked = Buffer.concat([PREFACE, SETTINGS, frame(HEADERS, WHOLE, 1, GET)])
  for (let at = 1; at < asked.length; at++) {
    const halves = [client(asked.subarray(0, at)), client(asked.subarray(at))]
    check([...halves, server(frame(HEADERS, WHOLE, 1, '88'), { at: 5 })], [answered])
  }
})

test('responses come in any order, an interim one is none', () =>
  check(
    [
      start,
      ask(1),
      ask(3, 1),
      server(frame(HEADERS, 4, 3, '08 03 313030'), { at: 2 }),
      server(frame(HEADERS, WHOLE, 3, '8e'), { at: 6 }),
      server(frame(HEADERS, WHOLE, 1, '88'), { at: 5 }),
    ],
    [{ ...answered, status: 500 }, answered],
  ))

test('padding, priority and continuation', () => {
  const padded = frame(HEADERS, 0x29, 1, `02 00000000 10 ${GET.slice(0, 14)} 0000`)
  const rest = frame(9, 4, 1, GET.slice(14))
  check([start, client(Buffer.concat([padded, rest])), server(frame(HEADERS, WHOLE, 1, '88'), { at: 5 })], [answered])
})

test('the status of gRPC comes in the trailers', () => {
  const trailers = '00 0b 677270632d737461747573 02 3134 00 0c 677270632d6d657373616765 04 62757379'
  check(
    [
      start,
      ask(1),
      server(frame(HEADERS, 4, 1, '88'), { at: 1 }),
      server(frame(0, 0, 1, '0000000000'), { at: 2 }),
      server(frame(HEADERS, WHOLE, 1, trailers), { at: 5 }),
    ],
    [{ ...answered, grpc_status: 14, body: 'busy' }],
  )
})

test('a stream that is reset, and streams that a server will not serve', () => {
  const broken = { kind: 'http.request', path: '/' }
  check([start, ask(1), server(frame(3, 0, 1, '0000000b'))], [{ ...broken, error: 'ENHANCE_YOUR_CALM' }])
  check(
    [start, ask(1), ask(3, 1), server(frame(7, 0, 0, '00000001 00000002'))],
    [{ ...broken, error: 'INTERNAL_ERROR' }],
  )
  const early = [server(frame(HEADERS, 4, 1, '88'), { at: 5 }), server(frame(3, 0, 1, '00000000'), { at: 5 })]
  check([start, ask(1), ...early], [answered])
})

test('the text of an error', () =>
  check(
    [
      start,
      ask(1),
      server(frame(HEADERS, 4, 1, '08 03 353033'), { at: 1 }),
      server(frame(0, 1, 1, Buffer.from('busy').toString('hex')), { at: 5 }),
    ],
    [{ ...answered, status: 503, body: 'busy' }],
  ))

test('a pending request is no fact', () => check([start, ask(1)], []))

test('a connection that was begun before the capture: what the table named is unknown', () =>
  check(
    [client(frame(HEADERS, WHOLE, 7, '82 be')), server(frame(HEADERS, WHOLE, 7, '8e'), { at: 5 })],
    [{ kind: 'http.request', status: 500, duration: 5000 }],
  ))

test('HTTP/2 is told by its preface, or by whole frames', () => {
  const cases: readonly [Buffer, string | null][] = [
    [PREFACE, 'http2'],
    [frame(6, 0, 0, '0000000000000000'), 'http2'],
    [frame(6, 0, 1, '0000000000000000'), null],
    [SETTINGS.subarray(0, 8), null],
    [Buffer.alloc(9), null],
    [Buffer.alloc(0), null],
  ]
  for (const [bytes, expected] of cases)
    assert.equal(recognised([http2], client(bytes)), expected, bytes.toString('hex'))
})
