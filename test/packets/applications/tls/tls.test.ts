import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Fields } from '../../../../src/model/index.ts'
import { tls } from '../../../../src/packets/applications/tls/tls.ts'
import { client, closing, hex, play, recognised, type Script, type Step, server, summary } from '../play.ts'

/** Self-signed for shop.example, *.shop.example and 192.0.2.80; valid from 2026-11-20T23:49:34Z for thirty days. */
const CERTIFICATE =
  'MIIBoDCCAUegAwIBAgIBATAKBggqhkjOPQQDAjAXMRUwEwYDVQQDDAxzaG9wLmV4YW1wbGUwHhcNMjYxMTIwMjM0OTM0WhcNMjYxMjIwMjM0OTM0' +
  'WjAXMRUwEwYDVQQDDAxzaG9wLmV4YW1wbGUwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARf3MwZvlLvpf5rctlbrg9KCrj5hhgUiZKg9qTzkhjv' +
  'HgosMY3W3zswY0fp88PGOaRcIYoG3Mv7+7KBDesNnObOo4GDMIGAMB0GA1UdDgQWBBTQDhHlU1GkqTtHSteSuWDNZesrTjAfBgNVHSMEGDAWgBTQ' +
  'DhHlU1GkqTtHSteSuWDNZesrTjAPBgNVHRMBAf8EBTADAQH/MC0GA1UdEQQmMCSCDHNob3AuZXhhbXBsZYIOKi5zaG9wLmV4YW1wbGWHBMAAAlAw' +
  'CgYIKoZIzj0EAwIDRwAwRAIgDONtm43SBuxa1TcuJguAEedz2Bb+2lHChM4GC5iykdkCIDC/PGAXt5QSV+8v2qnAeXjitw/b2FhmyJ1tWOPb7PDq'

const sized = (bytes: Buffer, width: number) => {
  const length = Buffer.alloc(width)
  length.writeUIntBE(bytes.length, 0, width)
  return Buffer.concat([length, bytes])
}
const record = (type: string, body: Buffer) => Buffer.concat([hex(`${type} 0303`), sized(body, 2)])
const handshake = (type: string, body: Buffer) => record('16', Buffer.concat([hex(type), sized(body, 3)]))
const extension = (type: string, body: Buffer) => Buffer.concat([hex(type), sized(body, 2)])
const text = (value: string) => Buffer.from(value, 'latin1')

function clientHello(name: string | null, versions = '0304 0303'): Buffer {
  const entry = Buffer.concat([hex('00'), sized(text(name ?? ''), 2)])
  const extensions = Buffer.concat([
    extension('0a0a', hex('00')),
    ...(name === null ? [] : [extension('0000', sized(entry, 2))]),
    extension('0010', sized(hex('02 6832 08 687474702f312e31'), 2)),
    extension('002b', sized(hex(`3a3a ${versions}`), 1)),
  ])
  const random = Buffer.alloc(32, 7)
  return handshake('01', Buffer.concat([hex('0303'), random, hex('00 0002 1301 0100'), sized(extensions, 2)]))
}

function serverHello(version: string, random = '07'.repeat(32)): Buffer {
  const extensions = version === '0304' ? extension('002b', hex('0304')) : Buffer.alloc(0)
  return handshake('02', Buffer.concat([hex(`0303 ${random} 00 c02f 00`), sized(extensions, 2)]))
}

const certificate = handshake('0b', sized(sized(Buffer.from(CERTIFICATE, 'base64'), 3), 3))
const helloDone = handshake('0e', Buffer.alloc(0))
const changeCipher = record('14', hex('01'))
const sealed = (length: number) => record('17', Buffer.alloc(length, 9))
const alert = (level: number, code: number) => record('15', Buffer.from([level, code]))
/** 2026-12-01T00:00:00Z and 2027-01-01T00:00:00Z, milliseconds. */
const VALID = 1_796_083_200_000
const EXPIRED = 1_798_761_600_000

function check(steps: readonly Step[], expected: readonly Fields[], script: Script = {}): void {
  const names = [
    'server_name',
    'version',
    'by',
    'code',
    'name',
    'level',
    'expired',
    'name_matches',
    'self_signed',
    'answer',
  ]
  assert.deepEqual(summary(play(tls, steps, script), ...names), expected)
}

const HELLO = { kind: 'tls.hello', server_name: 'shop.example', version: 'TLSv1.3' }

const HELLO_ABORTED = { kind: 'tls.aborted', server_name: 'shop.example', by: 'client' }

test('a hello says name, highest version and protocols', () => {
  const heard = play(tls, [client(clientHello('shop.example'))], { ends: { port: 8443 } })
  assert.deepEqual(heard.facts[0].fields, {
    client: '192.0.2.1',
    server: '198.51.100.2',
    port: 8443,
    server_name: 'shop.example',
    version: 'TLSv1.3',
    alpn: 'h2,http/1.1',
  })
  assert.equal(heard.facts[0].excerpt, 'TLS hello offers TLSv1.3, 192.0.2.1 with 198.51.100.2:8443 for shop.example')
})

test('a hello may be cut anywhere', () => {
  const hello = clientHello('shop.example')
  for (let at = 6; at < hello.length; at++) check([client(hello.subarray(0, at)), client(hello.subarray(at))], [HELLO])
})

test('a hello may span records', () => {
  const body = clientHello('shop.example').subarray(5)
  check([client(Buffer.concat([record('16', body.subarray(0, 20)), record('16', body.subarray(20))]))], [HELLO])
})

test('of a hello that never comes whole nothing is said', () => {
  const hello = clientHello('shop.example')
  for (let length = 0; length < hello.length; length++) check([client(hello.subarray(0, length))], [])
})

test('a clear alert', () =>
  check(
    [client(clientHello('shop.example')), server(alert(2, 40))],
    [
      HELLO,
      {
        kind: 'tls.alert',
        server_name: 'shop.example',
        by: 'server',
        code: 40,
        name: 'handshake_failure',
        level: 'fatal',
      },
    ],
  ))

test('a closing alert is no fact and hides no earlier one', () => {
  const heard = play(tls, [client(clientHello(null)), server(alert(2, 70)), client(alert(1, 0))])
  assert.equal(heard.facts.length, 2)
  assert.deepEqual([heard.tls[0].lastAlert, heard.tls[0].alertFrom], [70, 'server'])
  assert.equal(play(tls, [client(clientHello(null)), client(alert(1, 0))]).tls[0].lastAlert, 0)
})

test('an encrypted alert is not read', () =>
  check([client(clientHello('shop.example')), server(record('15', Buffer.alloc(26, 2)))], [HELLO]))

const shown = {
  kind: 'tls.certificate',
  server_name: 'shop.example',
  expired: false,
  name_matches: true,
  self_signed: true,
}

test('a certificate is judged by the time of its packet and the name asked for', () => {
  const flight = (at: number) => server(Buffer.concat([serverHello('0303'), certificate, helloDone]), { at })
  check([client(clientHello('shop.example')), flight(VALID)], [HELLO, shown])
  check([client(clientHello('shop.example')), flight(EXPIRED)], [HELLO, { ...shown, expired: true }])
  const names: readonly [string, boolean][] = [
    ['www.shop.example', true],
    ['a.b.shop.example', false],
    ['other.example', false],
    ['192.0.2.80', true],
    ['192.0.2.81', false],
    ['shop.example:443', false],
    ['999.0.2.80', false],
    ['shop\0.example', false],
    ['www.shop.example\u0014', false],
  ]
  for (const [name, matches] of names) {
    const steps = [client(clientHello(name)), flight(VALID)]
    check(steps, [
      { ...HELLO, server_name: name },
      { ...shown, server_name: name, name_matches: matches },
    ])
  }
})

test('a certificate whose dates are none says nothing', () => {
  const der = Buffer.from(CERTIFICATE, 'base64')
  der[der.indexOf('170d', 0, 'hex') + 4] = 0x39
  const spoiled = handshake('0b', sized(sized(der, 3), 3))
  check(
    [client(clientHello('shop.example')), server(Buffer.concat([serverHello('0303'), spoiled, helloDone]))],
    [HELLO],
  )
})

test('the row of a complete handshake up to TLS 1.2', () => {
  const rows = play(tls, [
    client(clientHello('shop.example'), { at: 1 }),
    server(Buffer.concat([serverHello('0303'), certificate, helloDone])),
    client(Buffer.concat([changeCipher, record('16', Buffer.alloc(40, 5))])),
    server(Buffer.concat([changeCipher, record('16', Buffer.alloc(40, 5))])),
    client(sealed(100)),
  ]).tls
  assert.deepEqual(rows, [
    {
      time: 1000,
      origHost: '192.0.2.1',
      origPort: 40000,
      respHost: '198.51.100.2',
      respPort: 80,
      serverName: 'shop.example',
      version: 'TLSv1.2',
      cipher: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
      established: true,
      lastAlert: null,
      alertFrom: null,
      certificateNotBefore: 1_795_218_574_000_000,
      certificateNotAfter: 1_797_810_574_000_000,
      certificateNames: ['shop.example', '*.shop.example', '192.0.2.80'],
      certificateIssuer: 'CN=shop.example',
    },
  ])
})

test('a handshake that the client gives up after the flight of the server', () => {
  const hello = client(clientHello('shop.example'))
  const flight = server(Buffer.concat([serverHello('0304'), changeCipher, sealed(900)]))
  const aborted = HELLO_ABORTED
  check([hello, flight, closing('client', 'reset')], [HELLO, aborted])
  check([hello, flight, closing('client', 'fin')], [HELLO, aborted])
  check([hello, flight, client(Buffer.concat([changeCipher, sealed(19)])), closing('client', 'fin')], [HELLO, aborted])
  check([hello, flight, client(Buffer.concat([changeCipher, sealed(53)])), closing('client', 'fin')], [HELLO])
  check([hello, flight], [HELLO])
  check([hello, closing('client', 'reset')], [HELLO])
  const retry = `cf21ad74e59a6111${'00'.repeat(24)}`
  check([hello, server(serverHello('0304', retry)), closing('client', 'fin')], [HELLO])
})

test('a client that sent its keys has not given up', () => {
  const flight = server(Buffer.concat([serverHello('0303'), helloDone]))
  const keys = client(handshake('10', Buffer.alloc(66, 4)))
  const hello = client(clientHello('shop.example'))
  check([hello, flight, keys, closing('client', 'fin')], [HELLO])
  check([hello, flight, closing('client', 'fin')], [HELLO, HELLO_ABORTED])
})

test('a hello that is answered by what is no TLS', () => {
  const hello = client(clientHello('shop.example'))
  const plain = { kind: 'tls.plaintext', server_name: 'shop.example' }
  const text = (bytes: string) => server(Buffer.from(bytes))
  check(
    [hello, text('HTTP/1.1 400 Bad Request\r\n\r\n'), text('more')],
    [HELLO, { ...plain, answer: 'HTTP/1.1 400 Bad Request' }],
  )
  check([hello, server(hex('00 00 06 04 00000000'))], [HELLO, plain])
  check([text('220 mail.example ESMTP\r\n'), hello, server(serverHello('0304'))], [HELLO])
  const [head, tail] = [serverHello('0304').subarray(0, 2), serverHello('0304').subarray(2)]
  check([hello, server(head), server(tail)], [HELLO])
  check([hello, { ...text('lost its beginning'), gap: 10 }], [HELLO])
})

test('the hello of SSL 2', () =>
  check(
    [client(hex('80 1f 01 0301 0006 0000 0010 000004 00000a 01020304050607080910111213141516'))],
    [{ kind: 'tls.hello', version: 'TLSv1' }],
  ))

test('the ends are turned round where the content says so', () => {
  const row = play(tls, [server(clientHello('shop.example'))]).tls[0]
  assert.deepEqual([row.origHost, row.respHost, row.respPort], ['198.51.100.2', '192.0.2.1', 40000])
})

test('a gap inside the flight hides what it hides, no more', () =>
  check(
    [
      client(clientHello('shop.example')),
      server(Buffer.concat([serverHello('0303'), certificate.subarray(0, 100)]), { at: VALID }),
      server(helloDone, { gap: certificate.length - 100 }),
      client(alert(2, 48)),
    ],
    [
      HELLO,
      { kind: 'tls.alert', server_name: 'shop.example', by: 'client', code: 48, name: 'unknown_ca', level: 'fatal' },
    ],
  ))

test('TLS is told by its content', () => {
  const cases: readonly [Buffer, string | null][] = [
    [clientHello('a.example'), 'tls'],
    [sealed(40), 'tls'],
    [alert(2, 40), 'tls'],
    [text('GET / HTTP/1.1\r\n\r\n'), null],
    [hex('16 0303'), null],
    [hex('16 0303 ffff 01'), null],
    [hex('16 0503 0010 01'), null],
    [Buffer.alloc(0), null],
  ]
  for (const [bytes, expected] of cases) assert.equal(recognised([tls], client(bytes)), expected, bytes.toString('hex'))
})
