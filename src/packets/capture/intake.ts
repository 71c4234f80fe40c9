// A window over the bytes of a capture: records are read where they lie, what is left moves to the front.
import type { ByteReader } from '../../model/index.ts'

/** What is read at once stays in the processor's cache until it was looked at. */
const USUAL = 256 * 1024
/** Largest record that is ever waited for. */
export const LARGEST_RECORD = 16 * 1024 * 1024

/** Bytes [start, end) of `bytes` are unread; `bytes[0]` is byte `base` of the source. */
export class Intake {
  bytes: Buffer = Buffer.allocUnsafeSlow(USUAL)
  start = 0
  end = 0
  base = 0
  #reader: ByteReader

  constructor(reader: ByteReader) {
    this.#reader = reader
  }

  /** Offset in the source of the first unread byte. */
  get offset(): number {
    return this.base + this.start
  }

  /**
   * Reads on, so that in the end `wanted` unread bytes fit.
   * @param wanted at most LARGEST_RECORD
   * @returns whether there was anything more
   */
  more(wanted: number): boolean | Promise<boolean> {
    this.#makeRoom(wanted)
    const count = this.#reader.read(this.bytes.subarray(this.end))
    return typeof count === 'number' ? this.#took(count) : count.then((late) => this.#took(late))
  }

  #took(count: number): boolean {
    this.end += count
    return count > 0
  }

  #makeRoom(wanted: number): void {
    const left = this.end - this.start
    const target =
      wanted > this.bytes.length ? Buffer.allocUnsafeSlow(Math.min(2 * wanted, LARGEST_RECORD)) : this.bytes
    if (target === this.bytes && this.start === 0) return
    this.bytes.copy(target, 0, this.start, this.end)
    this.bytes = target
    this.base += this.start
    this.start = 0
    this.end = left
  }
}
