import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { APPLICATIONS, DATAGRAM_APPLICATIONS } from '../../../src/packets/applications/index.ts'
import { closing, hex, play, playDatagrams, recognised, type Step } from './play.ts'

/** Beginnings of every protocol, to be cut, mixed and damaged. */
const SEEDS: readonly Buffer[] = [
  Buffer.from('GET /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n'),
  Buffer.from('HTTP/1.1 503 Busy\r\nContent-Length: 9\r\n\r\n{"a":"b"}HTTP/1.1 101 Go\r\n\r\n'),
  Buffer.from('CONNECT a:1 HTTP/1.1\r\n\r\n'),
  Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  hex(
    '000000 04 00 00000000 000011 01 05 00000001 8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff 000004 03 00 00000001 0000000b',
  ),
  hex(`16 0301 0031 01 00002d 0303 ${'07'.repeat(32)} 00 0002 002f 0100 0002 0000 15 0303 0002 0228 14 0303 0001 01`),
  hex(`16 0303 0032 02 00002e 0303 ${'07'.repeat(32)} 00 1301 00 0006 002b 0002 0304 17 0303 0013 ${'00'.repeat(19)}`),
  hex('16 0303 000d 0b 000009 000006 000003 300102'),
  hex('80 1f 01 0301 0006 0000 0010 000004 00000a 01020304050607080910111213141516'),
  hex('001b 0007 0100 0001 0000 0000 0000 0161 076578616d706c65 00 0001 0001'),
  hex(
    '0007 8183 0001 0001 0000 0001 0161 00 0001 0001 c00c 0001 0001 00000e10 0004 c0000250 00 0029 04d0 01000000 0000',
  ),
  hex('00000022 00030000 7573657200 616c69636500 646174616261736500 73686f7000 00'),
  hex('00000008 04d2162f'),
  hex('45 00000017 534641544c00 43353333303000 4d6d00 00 5a 00000005 49'),
  hex('0f000000 0a 382e302e3336 00 01000000 31323300'),
  Buffer.concat([hex('17000000 ff 1004'), Buffer.from('Too many connections')]),
  Buffer.from('*1\r\n$4\r\nPING\r\n+OK\r\n$3\r\nabc\r\n-ERR max\r\n!3\r\nERR\r\n'),
  Buffer.from('get k\r\nVALUE k 0 3\r\nabc\r\nEND\r\nSERVER_ERROR out of memory\r\n'),
  hex('81 01 0000 00 00 0082 0000000d 00000001 0000000000000000'),
  Buffer.concat([Buffer.from('AMQP\0\0\x09\x01'), hex('01 0000 0000000a 000a0032 0140 02 4142 ce')]),
  hex('00000015 02 00 0000 00 53 18 c0 08 01 00 a3 04 616d7170'),
  hex('10 0c 0004 4d515454 04 02 003c 0000 20 02 00 05 e0 01 89 90 03 0001 80'),
  Buffer.from('220 mx ESMTP\r\n'),
]

const bytes = fc.oneof(
  fc.constantFrom(...SEEDS),
  fc.tuple(fc.constantFrom(...SEEDS), fc.nat(80)).map(([seed, at]) => seed.subarray(at)),
  fc.tuple(fc.constantFrom(...SEEDS), fc.nat(80)).map(([seed, at]) => seed.subarray(0, at)),
  fc.tuple(fc.constantFrom(...SEEDS), fc.nat(80), fc.nat(255)).map(([seed, at, value]) => {
    const damaged = Buffer.from(seed)
    damaged[at % damaged.length] = value
    return damaged
  }),
  fc.uint8Array({ maxLength: 64 }),
)
const from = fc.constantFrom('client' as const, 'server' as const)
const hole = fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(2000) })
const chunk = fc.record({ from, data: bytes, gap: hole, cut: hole, at: fc.nat(20_000) })
const end = fc.tuple(from, fc.constantFrom('fin' as const, 'reset' as const)).map(([side, how]) => closing(side, how))
const steps: fc.Arbitrary<Step[]> = fc.array(fc.oneof({ weight: 9, arbitrary: chunk }, { weight: 1, arbitrary: end }), {
  maxLength: 12,
})

test('no bytes, cuts, gaps or ends make an application throw', () => {
  const how = fc.constantFrom('fin' as const, 'reset' as const, 'capture' as const)
  const property = fc.property(
    steps,
    how,
    fc.constantFrom(53, 80, 3306, 5432, 5672, 6379, 11211),
    (played, ending, port) => {
      for (const step of played) recognised(APPLICATIONS, step, { port })
      for (const application of APPLICATIONS) play(application, played, { how: ending, ends: { port } })
      for (const application of DATAGRAM_APPLICATIONS) playDatagrams(application, played, { ends: { port } })
    },
  )
  fc.assert(property, { numRuns: 500 })
})

test('the beginnings of every protocol, ended, snapped and parted at every byte', () => {
  for (const seed of SEEDS) {
    for (let at = 0; at <= seed.length; at++) {
      const [head, tail] = [seed.subarray(0, at), seed.subarray(at)]
      for (const from of ['client', 'server'] as const) {
        const ways: Step[][] = [
          [{ from, data: head }],
          [{ from, data: head, cut: tail.length }],
          [
            { from, data: head },
            { from, data: tail },
          ],
        ]
        for (const way of ways) {
          for (const application of APPLICATIONS) play(application, way)
          for (const application of DATAGRAM_APPLICATIONS) playDatagrams(application, way)
        }
      }
    }
  }
})

test('names and ports of the registry', () => {
  assert.deepEqual(
    APPLICATIONS.map((application) => application.name),
    [
      'http',
      'tls',
      'http2',
      'dns',
      'postgresql',
      'mysql',
      'redis',
      'memcached',
      'amqp',
      'mqtt',
      'smtp',
      'imap',
      'pop3',
      'ftp',
    ],
  )
  assert.deepEqual(
    DATAGRAM_APPLICATIONS.map(({ name, ports }) => [name, ...ports]),
    [
      ['dns', 53],
      ['mdns', 5353],
      ['llmnr', 5355],
      ['netbios-ns', 137],
      ['quic', 443, 853, 4433, 4434, 8443],
    ],
  )
})
