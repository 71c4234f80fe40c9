import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Lines } from '../../../src/packets/applications/lines.ts'

interface Piece {
  readonly text: string
  readonly gap?: number
  readonly cut?: number
}

/** A line `$n` announces n bytes that are no lines; after a loss a packet may start with `>`. */
function check(pieces: readonly Piece[], expected: readonly string[]): void {
  const seen: string[] = []
  const lines = new Lines({
    starts: (data) => data[0] === 0x3e,
    line(line) {
      seen.push(line)
      return line.startsWith('$') ? Number(line.slice(1)) : 0
    },
  })
  const place = { kind: 'packet' as const, packet: 1, offset: 0, length: 0, digest: 0 }
  for (const { text, gap = 0, cut = 0 } of pieces)
    lines.push({ data: Buffer.from(text), time: 0, from: 'client', gap, cut, place })
  assert.deepEqual(seen, expected)
}

test('lines end with LF or CR LF', () => check([{ text: 'a\r\nb\n\nc' }], ['a', 'b', '']))
test('a line across chunks', () => check([{ text: 'a' }, { text: 'b\r' }, { text: '\nc\n' }], ['ab', 'c']))
test('announced bytes are passed over', () => check([{ text: '$4\nx\ny\nz\n' }], ['$4', 'z']))
test('a gap inside announced bytes does no harm', () =>
  check([{ text: '$4\nx' }, { gap: 2, text: '\nz\n' }], ['$4', 'z']))
test('after another gap the next packet that can start a line does', () =>
  check([{ text: 'a' }, { gap: 1, text: 'b\n' }, { text: '>c\n' }], ['>c']))
test('what a line has beyond its limit is dropped', () =>
  check([{ text: 'x'.repeat(4000) }, { text: `${'x'.repeat(4000)}\ny\n` }], ['x'.repeat(4096), 'y']))
