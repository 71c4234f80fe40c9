import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pcap, tcp } from '../build.ts'
import { read } from '../read.ts'

const UP = { sport: 40000, dport: 8080 }

test('a SYN with another number on the same ports begins a connection that says so', async () => {
  const segments = [tcp({ ...UP, flags: 'S', seq: 1000 }), tcp({ ...UP, flags: 'S', seq: 9000 })]
  const { connections } = await read(pcap(segments.map((data, at) => ({ time: 1e15 + at, data }))))
  assert.deepEqual(
    connections.map(({ uid, first, portReused }) => [uid, first - 1e15, portReused]),
    [
      ['C3.1', 0, 0],
      ['C3.2', 1, 1],
    ],
  )
})

test('a handshake that begins at time 0 tells no round trip, so that what fills a hole 2 ms later is out of order', async () => {
  const server = { from: '198.51.100.7', to: '192.0.2.9', sport: 8080, dport: 40000 }
  const segments = [
    tcp({ ...UP, flags: 'S', seq: 100 }),
    tcp({ ...server, flags: 'SA', seq: 500, ack: 101 }),
    tcp({ ...UP, flags: 'A', seq: 101, ack: 501 }),
    tcp({ ...UP, flags: 'PA', seq: 111, ack: 501, data: 'b'.repeat(10) }),
    tcp({ ...UP, flags: 'PA', seq: 101, ack: 501, data: 'a'.repeat(10) }),
  ]
  const rows = async (start: number) => {
    const times = [0, 1, 2, 3, 2003].map((at) => start + at)
    const { connections } = await read(pcap(segments.map((data, at) => ({ time: times[at] ?? 0, data }))))
    return connections.map(({ handshakeRtt, outOfOrder, retransmissions }) => [
      handshakeRtt,
      outOfOrder,
      retransmissions,
    ])
  }
  assert.deepEqual(await rows(0), [[null, 1, 0]])
  assert.deepEqual(await rows(1), [[2, 0, 1]])
})

test('options of a SYN that were cut off do not say that windows are not scaled', async () => {
  const server = { from: '198.51.100.7', to: '192.0.2.9', sport: 8080, dport: 40000 }
  const offer = '020405b4 0402080a 00000001 00000000 01030307'
  const segments = [
    tcp({ ...UP, flags: 'S', seq: 100, options: offer }),
    tcp({ ...server, flags: 'SA', seq: 500, ack: 101, options: offer }),
    tcp({ ...UP, flags: 'A', seq: 101, ack: 501, window: 10 }),
    tcp({ ...server, flags: 'PA', seq: 501, ack: 101, window: 10, data: 'a'.repeat(10) }),
  ]
  const fulls = async (snaplen: number) => {
    const cut = segments.map((data, at) => ({ time: 1e15 + at, data: data.slice(0, snaplen), length: data.length }))
    return (await read(pcap(cut))).connections.map(({ windowFulls }) => windowFulls)
  }
  assert.deepEqual(await fulls(40), [0])
  assert.deepEqual(await fulls(56), [0])
  assert.deepEqual(await fulls(1500), [0])
})
