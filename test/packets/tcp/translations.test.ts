import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Fragments } from '../../../src/packets/layers/fragments.ts'
import { ofLinkType, walk } from '../../../src/packets/layers/index.ts'
import { Packet } from '../../../src/packets/packet.ts'
import { Translations } from '../../../src/packets/tcp/translations.ts'
import { hex, pcap, type TcpOptions, tcp, udp } from '../build.ts'
import { read, tell } from '../read.ts'

const SERVER = '198.51.100.7'
const INSIDE = '192.0.2.9'
const OUTSIDE = '203.0.113.1'
const SYN = { sport: 50000, dport: 80, flags: 'S', seq: 7, id: 9, ttl: 64 }
const ON = { from: OUTSIDE, ttl: 63 }
const TIMESTAMPS = '0101080a 00000001 00000000'

/** Whether the second SYN, so many microseconds after the first, is the first one sent on. */
function check(
  name: string,
  options: { first?: Partial<TcpOptions>; second: Partial<TcpOptions> },
  later: number,
  expected: boolean,
): void {
  test(name, () => {
    const translations = new Translations()
    const said = [options.first ?? {}, options.second].map((segment, index) => {
      const packet = new Packet()
      packet.frame = tcp({ ...SYN, ...segment })
      packet.captured = packet.frame.length
      packet.length = packet.captured
      packet.time = 1e15 + index * later
      walk(packet, ofLinkType(101), new Fragments())
      return translations.isSeen(packet)
    })
    assert.deepEqual(said, [false, expected])
  })
}

check('a SYN that a router sent on under another address', { second: ON }, 20, true)
check('captured first behind the router', { first: ON, second: {} }, 20, true)
check('long after', { second: ON }, 60_000, false)
check('another number', { second: { ...ON, seq: 8 } }, 20, false)
check('another identification', { second: { ...ON, id: 10 } }, 20, false)
check('no hop between them', { second: { ...ON, ttl: 64 } }, 20, false)
check('neither identification nor timestamp', { first: { id: 0 }, second: { ...ON, id: 0 } }, 20, false)
check(
  'the same timestamp',
  { first: { id: 0, options: TIMESTAMPS }, second: { ...ON, id: 0, options: TIMESTAMPS } },
  20,
  true,
)
check('number 0, which programs make up', { first: { seq: 0 }, second: { ...ON, seq: 0 } }, 20, false)

/** Each packet on both sides of a router that puts its own address in place of the client's. */
function onBothSides(packets: readonly ((client: string, ttl: number, isBehind: boolean) => Uint8Array)[]): Uint8Array {
  return pcap(
    packets.flatMap((packet, at) => [
      { time: 1_000_000 + at * 1000, data: packet(INSIDE, 64, false) },
      { time: 1_000_020 + at * 1000, data: packet(OUTSIDE, 63, true) },
    ]),
  )
}

test('a connection seen on both sides of an address translation has two rows, and its facts are stated once', async () => {
  const client = (segment: Pick<TcpOptions, 'flags' | 'seq'> & Partial<TcpOptions>) => (from: string, ttl: number) =>
    tcp({ sport: 50000, dport: 80, from, to: SERVER, ttl, id: segment.seq, ...segment })
  const server = (segment: Pick<TcpOptions, 'flags' | 'seq'> & Partial<TcpOptions>) => (to: string, ttl: number) =>
    tcp({ sport: 80, dport: 50000, from: SERVER, to, ttl: 127 - ttl, id: segment.seq, ...segment })
  const { facts, connections } = await read(
    onBothSides([
      client({ flags: 'S', seq: 100 }),
      server({ flags: 'SA', seq: 500, ack: 101 }),
      client({ flags: 'A', seq: 101, ack: 501 }),
      client({ flags: 'PA', seq: 101, ack: 501, data: 'GET /a HTTP/1.1\r\nHost: h\r\n\r\n' }),
      server({ flags: 'PA', seq: 501, ack: 129, data: 'HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n' }),
      client({ flags: 'FA', seq: 129, ack: 539 }),
      server({ flags: 'FA', seq: 539, ack: 130 }),
    ]),
  )
  assert.deepEqual(
    connections.map((row) => [row.origHost, row.service, row.connState]),
    [
      [INSIDE, 'http', 'SF'],
      [OUTSIDE, 'http', 'SF'],
    ],
  )
  assert.deepEqual(tell(facts, 'http.request', 'client status'), [`client=${INSIDE} status=503`])
  assert.deepEqual(tell(facts, 'tcp.established', 'client'), [`client=${INSIDE}`])
  assert.deepEqual(tell(facts, 'tcp.connection', 'client'), [`client=${INSIDE}`])
})

test('a DNS query seen on both sides of an address translation is stated once', async () => {
  const question = '01780000010001'
  const ask = (from: string) => udp(40000, 53, hex(`0007 0100 0001 0000 0000 0000 ${question}`), { from, to: SERVER })
  const say = (to: string) => udp(53, 40000, hex(`0007 8182 0001 0000 0000 0000 ${question}`), { from: SERVER, to })
  const { facts } = await read(onBothSides([ask, say]))
  assert.deepEqual(tell(facts, 'dns.response', 'client rcode_name'), [`client=${INSIDE} rcode_name=SERVFAIL`])
})
