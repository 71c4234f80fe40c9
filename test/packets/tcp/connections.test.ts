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
