// Walks a stream of bytes forward, object by object, with no more of it in memory than the object at hand.
import type { ByteReader } from '../../model/index.ts'

export class Cursor {
  readonly #bytes: ByteReader
  #buffer = Buffer.alloc(1 << 20)
  #from = 0
  #to = 0
  /** Offset in the source of the next byte. */
  offset = 0

  constructor(bytes: ByteReader) {
    this.#bytes = bytes
  }

  /** Offset behind the last byte that was read from the source. */
  get seen(): number {
    return this.offset + this.#to - this.#from
  }

  /** Whether `length` bytes lie ready already. */
  holds(length: number): boolean {
    return this.#to - this.#from >= length
  }

  /** Whether `length` bytes lie ready; asks the source for more where they do not. */
  async has(length: number): Promise<boolean> {
    if (this.holds(length)) return true
    this.#buffer.copy(this.#buffer, 0, this.#from, this.#to)
    this.#to -= this.#from
    this.#from = 0
    if (length > this.#buffer.length) {
      const larger = Buffer.alloc(2 ** Math.ceil(Math.log2(length)))
      this.#buffer.copy(larger, 0, 0, this.#to)
      this.#buffer = larger
    }
    while (this.#to < length) {
      const read = await this.#bytes.read(this.#buffer.subarray(this.#to))
      if (read === 0) return false
      this.#to += read
    }
    return true
  }

  /** A view of the next bytes, valid until the next call of `has`, or of `skip` that has to ask the source. */
  peek(length: number): Buffer {
    return this.#buffer.subarray(this.#from, Math.min(this.#to, this.#from + length))
  }

  /** Goes forward over bytes that lie ready. */
  pass(length: number): void {
    this.#from += length
    this.offset += length
  }

  /** Goes forward; false where the source ends before. */
  async skip(length: number): Promise<boolean> {
    let left = length
    while (left > 0) {
      const step = Math.min(left, this.#to - this.#from)
      this.pass(step)
      left -= step
      if (left > 0 && !(await this.has(1))) return false
    }
    return true
  }
}
