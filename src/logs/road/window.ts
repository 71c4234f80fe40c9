// A stretch of the source in memory: whole lines of it, and what is cut is kept for the next.
import { crc32 } from 'node:zlib'
import type { ByteReader, LineKernels, Scanner } from '../../model/index.ts'
import { LINE_LIMIT, type Line, makeLine } from '../line.ts'

const CAPACITY = 4 << 20

export class Window {
  readonly bytes: Buffer
  /** Passes over many of its lines at once; null where it lies outside of the scanner's memory. */
  readonly kernels: LineKernels | null
  readonly #source: ByteReader
  readonly newline: 10 | 13
  /** Bytes that are filled, and of those the ones that are whole lines. */
  filled = 0
  whole = 0
  /** Offset in the source of the first byte. */
  base: number
  ended = false

  /** @param base offset in the source at which `source` begins */
  constructor(source: ByteReader, scanner: Scanner, newline: 10 | 13, base: number) {
    this.base = base
    this.#source = source
    this.newline = newline
    const { memory } = scanner
    const large = memory.length >= CAPACITY / 2
    this.bytes = large
      ? Buffer.from(memory.buffer, memory.byteOffset, Math.min(memory.length, CAPACITY))
      : Buffer.alloc(CAPACITY)
    this.kernels = large ? (scanner.lines ?? null) : null
  }

  /** Lets go of all bytes before `keep` and fills what is free. */
  async advance(keep: number): Promise<void> {
    this.bytes.copy(this.bytes, 0, keep, this.filled)
    this.base += keep
    this.filled -= keep
    while (!this.ended && this.filled < this.bytes.length) {
      const read = await this.#source.read(this.bytes.subarray(this.filled))
      if (read === 0) this.ended = true
      this.filled += read
    }
    const last = this.filled === 0 ? -1 : this.bytes.lastIndexOf(this.newline, this.filled - 1)
    this.whole = this.ended ? this.filled : last + 1
  }

  /** Index behind the line that begins at `at`, its newline included. */
  next(at: number): number {
    const found = this.bytes.indexOf(this.newline, at)
    return found < 0 || found >= this.whole ? this.whole : found + 1
  }

  /** Index at which the line of `at` begins, not before `floor`. */
  start(at: number, floor: number): number {
    const found = at <= floor ? -1 : this.bytes.lastIndexOf(this.newline, at - 1)
    return found < floor ? floor : found + 1
  }

  line(at: number, number: number): Line {
    const next = this.next(at)
    const end = next > at && this.bytes[next - 1] === this.newline ? next - 1 : next
    const length = end - at
    const cut = length > LINE_LIMIT ? { length, digest: crc32(this.bytes.subarray(at, end)) } : null
    const raw = this.bytes.toString('latin1', at, Math.min(end, at + LINE_LIMIT))
    return makeLine({ number, offset: this.base + at, raw, newline: this.newline, cut })
  }

  /** The line that fills all memory and goes on: its first bytes, the rest measured. */
  async longLine(number: number): Promise<Line> {
    const raw = this.bytes.toString('latin1', 0, LINE_LIMIT)
    const offset = this.base
    let length = 0
    let digest = 0
    for (let end = -1; end < 0; ) {
      end = this.filled === 0 ? 0 : this.bytes.subarray(0, this.filled).indexOf(this.newline)
      const part = this.bytes.subarray(0, end < 0 ? this.filled : end)
      digest = crc32(part, digest)
      length += part.length
      await this.advance(end < 0 ? this.filled : Math.min(end + 1, this.filled))
      if (this.filled === 0 && this.ended) break
    }
    return makeLine({ number, offset, raw, newline: this.newline, cut: { length, digest } })
  }
}
