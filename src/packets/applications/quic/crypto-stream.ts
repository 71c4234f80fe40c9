// The handshake bytes that CRYPTO frames carry in pieces and in any order (RFC 9000 sections 12.4 and 19).
import { Cursor } from './varint.ts'

const PADDING = 0x00
const PING = 0x01
const ACK = 0x02
const ACK_ECN = 0x03
const CRYPTO = 0x06
const LIMIT = 16_384

export class CryptoStream {
  /** Pieces by their offset. */
  readonly #pieces = new Map<number, Uint8Array>()
  #held = 0

  /** Takes the CRYPTO frames of an opened Initial packet; other frames end or are passed over. */
  add(frames: Uint8Array): void {
    const cursor = new Cursor(frames, 0)
    while (cursor.at < frames.length) {
      const type = cursor.byte()
      if (type === ACK || type === ACK_ECN) passAcknowledgment(cursor, type)
      else if (type === CRYPTO) this.#piece(cursor)
      else if (type !== PADDING && type !== PING) return
    }
  }

  /** The bytes from the start to the first hole. */
  bytes(): Uint8Array {
    const whole = new Uint8Array(LIMIT)
    let end = 0
    for (const [offset, piece] of [...this.#pieces].sort(([a], [b]) => a - b)) {
      if (offset > end) break
      whole.set(piece.subarray(0, LIMIT - offset), offset)
      end = Math.max(end, Math.min(LIMIT, offset + piece.length))
    }
    return whole.subarray(0, end)
  }

  #piece(cursor: Cursor): void {
    const offset = cursor.integer()
    const piece = cursor.take(cursor.integer())
    if (cursor.isPast || offset >= LIMIT || this.#held + piece.length > LIMIT || this.#pieces.has(offset)) return
    this.#held += piece.length
    this.#pieces.set(offset, piece)
  }
}

/** Largest number, delay, ranges, first range; then pairs of gap and range, and three counts with ECN. */
function passAcknowledgment(cursor: Cursor, type: number): void {
  cursor.integer()
  cursor.integer()
  const ranges = cursor.integer()
  const rest = 1 + 2 * ranges + (type === ACK_ECN ? 3 : 0)
  for (let i = 0; i < rest && !cursor.isPast; i++) cursor.integer()
}
