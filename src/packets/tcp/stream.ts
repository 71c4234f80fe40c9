// Puts the payload of both directions of a connection in order, within bounds, for whoever reads it.

import type { Instant, PacketPlace } from '../../model/index.ts'
import type { Chunk } from '../application.ts'
import { ACK, SYN } from '../layers/tcp.ts'
import type { Packet } from '../packet.ts'
import { concede, giveUp, type Half, isEarly, losePatience, newHalf, type Segment } from './half.ts'
import { isAfter } from './sequence.ts'

/** Of one direction. */
const SEGMENT_LIMIT = 512
const BYTE_LIMIT = 1024 * 1024
/** Of a whole capture. */
const TOTAL_LIMIT = 32 * 1024 * 1024

/** Bytes that wait in all streams of a capture. */
export interface Waiting {
  bytes: number
  /** Holes that were given up because too much waited behind them. */
  bounded: number
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
    half.acknowledged = sequence
    half.conceded = sequence
  }

  /** A direction was captured before anything was said in it. */
  see(from: 0 | 1): void {
    this.#halves[from].isSeen = true
  }

  /** Takes a segment of the client (0) or the server (1). */
  segment(packet: Packet, from: 0 | 1): void {
    const half = this.#halves[from]
    const other = this.#halves[from === 0 ? 1 : 0]
    const sequence = (packet.sequence + ((packet.flags & SYN) !== 0 ? 1 : 0)) | 0
    half.isSeen = true
    if (!half.isKnown) this.begin(from, sequence)
    if ((packet.flags & ACK) !== 0 && isAfter(packet.acknowledgment, other.acknowledged))
      other.acknowledged = packet.acknowledgment
    if (packet.payload > 0) this.#take(half, other, packet, sequence)
    if (half.waiting.length === 0 && other.waiting.length === 0) return
    losePatience(half, other, packet.time)
    losePatience(other, half, packet.time)
    this.#release()
  }

  /** Hands out all that waits, holes and all. */
  flush(): void {
    for (;;) {
      this.#release()
      const [half, other] = this.#inTurn()
      if (half.waiting.length === 0) return
      giveUp(half, other)
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

  #take(half: Half, other: Half, packet: Packet, sequence: number): void {
    const ahead = (sequence - half.expected) | 0
    if (ahead + packet.payload <= 0) return
    const start = Math.min(packet.payloadAt, packet.end)
    const data = packet.bytes.subarray(start, Math.min(packet.end, start + packet.payload))
    const cut = packet.payload - data.length
    const { time } = packet
    const acknowledgment = (packet.flags & ACK) === 0 ? other.expected : packet.acknowledgment
    if (ahead > 0 || isEarly(acknowledgment, other)) {
      this.#wait(half, other, {
        sequence,
        acknowledgment,
        data: new Uint8Array(data),
        cut,
        time,
        place: packet.place(),
      })
      return
    }
    piece.cite(packet, null)
    this.#hand(half, { data, cut, skip: -ahead, gap: 0, time })
  }

  #hand(half: Half, given: { data: Uint8Array; cut: number; skip: number; gap: number; time: Instant }): void {
    const { data, cut, skip, gap, time } = given
    half.expected = (half.expected + data.length + cut - skip) | 0
    concede(half, half.expected)
    half.time = time
    piece.data = skip === 0 ? data : data.subarray(Math.min(skip, data.length))
    piece.cut = skip > data.length ? cut - (skip - data.length) : cut
    piece.gap = gap
    piece.time = time
    piece.from = half.from
    this.#deliver(piece)
  }

  #wait(half: Half, other: Half, segment: Segment): void {
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
      giveUp(half, other)
      this.#release()
    }
  }

  /** Hands out what nothing holds back any more. */
  #release(): void {
    for (;;) {
      const [half, other] = this.#inTurn()
      if (!this.#releaseOne(half, other) && !this.#releaseOne(other, half)) return
    }
  }

  /** The directions, first the one whose first segment that waits is the older one. */
  #inTurn(): readonly [Half, Half] {
    const [client, server] = this.#halves
    const [asked, answered] = [client.waiting[0], server.waiting[0]]
    const isServerFirst = asked === undefined || (answered !== undefined && answered.time < asked.time)
    return isServerFirst ? [server, client] : [client, server]
  }

  /** Hands out the first segment that waits, unless something is missing: before it, or of what it answers. */
  #releaseOne(half: Half, other: Half): boolean {
    const first = half.waiting[0]
    if (first === undefined || isEarly(first.acknowledgment, other) || isAfter(first.sequence, half.conceded))
      return false
    this.#next(half, first)
    return true
  }

  /** What waited behind a hole that was filled came then; a hole that stays delayed nothing. */
  #next(half: Half, first: Segment): void {
    half.waiting.shift()
    half.waitingBytes -= first.data.length
    this.#waiting.bytes -= first.data.length
    const gap = Math.max(0, (first.sequence - half.expected) | 0)
    if (gap > 0) half.expected = first.sequence
    const skip = (half.expected - first.sequence) | 0
    if (skip >= first.data.length + first.cut) return
    piece.cite(null, first.place)
    const time = gap > 0 ? first.time : Math.max(first.time, half.time)
    this.#hand(half, { data: first.data, cut: first.cut, skip, gap, time })
  }
}
