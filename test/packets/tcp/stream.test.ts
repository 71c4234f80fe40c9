import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ACK } from '../../../src/packets/layers/tcp.ts'
import { Packet } from '../../../src/packets/packet.ts'
import { Stream } from '../../../src/packets/tcp/stream.ts'

const TEXT = 'the quick brown fox jumps over the lazy dog'

interface Piece {
  readonly at: number
  readonly length: number
  readonly kept?: number
}

/** Feeds pieces of TEXT, which starts at sequence number 1, and says what is handed out. */
function feed(pieces: readonly Piece[], base = 1): string[] {
  const said: string[] = []
  const stream = new Stream({ bytes: 0, bounded: 0 }, (chunk) => {
    const text = Buffer.from(chunk.data).toString()
    said.push(`${chunk.gap > 0 ? `[${chunk.gap} lost]` : ''}${text}${chunk.cut > 0 ? `[${chunk.cut} cut]` : ''}`)
  })
  stream.begin(0, base | 0)
  const packet = new Packet()
  packet.bytes = Buffer.from(TEXT)
  for (const { at, length, kept = length } of pieces) {
    packet.sequence = (base + at) | 0
    packet.payload = length
    packet.payloadAt = at
    packet.end = at + kept
    stream.segment(packet, 0)
  }
  stream.flush()
  return said
}

function check(name: string, pieces: readonly Piece[], expected: readonly string[]): void {
  test(name, () => assert.deepEqual(feed(pieces), expected))
}

check(
  'in order',
  [
    { at: 0, length: 4 },
    { at: 4, length: 6 },
  ],
  ['the ', 'quick '],
)
check(
  'out of order',
  [
    { at: 4, length: 6 },
    { at: 0, length: 4 },
  ],
  ['the ', 'quick '],
)
check(
  'twice',
  [
    { at: 0, length: 4 },
    { at: 0, length: 4 },
    { at: 4, length: 6 },
  ],
  ['the ', 'quick '],
)
check(
  'overlapping',
  [
    { at: 0, length: 6 },
    { at: 4, length: 6 },
  ],
  ['the qu', 'ick '],
)
check(
  'a hole that stays',
  [
    { at: 0, length: 4 },
    { at: 10, length: 6 },
  ],
  ['the ', '[6 lost]brown '],
)
check('a start that was lost', [{ at: 4, length: 6 }], ['[4 lost]quick '])
check(
  'a cut segment',
  [
    { at: 0, length: 10, kept: 4 },
    { at: 10, length: 6 },
  ],
  ['the [6 cut]', 'brown '],
)
check(
  'a longer copy of a waiting segment',
  [
    { at: 4, length: 2 },
    { at: 4, length: 6 },
    { at: 0, length: 4 },
  ],
  ['the ', 'qu', 'ick '],
)

test('what waited for a hole that was filled came then; what never was filled delayed nothing', () => {
  const times = (pieces: readonly number[]) => {
    const said: number[] = []
    const stream = new Stream({ bytes: 0, bounded: 0 }, ({ time }) => said.push(time))
    stream.begin(0, 0)
    const packet = new Packet()
    packet.bytes = Buffer.from(TEXT)
    for (const [number, at] of pieces.entries()) {
      packet.time = 100 * (number + 1)
      packet.sequence = at
      packet.payload = 4
      packet.payloadAt = at
      packet.end = at + 4
      stream.segment(packet, 0)
    }
    stream.flush()
    return said
  }
  assert.deepEqual(times([0, 8, 12, 4]), [100, 400, 400, 400])
  assert.deepEqual(times([0, 8, 12, 20]), [100, 200, 300, 400])
})

test('whatever the order and the cuts, the text comes out whole, also around 2^32', () => {
  const piece = fc.record({ at: fc.nat(TEXT.length - 1), length: fc.integer({ min: 1, max: 9 }) })
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), fc.constantFrom(1, 2 ** 31 - 10, 2 ** 32 - 20), (pieces, base) => {
      const all = Array.from({ length: TEXT.length }, (_, at) => ({ at, length: 1 }))
      const inside = pieces.map(({ at, length }) => ({ at, length: Math.min(length, TEXT.length - at) }))
      assert.equal(feed([...inside, ...all], base).join(''), TEXT)
    }),
  )
})

test('what waits is bounded, and the hole is told', () => {
  const waiting = { bytes: 0, bounded: 0 }
  const gaps: number[] = []
  const stream = new Stream(waiting, ({ gap }) => gaps.push(gap))
  stream.begin(0, 1)
  const packet = new Packet()
  packet.bytes = new Uint8Array(1000)
  packet.end = 1000
  for (let index = 1; index <= 2000; index++) {
    packet.sequence = 1 + index * 1000
    packet.payload = 1000
    stream.segment(packet, 0)
  }
  assert.equal(waiting.bounded, 1)
  assert.equal(gaps[0], 1000)
  assert.equal(gaps.length, 2000)
  assert.equal(waiting.bytes, 0)
})

interface Said {
  /** 0 the client, 1 the server. */
  readonly from: 0 | 1
  /** Where it stands in what its side says. */
  readonly at: number
  /** How much it has of the other side. */
  readonly has: number
  readonly text: string
  /** In milliseconds. */
  readonly time?: number
}

/** Both sides start at sequence number 1; everything is an acknowledgment. */
function talk(segments: readonly Said[]): string[] {
  const heard: string[] = []
  const waiting = { bytes: 0, bounded: 0 }
  const stream = new Stream(waiting, ({ from, gap, data }) => {
    heard.push(`${from}${gap > 0 ? ` [${gap} lost]` : ''} ${Buffer.from(data).toString()}`)
  })
  for (const from of [0, 1] as const) {
    stream.begin(from, 1)
    stream.see(from)
  }
  const packet = new Packet()
  packet.flags = ACK
  for (const { from, at, has, text, time = 0 } of segments) {
    packet.bytes = Buffer.from(text)
    packet.end = packet.bytes.length
    packet.payload = packet.bytes.length
    packet.sequence = (1 + at) | 0
    packet.acknowledgment = (1 + has) | 0
    packet.time = time * 1000
    stream.segment(packet, from)
  }
  heard.push('(end)')
  stream.flush()
  assert.equal(waiting.bytes, 0)
  return heard
}

const ASK = { from: 0, at: 0, has: 0, text: 'ask' } as const
const SAY = { from: 1, at: 0, has: 3, text: 'say' } as const

test('what was captured before what it answers comes after it', () => {
  assert.deepEqual(talk([SAY, ASK]), ['client ask', 'server say', '(end)'])
  const more = { from: 1, at: 3, has: 3, text: 'more' } as const
  assert.deepEqual(talk([SAY, more, ASK]), ['client ask', 'server say', 'server more', '(end)'])
  const again = { from: 0, at: 3, has: 3, text: 'again' } as const
  assert.deepEqual(talk([again, SAY, ASK]), ['client ask', 'server say', 'client again', '(end)'])
})

test('what was never captured is waited for a while', () => {
  assert.deepEqual(talk([SAY]), ['(end)', 'server say'])
  const again = { from: 0, at: 3, has: 3, text: 'again', time: 40 } as const
  assert.deepEqual(talk([SAY, again]), ['server say', 'client [3 lost] again', '(end)'])
  const letters = Array.from('abcdefghijklmnop', (text, at) => ({ from: 1, at, has: 3, text }) as const)
  assert.deepEqual(talk(letters), [...letters.map(({ text }) => `server ${text}`), '(end)'])
})

test('a FIN that is answered is no byte that is missing', () => {
  assert.deepEqual(talk([ASK, { ...SAY, has: 4 }]), ['client ask', 'server say', '(end)'])
})

test('whatever both sides say and have, all that is new comes out and nothing is held for ever', () => {
  const number = fc.oneof(fc.nat(40), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }))
  const segment = fc.record({ from: fc.constantFrom(0, 1), at: number, has: number, text: fc.constantFrom('a', 'bcd') })
  fc.assert(
    fc.property(fc.array(segment, { maxLength: 80 }), (segments) => {
      const heard = talk(segments as Said[])
      assert.ok(heard.length <= segments.length + 1)
    }),
  )
})
