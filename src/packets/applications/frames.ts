// Cuts one direction of a conversation into frames that say their own length, across chunks, gaps and snapped packets.
import type { Chunk } from '../application.ts'

/** How a protocol says where its frames end. */
export interface Framing {
  /**
   * Looks at the start of a frame, `bytes` from `at` to its end.
   * @returns length of the whole frame, 0 where more bytes are needed to know, -1 where no frame can start so
   */
  measure(bytes: Uint8Array, at: number): number
  /** How many of the frame's first bytes are wanted; asked with what `measure` was satisfied with. 0 skips the frame. */
  wanted(bytes: Uint8Array, at: number, length: number): number
  /** A frame of which only the beginning was captured is taken as far as it goes. */
  readonly takesCut?: true
}

/** Takes a frame: all of it or the wanted part. `bytes` is valid only during the call. */
export type FrameTaker = (bytes: Uint8Array, length: number, chunk: Chunk) => void

/** Told that bytes of the direction are missing, so that a frame begun by its taker is, too. */
export type LossTaker = () => void

/** No header of a framed protocol here is longer than this before its length is known. */
const HEADER_LIMIT = 64
const NOTHING = new Uint8Array(0)

export class Frames {
  readonly #framing: Framing
  readonly #take: FrameTaker
  readonly #onLoss: LossTaker
  /** A frame begun in earlier chunks: room for what is wanted of it, and how much of that is there. */
  #kept: Uint8Array = NOTHING
  #filled = 0
  /** Length of the begun frame; 0 while its header is incomplete. */
  #length = 0
  /** Bytes to pass over until the next frame starts. */
  #skip = 0
  #lost = false
  #stopped = false

  constructor(framing: Framing, take: FrameTaker, onLoss: LossTaker = () => {}) {
    this.#framing = framing
    this.#take = take
    this.#onLoss = onLoss
  }

  /** Ends the cutting: a handler saw that another protocol follows. */
  stop(): void {
    this.#stopped = true
  }

  push(chunk: Chunk): void {
    if (chunk.gap > 0) this.#miss(chunk.gap)
    let at = this.#lost ? this.#findStart(chunk.data) : 0
    while (at >= 0 && at < chunk.data.length && !this.#stopped) at = this.#step(chunk, at)
    if (chunk.cut === 0) return
    if (this.#framing.takesCut === true && this.#filled > 0 && this.#length > 0) this.#takeBegun(chunk)
    this.#miss(chunk.cut)
  }

  #takeBegun(chunk: Chunk): void {
    const frame = this.#kept.subarray(0, this.#filled)
    this.#skip = this.#length - this.#filled
    this.#filled = 0
    this.#take(frame, this.#length, chunk)
  }

  /** Bytes are missing: harmless within a frame that is passed over, else the place is lost. */
  #miss(count: number): void {
    if (this.#filled === 0 && this.#skip >= count) this.#skip -= count
    else this.lose()
  }

  /** After a loss only the start of a packet may be the start of a frame. */
  #findStart(data: Uint8Array): number {
    this.#lost = this.#framing.measure(data, 0) <= 0
    return this.#lost ? -1 : 0
  }

  /** @returns where to go on in the chunk; -1 where the place is lost */
  #step(chunk: Chunk, at: number): number {
    if (this.#skip > 0) {
      const passed = Math.min(this.#skip, chunk.data.length - at)
      this.#skip -= passed
      return at + passed
    }
    if (this.#filled === 0) return this.#begin(chunk, at)
    return this.#length === 0 ? this.#continueHeader(chunk, at) : this.#continueFrame(chunk, at)
  }

  #begin(chunk: Chunk, at: number): number {
    const { data } = chunk
    const length = this.#framing.measure(data, at)
    if (length < 0) return this.#stray()
    this.#length = length
    const wanted = length === 0 ? HEADER_LIMIT : Math.min(length, this.#framing.wanted(data, at, length))
    if (wanted > data.length - at) return this.#keep(data.subarray(at), wanted, data.length)
    if (length === 0) return this.#stray()
    this.#skip = length - wanted
    if (wanted > 0) this.#take(data.subarray(at, at + wanted), length, chunk)
    return at + wanted
  }

  #keep(bytes: Uint8Array, room: number, next: number): number {
    const kept = new Uint8Array(room)
    kept.set(bytes)
    this.#kept = kept
    this.#filled = bytes.length
    return next
  }

  /** Byte by byte, so that nothing beyond the header is taken. */
  #continueHeader(chunk: Chunk, at: number): number {
    this.#kept[this.#filled++] = chunk.data[at] ?? 0
    const header = this.#kept.subarray(0, this.#filled)
    const length = this.#framing.measure(header, 0)
    if (length < 0 || this.#filled === HEADER_LIMIT) return this.#stray()
    if (length === 0) return at + 1
    this.#length = length
    const wanted = Math.min(length, this.#framing.wanted(header, 0, length))
    if (wanted > header.length) return this.#keep(header, wanted, at + 1)
    this.#filled = 0
    this.#skip = length - header.length
    if (wanted > 0) this.#take(header.subarray(0, wanted), length, chunk)
    return at + 1
  }

  #continueFrame(chunk: Chunk, at: number): number {
    const more = chunk.data.subarray(at, at + this.#kept.length - this.#filled)
    this.#kept.set(more, this.#filled)
    this.#filled += more.length
    if (this.#filled < this.#kept.length) return at + more.length
    const frame = this.#kept
    this.#filled = 0
    this.#skip = this.#length - frame.length
    this.#take(frame, this.#length, chunk)
    return at + more.length
  }

  /** Forgets what was begun: the next frame starts with a packet. */
  lose(): void {
    this.#filled = 0
    this.#skip = 0
    this.#lost = true
    this.#onLoss()
  }

  #stray(): number {
    this.lose()
    return -1
  }
}
