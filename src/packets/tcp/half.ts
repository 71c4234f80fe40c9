// One direction of a connection's payload: what was handed out of it, what waits, and for what.
import type { Instant, PacketPlace } from '../../model/index.ts'
import { isAfter } from './sequence.ts'

/** What is missing though the other side has it was captured late, or never: so many segments wait for it, or one for so many microseconds. */
const PATIENCE = 16
const LATE = 20_000
/** A FIN takes a number without being a byte, and so may what keeps a connection alive. */
const NO_BYTE = 1

export interface Segment {
  readonly sequence: number
  /** What its sender had of the other side. */
  readonly acknowledgment: number
  readonly data: Uint8Array
  readonly cut: number
  readonly time: Instant
  readonly place: PacketPlace
}

export interface Half {
  isKnown: boolean
  /** It was captured at all. */
  isSeen: boolean
  /** Sequence number of the next byte to hand out. */
  expected: number
  /** What the other side has of it. */
  acknowledged: number
  /** What is missing before this number will not come any more; never below what is expected. */
  conceded: number
  /** When the latest byte was handed out. */
  time: Instant
  /** In order of sequence. */
  readonly waiting: Segment[]
  waitingBytes: number
  readonly from: 'client' | 'server'
}

/** Whether something was said before what it answers was captured. */
export function isEarly(acknowledgment: number, other: Half): boolean {
  return other.isSeen && isAfter((acknowledgment - NO_BYTE) | 0, other.conceded)
}

/** After a while what the other side has is no longer waited for: it was never captured. */
export function losePatience(half: Half, other: Half, time: Instant): void {
  const first = half.waiting[0]
  if (first === undefined || (half.waiting.length < PATIENCE && time - first.time < LATE)) return
  concede(half, half.acknowledged)
  concede(other, first.acknowledgment)
}

/** What the first segment of a direction waits for is no longer waited for. */
export function giveUp(half: Half, other: Half): void {
  const first = half.waiting[0]
  if (first === undefined) return
  concede(half, first.sequence)
  if (isEarly(first.acknowledgment, other)) other.conceded = first.acknowledgment
}

export function concede(half: Half, sequence: number): void {
  if (isAfter(sequence, half.conceded)) half.conceded = sequence
}

export function newHalf(from: 'client' | 'server'): Half {
  return {
    isKnown: false,
    isSeen: false,
    expected: 0,
    acknowledged: 0,
    conceded: 0,
    time: 0,
    waiting: [],
    waitingBytes: 0,
    from,
  }
}
