// Large segments that never arrive while small ones do: what a path with a smaller MTU than its ends believe looks like.
import { FIN } from '../layers/tcp.ts'
import type { Packet } from '../packet.ts'
import { wordAt } from '../word.ts'
import * as A from './flags.ts'
import { markOf } from './mark-of.ts'
import { eachTcpOption, SELECTIVE_ACK } from './options.ts'
import { isAfter } from './sequence.ts'
import type { Side } from './side.ts'
import { calm, Trouble } from './trouble.ts'
import type { Turn } from './turn.ts'

/** Fewer repetitions are ordinary loss. */
const TRIES = 3
/** So many, while smaller ones pass, are no chance even where every third packet is lost. */
const MANY_TRIES = 5
/** Every path carries so much (RFC 791: packets of 576 bytes). */
const LEAST = 500
/** A full segment, where nothing smaller is known to have passed. */
const FULL = 1200

/** Follows the data a side sends. */
export function followSent({ sender, peer }: Turn, packet: Packet, found: number): void {
  const { sequence, payload } = packet
  if ((found & (A.RETRANSMISSION | A.FAST_RETRANSMISSION)) !== 0) {
    followResent(sender, peer, packet)
    return
  }
  sender.lastSize = payload
  if (sender.flightSize === 0) sender.flightSince = packet.time
  if (payload > sender.flightSize) sender.flightSize = payload
  sender.flightEnd = (sequence + payload) | 0
}

function followResent(sender: Side, peer: Side, packet: Packet): void {
  const { sequence, payload } = packet
  const { mss } = peer
  // A super-segment of the sending host's network card says nothing of the path.
  if (mss !== 0 && payload > mss) return
  sender.trouble ??= new Trouble()
  const { trouble } = sender
  if (trouble.tries > 0 && sequence === trouble.stuckAt) {
    if (payload < trouble.stuckSize) {
      trouble.isShrunk = true
      return
    }
    trouble.tries++
  } else if (trouble.tries === 0 || isAfter(trouble.stuckAt, sequence)) {
    trouble.stuckAt = sequence
    trouble.stuckSize = payload
    trouble.stuckSince = packet.time - sender.flightAge(packet.time)
    trouble.tries = 1
    trouble.isShrunk = false
    trouble.passedBehind = 0
    trouble.isUnheard = false
  } else return
  if (trouble.tries >= TRIES) trouble.stuck = markOf(sender, packet)
}

/**
 * Follows what the peer of `sender` acknowledges.
 * @returns whether the stuck segment got through, and what went on before proves that its size was the reason
 */
export function followAck(sender: Side, packet: Packet, found: number): boolean {
  const { trouble } = sender
  const isStuck = trouble !== null && trouble.tries > 0
  const isProven = isStuck && followStuck(sender, trouble, packet, found)
  if (sender.flightSize > 0 && !isAfter(sender.flightEnd, packet.acknowledgment)) {
    if (!isStuck && sender.flightSize > sender.largestPassed) sender.largestPassed = sender.flightSize
    sender.flightSize = 0
  }
  return isProven
}

function followStuck(sender: Side, trouble: Trouble, packet: Packet, found: number): boolean {
  if (!isAfter(packet.acknowledgment, trouble.stuckAt)) {
    // A duplicate ACK answers something that came through behind the hole.
    if ((found & A.DUPLICATE_ACK) !== 0 && sender.lastSize < trouble.stuckSize) trouble.passedBehind = sender.lastSize
    if (packet.payload > 0 || (packet.flags & FIN) !== 0) trouble.isUnheard = true
    return false
  }
  const isProven = trouble.isShrunk ? trouble.tries >= TRIES : isPassedBehind(sender, trouble, packet)
  if (isProven) return true
  trouble.tries = 0
  calm(sender)
  return false
}

/** The path was mended before the sender found a size that passes: a smaller segment, sent once, had come through behind. */
function isPassedBehind(sender: Side, trouble: Trouble, packet: Packet): boolean {
  if (trouble.tries < MANY_TRIES || sender.lastSize >= trouble.stuckSize) return false
  let isHeld = false
  eachTcpOption(packet, (kind, at, length) => {
    if (kind !== SELECTIVE_ACK) return
    // Each block is a start and an end (RFC 2018, 3).
    for (let edge = at + 4; edge < at + length; edge += 8) isHeld ||= wordAt(packet.bytes, edge) === sender.flightEnd
  })
  if (isHeld) trouble.passedBehind = sender.lastSize
  return isHeld
}

/** Whether the connection ends with a segment stuck that others, smaller ones, would not be. */
export function isBlackhole(side: Side): boolean {
  const { trouble } = side
  if (trouble === null || trouble.tries < TRIES) return false
  const passed = Math.max(side.largestPassed, trouble.passedBehind)
  return passed > 0 ? trouble.stuckSize > Math.max(passed, LEAST) : trouble.isUnheard && trouble.stuckSize >= FULL
}
