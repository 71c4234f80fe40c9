// Puts the payload of both directions of a connection in order, within bounds, for whoever reads it.

import type { Instant, PacketPlace } from '../../model/index.ts'
import type { Chunk } from '../application.ts'
import { ACK, SYN } from '../layers/tcp.ts'
import type { Packet } from '../packet.ts'
import { isAfter } from './sequence.ts'

/** Of one direction. */
const SEGMENT_LIMIT = 512
const BYTE_LIMIT = 1024 * 1024
/** Of a whole capture. */
const TOTAL_LIMIT = 32 * 1024 * 1024
/** A hole that the other side has filled will not be filled here: so many segments wait behind it, or one so long. */
const PATIENCE = 4
const LATE = 3000

/** Bytes that wait in all streams of a capture. */
export interface Waiting {
  bytes: number
  /** Holes that were given up because too much waited behind them. */
  bounded: number
}

interface Segment {
  readonly sequence: number
  readonly data: Uint8Array
  readonly cut: number
  readonly time: Instant
  readonly place: PacketPlace
}

/** The one chunk that is handed out. */
class Piece implements Chunk {
  data: Uint8Array = new Uint8Array(0)
  time: Instant = 0
  from: 'client' | 'server' = 'client'
  gap = 0
  cut = 0
  #packet: Packet | null = null
  #place: PacketPlace | null = null

  get place(): PacketPlace {
    return this.#place ?? this.#packet?.place() ?? { kind: 'packet', packet: 0, offset: 0, length: 0, digest: 0 }
  }

  /** What it cites: a packet that is at hand, or one that was. */
  cite(packet: Packet | null, place: PacketPlace | null): void {
    this.#packet = packet
    this.#place = place
  }
}

const piece = new Piece()

interface Half {
  isKnown: boolean
  /** Sequence number of the next byte to hand out. */
  expected: number
  /** In order of sequence. */
  readonly waiting: Segment[]
  waitingBytes: number
  readonly from: 'client' | 'server'
}

export class Stream {
  readonly #halves: readonly [Half, Half] = [newHalf('client'), newHalf('server')]
  readonly #waiting: Waiting
  readonly #deliver: (chunk: Chunk) => void

  constructor(waiting: Waiting, deliver: (chunk: Chunk) => void) {
    this.#waiting = waiting
    this.#deliver = deliver
  }

  /** The first byte of a direction is known from its SYN, or from what the other side had of it. */
  begin(from: 0 | 1, sequence: number): void {
    const half = this.#halves[from]
    half.isKnown = true
    half.expected = sequence
  }

  /** Takes a segment of the client (0) or the server (1). */
  segment(packet: Packet, from: 0 | 1): void {
    const half = this.#halves[from]
    const other = this.#halves[from === 0 ? 1 : 0]
    const sequence = (packet.sequence + ((packet.flags & SYN) !== 0 ? 1 : 0)) | 0
    if (!half.isKnown) {
      half.isKnown = true
      half.expected = sequence
    }
    // What an answer answers comes before it.
    if (other.waiting.length > 0) this.#acknowledge(other, packet)
    if (packet.payload > 0) this.#take(half, packet, sequence)
  }

  /** Hands out all that waits, holes and all. */
  flush(): void {
    for (const half of this.#halves) {
      while (half.waiting.length > 0) this.#giveUp(half)
    }
  }

  /** Lets go what waits. */
  forget(): void {
    for (const half of this.#halves) {
      half.waiting.length = 0
      this.#waiting.bytes -= half.waitingBytes
      half.waitingBytes = 0
    }
  }

  /** Whether the direction has handed out everything before its end at `sequence`. */
  isDrained(from: 0 | 1, sequence: number): boolean {
    const half = this.#halves[from]
    return !half.isKnown || !isAfter(sequence, half.expected)
  }

  #take(half: Half, packet: Packet, sequence: number): void {
    const start = Math.min(packet.payloadAt, packet.end)
    const data = packet.bytes.subarray(start, Math.min(packet.end, start + packet.payload))
    const cut = packet.payload - data.length
    const ahead = (sequence - half.expected) | 0
    if (ahead > 0) {
      this.#wait(half, { sequence, data: new Uint8Array(data), cut, time: packet.time, place: packet.place() })
      return
    }
    if (ahead + packet.payload <= 0) return
    piece.cite(packet, null)
    this.#hand(half, { data, cut, skip: -ahead, gap: 0, time: packet.time })
    this.#drain(half, packet.time)
  }

  #hand(half: Half, given: { data: Uint8Array; cut: number; skip: number; gap: number; time: Instant }): void {
    const { data, cut, skip, gap, time } = given
    half.expected = (half.expected + data.length + cut - skip) | 0
    piece.data = skip === 0 ? data : data.subarray(Math.min(skip, data.length))
    piece.cut = skip > data.length ? cut - (skip - data.length) : cut
    piece.gap = gap
    piece.time = time
    piece.from = half.from
    this.#deliver(piece)
  }

  #wait(half: Half, segment: Segment): void {
    let at = half.waiting.length
    while (at > 0 && isAfter(half.waiting[at - 1]?.sequence ?? 0, segment.sequence)) at--
    half.waiting.splice(at, 0, segment)
    half.waitingBytes += segment.data.length
    this.#waiting.bytes += segment.data.length
    while (
      half.waiting.length > SEGMENT_LIMIT ||
      half.waitingBytes > BYTE_LIMIT ||
      (this.#waiting.bytes > TOTAL_LIMIT && half.waiting.length > 0)
    ) {
      this.#waiting.bounded++
      this.#giveUp(half)
    }
  }

  /** The other side has what is missing here: the capture lost it. */
  #acknowledge(half: Half, packet: Packet): void {
    const first = half.waiting[0]
    if (first === undefined || (packet.flags & ACK) === 0) return
    const isPatient = packet.payload === 0 && packet.time - first.time < LATE && half.waiting.length < PATIENCE
    if (!isPatient && !isAfter(first.sequence, packet.acknowledgment)) this.#giveUp(half)
  }

  #giveUp(half: Half): void {
    const first = half.waiting[0]
    if (first === undefined) return
    const gap = Math.max(0, (first.sequence - half.expected) | 0)
    if (gap > 0) half.expected = first.sequence
    this.#drain(half, null, gap)
  }

  /**
   * Hands out what waits without a hole before it.
   * @param filled when the hole was filled; null where it never was: the other side had what the capture lost
   */
  #drain(half: Half, filled: Instant | null, hole = 0): void {
    let gap = hole
    for (;;) {
      const first = half.waiting[0]
      if (first === undefined) return
      const skip = (half.expected - first.sequence) | 0
      if (skip < 0) return
      half.waiting.shift()
      half.waitingBytes -= first.data.length
      this.#waiting.bytes -= first.data.length
      if (skip >= first.data.length + first.cut) continue
      piece.cite(null, first.place)
      this.#hand(half, { data: first.data, cut: first.cut, skip, gap, time: filled ?? first.time })
      gap = 0
    }
  }
}

function newHalf(from: 'client' | 'server'): Half {
  return { isKnown: false, expected: 0, waiting: [], waitingBytes: 0, from }
}
