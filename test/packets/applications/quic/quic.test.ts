import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Fields } from '../../../../src/model/index.ts'
import { clientKeys, readLongPacket } from '../../../../src/packets/applications/quic/initial.ts'
import { quic } from '../../../../src/packets/applications/quic/quic.ts'
import { client as from, hex, playDatagrams, type Step, server, summary } from '../play.ts'

/** Two Initial packets under the keys of RFC 9001 appendix A.1: an ACK and the end of a hello for shop.example, then its start. */
const LATER = hex(
  'ce00000001088394c8f03e51570800004044800ad71ed5b4897cd36eb715cc102abb4a752daee103e16d8ce4d5c2fd14dba7c2081a7d425e' +
    '0eb4f65a00f0b8d71f220ad7c71e3c76e57a461744c5647801b2a37dee99',
)
const FIRST = hex(
  'c300000001088394c8f03e5157080000404467b4b0ed1afdcad619ee39687183bd8366356e513dbac8adb839724211cc97a0ff96d359634f' +
    '368c3c430b3718d8fbeafa89e78d6b9bf9880c0a22e7c36aa0c9c0d71b0b',
)
/** A client fills its first datagrams (RFC 9000, 14.1). */
const client = (bytes: Uint8Array) => from(Buffer.concat([bytes, Buffer.alloc(1200 - bytes.length)]))
const HELLO = { kind: 'tls.hello', server_name: 'shop.example', version: 'TLSv1.3' }

function check(steps: readonly Step[], expected: readonly Fields[]): void {
  assert.deepEqual(summary(playDatagrams(quic, steps, { ends: { port: 443 } }), 'server_name', 'version'), expected)
}

test('the keys of a client (RFC 9001 appendix A.1)', () => {
  const packet = readLongPacket(FIRST, 0)
  assert.ok(packet !== null)
  const keys = Object.entries(clientKeys(packet)).map(
    ([name, bytes]) => `${name} ${Buffer.from(bytes).toString('hex')}`,
  )
  assert.deepEqual(keys, [
    'key 1f369613dd76d5467730efcbe3b1a22d',
    'iv fa044b2f42a3fd3b46fb255c',
    'mask 9f50449e04a0e810283a1e9933adedd2',
  ])
})

test('a hello in pieces, in two datagrams or in one', () => {
  check([client(LATER), client(FIRST)], [HELLO])
  check([client(FIRST), client(LATER)], [HELLO])
  check([client(Buffer.concat([LATER, FIRST]))], [HELLO])
  check([client(LATER), client(FIRST), client(FIRST)], [HELLO])
})

test('the row says whether the client went on', () => {
  const row = (steps: Step[]) => playDatagrams(quic, steps, { ends: { port: 443 } }).tls[0]
  assert.deepEqual(
    [row([client(LATER), client(FIRST)]).serverName, row([client(FIRST), client(LATER)]).established],
    ['shop.example', false],
  )
  assert.equal(row([client(LATER), client(FIRST), from(hex('41 0102030405'))]).established, true)
})

test('what is cut, damaged or of the server says nothing', () => {
  for (let length = 0; length < FIRST.length; length++) {
    check([client(LATER), client(FIRST.subarray(0, length))], [])
    check([client(LATER), from(FIRST.subarray(0, length), { cut: 1200 - length })], [])
  }
  for (let at = 17; at < FIRST.length; at++) {
    const damaged = Buffer.from(FIRST)
    damaged[at] ^= 1
    check([client(damaged), client(LATER)], [])
  }
  check([server(LATER), server(FIRST)], [])
})

test('a datagram that no client sends so small is not opened', () => {
  check([from(LATER), from(FIRST)], [])
  check([client(LATER), from(FIRST, { cut: 1200 - FIRST.length })], [HELLO])
})

test('other datagrams are left to others', () => {
  const isQuic = (bytes: Buffer) => {
    const place = { kind: 'packet' as const, packet: 1, offset: 0, length: 0, digest: 0 }
    const chunk = { data: bytes, time: 0, from: 'client' as const, gap: 0, cut: 0, place }
    const ends = { client: '192.0.2.1', clientPort: 1, server: '192.0.2.2', port: 443, proto: 'udp' as const }
    const output = { fact() {}, dns() {}, tls() {}, http() {}, tally: playDatagrams(quic, []).tally }
    return quic.open(output).datagram(chunk, { ...ends, sawStart: false })
  }
  assert.equal(isQuic(FIRST), true)
  assert.equal(isQuic(hex('41 0102030405')), false)
  assert.equal(isQuic(hex('16 fefd 0000')), false)
  assert.equal(isQuic(Buffer.alloc(0)), false)
})
