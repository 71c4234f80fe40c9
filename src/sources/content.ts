// What a source contains, by its first bytes: text, a packet capture, a systemd journal, or neither.
import type { Source } from '../model/index.ts'

const CAPTURES = new Set(['d4c3b2a1', 'a1b2c3d4', '4d3cb2a1', 'a1b23c4d', '34cdb2a1', 'a1b2cd34'])
const SECTION = '0a0d0d0a'
const BYTE_ORDERS = new Set(['4d3c2b1a', '1a2b3c4d'])

/** Share of control characters from which bytes are no text; random bytes have a tenth. */
const CONTROL_SHARE = 0.05

export function contentOf(head: Uint8Array): Source['content'] {
  if (head.length === 0) return 'empty'
  const magic = hex(head, 0)
  if (CAPTURES.has(magic) || (magic === SECTION && BYTE_ORDERS.has(hex(head, 8)))) return 'capture'
  if (magic === '4c504b53' && hex(head, 4) === '48485248') return 'journal'
  return isText(head) ? 'text' : 'binary'
}

/** Four bytes as text. */
export function hex(head: Uint8Array, offset: number): string {
  return Buffer.from(head.subarray(offset, offset + 4)).toString('hex')
}

/** A run of NULs counts once: logs have them where a file was truncated while it was written. */
function isText(head: Uint8Array): boolean {
  let controls = 0
  let counted = 0
  let before = -1
  for (const byte of head) {
    if (byte !== 0 || before !== 0) counted++
    if (isControl(byte) && (byte !== 0 || before !== 0)) controls++
    before = byte
  }
  return controls <= counted * CONTROL_SHARE
}

/** Tab, the line ends, backspace, bell and escape belong to text as terminals write it. */
function isControl(byte: number): boolean {
  return byte < 0x20 ? (byte < 7 || byte > 13) && byte !== 0x1b : byte === 0x7f
}
