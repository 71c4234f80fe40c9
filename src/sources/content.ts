// What a source contains, by its first bytes: text, a packet capture, a systemd journal, or neither.
import type { Source } from '../model/index.ts'
import { charsetOf, isWide } from './charset.ts'
import { isTextLike } from './kinds.ts'

/** Both byte orders of libpcap's magics: microseconds, nanoseconds, and the patched format with longer headers. */
const PCAP = new Set(['d4c3b2a1', 'a1b2c3d4', '4d3cb2a1', 'a1b23c4d', '34cdb2a1', 'a1b2cd34'])
/** A pcapng section header, told from text by the byte-order magic behind its length. */
const PCAPNG = '0a0d0d0a'
const BYTE_ORDERS = new Set(['4d3c2b1a', '1a2b3c4d'])
const JOURNAL = 'LPKSHHRH'

/** Share of control characters from which bytes are no text; random bytes have a tenth. */
const CONTROL_SHARE = 0.05

export interface Content {
  readonly content: Source['content']
  readonly charset: string | null
}

/** @param tail the last bytes, asked for where the head is nothing but NULs. */
export function contentOf(head: Uint8Array, tail: () => Uint8Array): Content {
  if (head.length === 0) return { content: 'empty', charset: null }
  const magic = hex(head, 0)
  if (PCAP.has(magic) || (magic === PCAPNG && BYTE_ORDERS.has(hex(head, 8))))
    return { content: 'capture', charset: null }
  if (Buffer.from(head.subarray(0, JOURNAL.length)).toString('latin1') === JOURNAL)
    return { content: 'journal', charset: null }
  const charset = charsetOf(head)
  if (isWide(charset)) return { content: 'text', charset }
  return isText(isBlank(head) ? tail() : head) ? { content: 'text', charset } : { content: 'binary', charset: null }
}

/** A log that was truncated under a writer who kept his place begins with a hole. */
function isBlank(head: Uint8Array): boolean {
  return head.every((byte) => byte === 0)
}

/** Four bytes as text. */
export function hex(head: Uint8Array, offset: number): string {
  return Buffer.from(head.subarray(offset, offset + 4)).toString('hex')
}

/** A run of NULs counts once, for the same reason. */
function isText(head: Uint8Array): boolean {
  if (isTextLike(head)) return false
  let controls = 0
  let counted = 0
  let before = -1
  for (let at = 0; at < head.length; at++) {
    const byte = head[at] ?? 0
    const isRun = byte === 0 && before === 0
    if (!isRun) counted++
    if (!isRun && isControl(byte)) controls++
    before = byte
  }
  return controls <= counted * CONTROL_SHARE
}

/** Tab, the line ends, backspace, bell and escape belong to text as terminals write it. */
function isControl(byte: number): boolean {
  return byte < 0x20 ? (byte < 7 || byte > 13) && byte !== 0x1b : byte === 0x7f
}
