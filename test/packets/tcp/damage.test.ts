// Segments that were changed between their sender and the capture.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { IPV4, TCP_SEGMENT } from '../../../src/packets/layers/layer.ts'
import { sealTransport } from '../../../src/packets/rewrite/checksums.ts'
import { pcap, type TcpOptions, tcp } from '../build.ts'
import { read } from '../read.ts'

const UP = { sport: 40000, dport: 8080 }
const DOWN = { from: '198.51.100.7', to: '192.0.2.9', sport: 8080, dport: 40000 }

function sealed(options: TcpOptions): Buffer {
  const bytes = Buffer.from(tcp(options))
  sealTransport(
    bytes,
    { layer: TCP_SEGMENT, at: 20, next: 40, reach: bytes.length },
    { layer: IPV4, at: 0, next: 20, reach: bytes.length },
  )
  return bytes
}

/** A handshake, then requests of ten bytes, each acknowledged. */
function segments(build: (options: TcpOptions) => Uint8Array): Uint8Array[] {
  const all = [
    build({ ...UP, flags: 'S', seq: 100 }),
    build({ ...DOWN, flags: 'SA', seq: 500, ack: 101 }),
    build({ ...UP, flags: 'A', seq: 101, ack: 501 }),
  ]
  for (let at = 0; at < 5; at++) {
    all.push(build({ ...UP, flags: 'PA', seq: 101 + at * 10, ack: 501, data: 'request 01' }))
    all.push(build({ ...DOWN, flags: 'A', seq: 501, ack: 111 + at * 10 }))
  }
  return all
}

const SEQUENCE = 24
const FIRST_ACK = 2

async function told(packets: readonly Uint8Array[]) {
  const { connections, notices } = await read(pcap(packets.map((data, at) => ({ time: 1e15 + at * 1000, data }))))
  const [row] = connections
  return [row?.lostSegments, row?.retransmissions, row?.outOfOrder, notices.map(({ code }) => code)]
}

test('a segment whose number jumps, and whose checksum says that it was another, is left out', async () => {
  const packets = segments(sealed)
  assert.deepEqual(await told(packets), [0, 0, 0, []])
  packets[FIRST_ACK]?.set([0x7f], SEQUENCE)
  assert.deepEqual(await told(packets), [0, 0, 0, ['packets-malformed']])
})

test('where a sender leaves checksums to its card, or all are wrong, nothing is left out', async () => {
  for (const build of [tcp, (options: TcpOptions) => broken(sealed(options))]) {
    const packets = segments(build)
    packets[FIRST_ACK]?.set([0x7f], SEQUENCE)
    const [lost, again] = await told(packets)
    assert.deepEqual([lost, Number(again) > 0], [1, true])
  }
})

function broken(bytes: Buffer): Buffer {
  bytes.writeUInt16BE(0x1234, 36)
  return bytes
}

test('a segment that is right and jumps shows what was lost', async () => {
  const packets = segments(sealed)
  packets.splice(3, 2)
  const [lost] = await told(packets)
  assert.equal(lost, 1)
})
