import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
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
