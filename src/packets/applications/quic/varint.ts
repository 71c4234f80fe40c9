// QUIC's integers of variable length (RFC 9000 section 16), read one after the other.
import { u8 } from '../bytes.ts'

/** Reads forward through bytes; past the end everything is zero and `isPast` says so. */
export class Cursor {
  readonly bytes: Uint8Array
  at: number

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes
    this.at = at
  }

  get isPast(): boolean {
    return this.at > this.bytes.length
  }

  byte(): number {
    return u8(this.bytes, this.at++)
  }

  /** The two upper bits say how many bytes there are: 1, 2, 4 or 8. */
  integer(): number {
    const first = this.byte()
    let value = first & 0x3f
    for (let more = (1 << (first >> 6)) - 1; more > 0; more--) value = value * 256 + this.byte()
    return value
  }

  take(length: number): Uint8Array {
    const part = this.bytes.subarray(this.at, this.at + length)
    this.at += length
    return part
  }
}
