// The road of framed records: octets counted before each (RFC 6587 section 3.4.1), or a NUL behind each (GELF, section 3.4.2).
import { crc32 } from 'node:zlib'
import type { ByteReader } from '../../model/index.ts'
import { Assembler } from '../assemble.ts'
import { LINE_LIMIT, makeLine } from '../line.ts'
import type { Log } from '../log.ts'
import { type Keep, keeper } from './keep.ts'

const HEAD = 1 << 16
const CAPACITY = 1 << 21
/** `83 <34>1 2026-`, `60 <34>Oct `: as much as is looked at to know a frame. */
const COUNTED = /^([1-9]\d{0,6}) (?=<\d{1,3}>)/
const COUNT_BYTES = 14
/** Where lost bytes end: with their line, or where the next count stands. */
const LOST_END = /\n|[1-9]\d{0,6} <\d{1,3}>/
const STEP = 4096

type Framing = 'counted' | 'ended'

function framingOf(head: Uint8Array): Framing | null {
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, HEAD)).toString('latin1')
  const code = text.charCodeAt(0)
  if (code >= 49 && code <= 57) return isCounted(text) ? 'counted' : null
  const end = code === 123 || code === 60 ? text.indexOf('\0') : -1
  return end > 0 && text.charCodeAt(end + 1) === code && !text.slice(0, end).includes('\n') ? 'ended' : null
}

/** The first frame ends where the next begins, or the source does; a line of its own each needs no frames. */
function isCounted(text: string): boolean {
  const found = COUNTED.exec(text)
  if (found === null) return false
  const end = found[0].length + Number(found[1])
  return end === text.length ? text.length < HEAD : COUNTED.test(text.slice(end, end + COUNT_BYTES))
}

export function isFramed(head: Uint8Array): boolean {
  return framingOf(head) !== null
}

interface Frame {
  /** Of the record, and behind the whole frame. */
  readonly from: number
  readonly to: number
  readonly next: number
  readonly isSound: boolean
}

/** The frame at `at`; null where it may go on behind the bytes. */
function frameAt(bytes: Buffer, at: number, framing: Framing): Frame | null {
  if (framing === 'ended') {
    const end = bytes.indexOf(0, at)
    return end < 0 ? null : { from: at, to: end, next: end + 1, isSound: true }
  }
  const found = COUNTED.exec(bytes.toString('latin1', at, at + COUNT_BYTES))
  if (found === null || Number(found[1]) > LINE_LIMIT) return lostAt(bytes, at)
  const from = at + found[0].length
  const next = from + Number(found[1])
  return next > bytes.length ? null : { from, to: next, next, isSound: true }
}

/** No count stands here: what lies before the next one, or before the end of the line, is a record nevertheless. */
function lostAt(bytes: Buffer, at: number): Frame | null {
  if (bytes[at] === 10) return { from: at, to: at + 1, next: at + 1, isSound: true }
  const end = Math.min(bytes.length, at + LINE_LIMIT)
  for (let from = at + 1; from < end; from += STEP) {
    const text = bytes.toString('latin1', from, Math.min(end, from + STEP + COUNT_BYTES))
    const found = LOST_END.exec(text)
    if (found === null) continue
    const next = from + found.index + (found[0] === '\n' ? 1 : 0)
    return { from: at, to: next, next, isSound: false }
  }
  return end < at + LINE_LIMIT ? null : { from: at, to: end, next: end, isSound: false }
}

export async function readFrames(bytes: ByteReader, log: Log): Promise<void> {
  const framing = framingOf(log.options.head) ?? 'counted'
  const records = new Records(log)
  const buffer = Buffer.alloc(CAPACITY)
  let filled = 0
  for (let ended = false; !ended; ) {
    const read = await bytes.read(buffer.subarray(filled))
    ended = read === 0
    filled += read
    log.bytes += read
    const whole = buffer.subarray(0, filled)
    let at = 0
    for (let frame = frameAt(whole, at, framing); frame !== null && at < filled; frame = frameAt(whole, at, framing)) {
      records.take(whole, frame, at)
      at = frame.next
    }
    if (at < filled && (ended || (at === 0 && filled === CAPACITY))) {
      records.take(whole, { from: at, to: filled, next: filled, isSound: framing === 'ended' && ended }, at)
      at = filled
    }
    buffer.copy(buffer, 0, at, filled)
    filled -= at
  }
}

/** Hands on each frame as a record of its own. */
class Records {
  readonly #log: Log
  readonly #keep: Keep
  readonly #assembler: Assembler
  /** Of the frame that comes next. */
  #offset = 0
  #line = 1

  constructor(log: Log) {
    this.#log = log
    this.#keep = keeper(log, log.options.scanner)
    this.#assembler = new Assembler(log.known)
  }

  /** @param at where the frame begins, its count included */
  take(bytes: Buffer, { from, to, next, isSound }: Frame, at: number): void {
    const text = bytes.subarray(from, bytes[to - 1] === 10 ? to - 1 : to)
    const offset = this.#offset + from - at
    if (!isSound) this.#log.notice('record-damaged', offset, 'A frame does not end where its count says.')
    const cut = text.length > LINE_LIMIT ? { length: text.length, digest: crc32(text) } : null
    const raw = text.toString('latin1', 0, LINE_LIMIT)
    this.#assembler.take(makeLine({ number: this.#line, offset, raw, newline: 10, cut }))
    const record = this.#assembler.end()
    const lineEnd = this.#line + newlines(text)
    if (record !== null) this.#keep({ ...record, lineEnd })
    this.#line += newlines(bytes.subarray(at, next))
    this.#offset += next - at
  }
}

function newlines(bytes: Buffer): number {
  let count = 0
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) count++
  return count
}
