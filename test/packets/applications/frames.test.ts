import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Chunk } from '../../../src/packets/application.ts'
import { Frames, type Framing } from '../../../src/packets/applications/frames.ts'

/** `#` or `_`, a digit for the length of what follows; frames with `_` are passed over. */
const FRAMING: Framing = {
  measure(bytes, at) {
    if (bytes[at] !== 0x23 && bytes[at] !== 0x5f) return -1
    return bytes.length - at < 2 ? 0 : 2 + bytes[at + 1] - 0x30
  },
  wanted: (bytes, at, length) => (bytes[at] === 0x5f ? 0 : length),
}

interface Piece {
  readonly text: string
  readonly gap?: number
  readonly cut?: number
}

function check(pieces: readonly Piece[], expected: readonly string[]): void {
  const seen: string[] = []
  const frames = new Frames(FRAMING, (bytes) => seen.push(Buffer.from(bytes).toString()))
  const place = { kind: 'packet' as const, packet: 1, offset: 0, length: 0, digest: 0 }
  for (const { text, gap = 0, cut = 0 } of pieces) {
    const chunk: Chunk = { data: Buffer.from(text), time: 0, from: 'client', gap, cut, place }
    frames.push(chunk)
  }
  assert.deepEqual(seen, expected)
}

test('frames in one chunk', () => check([{ text: '#1a#2bc#0' }], ['#1a', '#2bc', '#0']))
test('a header across chunks', () => check([{ text: '#' }, { text: '1a#' }, { text: '1b' }], ['#1a', '#1b']))
test('unwanted frames are passed over', () => check([{ text: '_3abc#1a' }], ['#1a']))
test('a gap inside an unwanted frame does no harm', () => check([{ text: '_5a' }, { gap: 3, text: 'e#1a' }], ['#1a']))
test('a cut inside an unwanted frame does no harm', () => check([{ text: '_5a', cut: 4 }, { text: '#1a' }], ['#1a']))
test('after a gap the next packet that can start a frame does', () =>
  check([{ text: '#3a' }, { gap: 1, text: 'c#1x' }, { text: '#1a' }], ['#1a']))
test('after what is no frame the next packet that can start one does', () =>
  check([{ text: '#1a?#1b' }, { text: '#1c' }], ['#1a', '#1c']))

test('whatever the cuts, the frames are the same', () => {
  const cuts = fc.array(fc.nat(24), { maxLength: 6 })
  fc.assert(
    fc.property(cuts, (places) => {
      const text = '#1a#3bcd#0_9123456789#2ef'
      const edges = [0, ...places.toSorted((a, b) => a - b), text.length]
      const pieces = edges.slice(1).map((edge, i) => ({ text: text.slice(edges[i], edge) }))
      check(pieces, ['#1a', '#3bcd', '#0', '#2ef'])
    }),
  )
})
