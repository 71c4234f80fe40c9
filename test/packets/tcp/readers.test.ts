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

/** What is heard after a handshake and a question. */
async function hear(packets: readonly { time: number; data: Uint8Array }[]): Promise<string[]> {
  const heard: string[] = []
  const protocols = { applications: [listener(heard)], datagramApplications: [] }
  const observer = new Observer(new Scribe(SINK, 0, 'a.pcap'), protocols)
  const opened = OPENED.map((data, at) => ({ time: 1_000_000 + at, data }))
  await readPackets(readerOf(pcap([...opened, ...packets])), observer)
  observer.finish()
  return heard.slice(1)
}

async function check(segments: readonly Uint8Array[], expected: readonly string[]): Promise<void> {
  const packets = segments.map((data, at) => ({ time: 1_000_003 + at, data }))
  assert.deepEqual(await hear(packets), expected)
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

const more = tcp({ ...CLIENT, flags: 'PA', seq: 4, ack: 4, data: 'more' })
const leave = tcp({ ...CLIENT, flags: 'FA', seq: 4, ack: 4 })
const reset = tcp({ ...SERVER, flags: 'R', seq: 4 })

test('what was captured behind a RST, but said before it or on its way, is heard', async () => {
  await check([reset, data], ['server reset at 3 in 4', 'server say', 'end reset at 3'])
  await check([data, reset, more], ['server say', 'server reset at 4 in 5', 'client more', 'end reset at 4'])
  await check([reset, reset, data], ['server reset at 3 in 4', 'server say', 'end reset at 3'])
})

test('a question behind the FIN of the server is heard, and the FIN of both is the end', async () => {
  await check([data, fin, more], ['server say', 'server fin at 4 in 5', 'client more', 'end fin at 4'])
  const both = ['server say', 'server fin at 4 in 5', 'client fin at 5 in 6', 'end fin at 4']
  await check([data, fin, leave, more], both)
})

const OTHER_CLIENT = { sport: 40001, dport: 80 }
const OTHER_SERVER = { ...SERVER, dport: 40001 }

test('a while after a RST nobody listens any more: the next RST is the time to end', async () => {
  const other = tcp({ ...OTHER_CLIENT, flags: 'R', seq: 1, data: 'x' })
  const heard = ['server reset at 0 in 4', 'client x', 'client reset at 0 in 5']
  const soon = [reset, other, more].map((segment, at) => ({ time: 1_500_000 + at * 200_000, data: segment }))
  assert.deepEqual(await hear(soon), [...heard, 'client more', 'end reset at 0', 'end reset at 0'])
  const late = [reset, other, more].map((segment, at) => ({ time: 1_500_000 + at * 201_000, data: segment }))
  assert.deepEqual(await hear(late), [...heard, 'end reset at 0', 'end reset at 0'])
})

test('a client that did not close is listened to for a minute', async () => {
  const question = tcp({ ...OTHER_CLIENT, flags: 'PA', seq: 1, ack: 1, data: 'x' })
  const close = tcp({ ...OTHER_SERVER, flags: 'FA', seq: 1, ack: 2 })
  const heard = ['server fin at 3 in 4', 'client x', 'server fin at 0 in 6']
  const timed = (after: number) => [
    { time: 1_000_003, data: tcp({ ...SERVER, flags: 'FA', seq: 1, ack: 4 }) },
    { time: 1_000_004, data: question },
    { time: 1_000_000 + after, data: close },
    { time: 1_000_000 + after, data: tcp({ ...CLIENT, flags: 'PA', seq: 4, ack: 2, data: 'more' }) },
  ]
  assert.deepEqual(await hear(timed(60_000_000)), [...heard, 'client more', 'end fin at 3', 'end fin at 0'])
  assert.deepEqual(await hear(timed(60_001_000)), [...heard, 'end fin at 3', 'end fin at 0'])
})

test('where the client was not captured, the FIN of the server is the end', async () => {
  const heard: string[] = []
  const protocols = { applications: [listener(heard)], datagramApplications: [] }
  const observer = new Observer(new Scribe(SINK, 0, 'a.pcap'), protocols)
  await readPackets(readerOf(pcap([data, fin, fin].map((bytes, at) => ({ time: at, data: bytes })))), observer)
  observer.finish()
  assert.deepEqual(heard, ['server say', 'server fin at 1 in 2', 'end fin at 1'])
})

test('ports that begin anew with a SYN-ACK are heard anew, and what was said before is over', async () => {
  const anew = tcp({ ...SERVER, flags: 'SA', seq: 900, ack: 701 })
  const ask = tcp({ ...CLIENT, flags: 'PA', seq: 701, ack: 901, data: 'anew' })
  const say = tcp({ ...SERVER, flags: 'PA', seq: 901, ack: 705, data: 'less' })
  const before = ['server say', 'server fin at 4 in 5', 'client fin at 5 in 6', 'end fin at 4']
  await check([data, fin, leave, anew, ask, say], [...before, 'client anew', 'server less', 'end capture at 8'])
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

test('behind an address translation the same segments are another connection', async () => {
  const inside = { ...CLIENT, id: 7 }
  const outside = { ...inside, from: '192.0.2.200' }
  const spoken = [inside, outside].map((side) => tcp({ ...side, flags: 'PA', seq: 4, ack: 1, data: 'more' }))
  const back = ['192.0.2.200', '192.0.2.9'].map((to) =>
    tcp({ ...SERVER, to, id: 8, flags: 'PA', seq: 1, ack: 8, data: 'say' }),
  )
  const heard = ['client more', 'client more', 'server say', 'server say']
  await check([...spoken, ...back], [...heard, 'end capture at 6', 'end capture at 6'])
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
