import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PacketSink } from '../../../src/model/index.ts'
import type { Application } from '../../../src/packets/application.ts'
import { readPackets } from '../../../src/packets/capture/index.ts'
import { Observer } from '../../../src/packets/observer.ts'
import { Scribe } from '../../../src/packets/scribe.ts'
import { pcap, tcp } from '../build.ts'
import { readerOf } from '../read.ts'

const nothing = () => undefined
const SINK: PacketSink = {
  event: nothing,
  notice: nothing,
  connection: nothing,
  dns: nothing,
  tls: nothing,
  http: nothing,
  icmp: nothing,
  journalEntry: nothing,
}

/** Knows every conversation, and writes down what it hears of it. */
function listener(heard: string[]): Application {
  return {
    name: 'listener',
    recognise: () => true,
    open: () => ({
      awaiting: false,
      chunk: ({ from, data }) => heard.push(`${from} ${Buffer.from(data).toString('latin1')}`),
      closing: ({ from, how, time, place }) => heard.push(`${from} ${how} at ${time % 1000} in ${place.packet}`),
      end: (time, how) => heard.push(`end ${how} at ${time % 1000}`),
    }),
  }
}

const CLIENT = { sport: 40000, dport: 80 }
const SERVER = { sport: 80, dport: 40000, from: '198.51.100.7', to: '192.0.2.9' }
const OPENED = [
  tcp({ ...CLIENT, flags: 'S', seq: 0 }),
  tcp({ ...SERVER, flags: 'SA', seq: 0, ack: 1 }),
  tcp({ ...CLIENT, flags: 'PA', seq: 1, ack: 1, data: 'ask' }),
]

/** After a handshake and a question. */
async function check(segments: readonly Uint8Array[], expected: readonly string[]): Promise<void> {
  const heard: string[] = []
  const protocols = { applications: [listener(heard)], datagramApplications: [] }
  const observer = new Observer(new Scribe(SINK, 0, 'a.pcap'), protocols)
  const packets = [...OPENED, ...segments].map((data, at) => ({ time: 1_000_000 + at, data }))
  await readPackets(readerOf(pcap(packets)), observer)
  observer.finish()
  assert.deepEqual(heard, ['client ask', ...expected])
}

const data = tcp({ ...SERVER, flags: 'PA', seq: 1, ack: 4, data: 'say' })
const fin = tcp({ ...SERVER, flags: 'FA', seq: 4, ack: 4 })

test('an application hears who said to be done, and who broke off', async () => {
  await check([tcp({ ...CLIENT, flags: 'FA', seq: 4, ack: 1 })], ['client fin at 3 in 4', 'end capture at 3'])
  await check([data, fin], ['server say', 'server fin at 4 in 5', 'end fin at 4'])
  await check([tcp({ ...CLIENT, flags: 'R', seq: 4 })], ['client reset at 3 in 4', 'end reset at 3'])
})

test('a FIN counts once what was sent before it is there, and once', async () => {
  await check([fin, data], ['server say', 'server fin at 3 in 4', 'end fin at 4'])
  const end = tcp({ ...CLIENT, flags: 'FA', seq: 4, ack: 1 })
  await check([end, end], ['client fin at 3 in 4', 'end capture at 4'])
})

test('ports that begin anew with a SYN-ACK are heard anew, and what was said before is over', async () => {
  const leave = tcp({ ...CLIENT, flags: 'FA', seq: 4, ack: 4 })
  const anew = tcp({ ...SERVER, flags: 'SA', seq: 900, ack: 701 })
  const ask = tcp({ ...CLIENT, flags: 'PA', seq: 701, ack: 901, data: 'more' })
  const say = tcp({ ...SERVER, flags: 'PA', seq: 901, ack: 705, data: 'less' })
  const before = ['server say', 'server fin at 4 in 5', 'end fin at 4']
  await check([data, fin, leave, anew, ask, say], [...before, 'client more', 'server less', 'end capture at 8'])
})

test('a SYN-ACK with another number, to the same SYN, is not where the server starts if nobody took it', async () => {
  const answers = [0, 5000].map((seq) => tcp({ ...SERVER, flags: 'SA', seq, ack: 1 }))
  const heard: string[] = []
  const observer = new Observer(new Scribe(SINK, 0, 'a.pcap'), {
    applications: [listener(heard)],
    datagramApplications: [],
  })
  const packets = [tcp({ ...CLIENT, flags: 'S', seq: 0 }), ...answers, ...OPENED.slice(2), data]
  await readPackets(readerOf(pcap(packets.map((bytes, at) => ({ time: 1_000_000 + at, data: bytes })))), observer)
  observer.finish()
  assert.deepEqual(heard, ['client ask', 'server say', 'end capture at 4'])
})

test('what an answer answers comes before it, though the capture lost a part', async () => {
  const late = tcp({ ...CLIENT, flags: 'PA', seq: 9, ack: 1, data: 'again' })
  const answer = tcp({ ...SERVER, flags: 'PA', seq: 1, ack: 14, data: 'say' })
  await check([late, answer], ['client again', 'server say', 'end capture at 4'])
})

test('where a capture starts late, an acknowledgment tells where the other side stands', async () => {
  const gaps: string[] = []
  const gapped: Application = {
    ...listener([]),
    open: () => ({
      awaiting: false,
      chunk: ({ from, gap }) => gaps.push(`${from} misses ${gap}`),
      end: () => undefined,
    }),
  }
  const observer = new Observer(new Scribe(SINK, 0, 'a.pcap'), { applications: [gapped], datagramApplications: [] })
  const packets = [
    tcp({ ...CLIENT, flags: 'PA', seq: 5, ack: 7, data: 'ask' }),
    tcp({ ...SERVER, flags: 'PA', seq: 107, ack: 8, data: 'say' }),
    tcp({ ...CLIENT, flags: 'PA', seq: 8, ack: 110, data: 'ask' }),
  ].map((data, at) => ({ time: 1_000_000 + at, data }))
  await readPackets(readerOf(pcap(packets)), observer)
  observer.finish()
  assert.deepEqual(gaps, ['client misses 0', 'server misses 100', 'client misses 0'])
})

test('where a capture starts in a long body, what is said after it is still recognised', async () => {
  const heard: string[] = []
  const late: Application = { ...listener(heard), recognise: ({ data }) => data[0] === 0x3f }
  const observer = new Observer(new Scribe(SINK, 0, 'a.pcap'), { applications: [late], datagramApplications: [] })
  const body = Array.from({ length: 500 }, (_, at) =>
    tcp({ ...SERVER, flags: 'A', seq: 1 + at * 4, ack: 1, data: 'body' }),
  )
  const ask = tcp({ ...CLIENT, flags: 'PA', seq: 1, ack: 2001, data: '?ask' })
  await readPackets(
    readerOf(pcap([...body, ask].map((bytes, at) => ({ time: 1_000_000 + at, data: bytes })))),
    observer,
  )
  observer.finish()
  assert.deepEqual(heard, ['client ?ask', 'end capture at 500'])
})
