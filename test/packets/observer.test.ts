import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CLIENT, pcap, SERVER, tcp } from './build.ts'
import { read, tell } from './read.ts'

const REQUEST = 'GET /a HTTP/1.1\r\nHost: api.example\r\n\r\n'
const ANSWER = 'HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n'

test('applications state at the end what only the whole capture shows', async () => {
  const [up, down] = [
    { sport: 50000, dport: 80 },
    { from: SERVER, to: CLIENT, sport: 80, dport: 50000 },
  ]
  const exchange = (index: number) => {
    const [asked, answered] = [1001 + index * REQUEST.length, 5001 + index * ANSWER.length]
    return [
      tcp({ ...up, flags: 'PA', seq: asked, ack: answered, data: REQUEST }),
      tcp({ ...down, flags: 'PA', seq: answered, ack: asked + REQUEST.length, data: ANSWER }),
    ]
  }
  const segments = [
    tcp({ ...up, flags: 'S', seq: 1000 }),
    tcp({ ...down, flags: 'SA', seq: 5000, ack: 1001 }),
    tcp({ ...up, flags: 'A', seq: 1001, ack: 5001 }),
    ...Array.from({ length: 6 }, (_, index) => exchange(index)).flat(),
  ]
  const { facts } = await read(pcap(segments.map((data, index) => ({ time: 1e15 + index * 50_000, data }))))
  assert.deepEqual(tell(facts, 'http.repeated', 'path status count'), ['path=/a status=503 count=6'])
})
