import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readHead, startsRequest, startsResponse } from '../../../../src/packets/applications/http/head.ts'

/** The first line as it is understood; null where it is none of HTTP/1. */
function check(line: string, expected: string | null): void {
  const head = readHead(`${line}\r\n\r\n`)
  const shown = head?.kind === 'request' ? `${head.method} ${head.uri}` : head === null ? null : String(head.status)
  assert.equal(shown, expected, line)
}

test('first lines', () => {
  check('GET / HTTP/1.1', 'GET /')
  check('GET  /a  HTTP/1.0', 'GET /a')
  check('GET /a b HTTP/1.1', 'GET /a')
  check('GET /old', 'GET /old')
  check('M-SEARCH * HTTP/1.1', 'M-SEARCH *')
  check('RPC_IN_DATA /x HTTP/1.1', 'RPC_IN_DATA /x')
  check('CONNECT a.example:443 HTTP/1.1', 'CONNECT a.example:443')
  check('HTTP/1.1 200 OK', '200')
  check('HTTP/1.0 404', '404')
  check('HTTP/1.1 099 No', null)
  check('OPTIONS sip:a@b.example SIP/2.0', null)
  check('DESCRIBE rtsp://a/ RTSP/1.0', null)
  check('get / HTTP/1.1', null)
  check('USER a b', null)
  check('GET  HTTP/1.1', null)
  check('', null)
  check(`GET /${'a'.repeat(60_000)}`, `GET /${'a'.repeat(60_000)}`)
  check(`GET ${'a '.repeat(30_000)}`, null)
})

test('first lines of which the capture has only the beginning', () => {
  const cut = (line: string) => {
    const head = readHead(line)
    return head?.kind === 'request' ? `${head.method} ${head.uri}` : null
  }
  assert.equal(cut('GET /a/very/long'), 'GET /a/very/long')
  assert.equal(cut('GET /a HTTP/1'), 'GET /a')
  assert.equal(cut('POST http://a.example/very/long'), 'POST http://a.example/very/long')
  assert.equal(cut('CONNECT a.example:4'), 'CONNECT a.example:4')
  assert.equal(cut('OPTIONS sip:a@b.exa'), null)
  assert.equal(cut('HELLO http://a.example/'), null)
})

test('fields: any case, any order, the first of a kind', () => {
  const head = readHead(
    'POST /t HTTP/1.1\r\nHOST: a.example\r\nuser-agent:x\r\nX-Correlation-ID: one\r\ntraceparent: two\r\nContent-Length: 12\r\n\r\n',
  )
  assert.deepEqual(head?.fields, {
    host: 'a.example',
    userAgent: 'x',
    requestId: 'one',
    contentType: null,
    contentEncoding: null,
    body: { kind: 'length', length: 12 },
  })
  const chunked = readHead('HTTP/1.1 200 OK\nContent-Length: 12\nTransfer-Encoding: gzip, chunked\n\n')
  assert.deepEqual(chunked?.fields.body, { kind: 'chunked' })
  assert.equal(readHead('HTTP/1.1 200 OK\r\nContent-Length: x\r\nno colon\r\n\r\n')?.fields.body, null)
})

test('what a packet can start with', () => {
  assert.equal(startsRequest('GET / HTTP/1.1\r\nHo'), true)
  assert.equal(startsRequest('GET /a/very/long'), true)
  assert.equal(startsRequest('GETTING on\r\n'), false)
  assert.equal(startsRequest('{"a": 1}'), false)
  assert.equal(startsResponse('HTTP/1.1 200 OK\r\n'), true)
  assert.equal(startsResponse('HTTP/1.1 503\r\n'), true)
  assert.equal(startsResponse('HTTP/2 200'), false)
})
