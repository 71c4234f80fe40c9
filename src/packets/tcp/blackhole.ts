// Large segments that never arrive while small ones do: what a path with a smaller MTU than its ends believe looks like.
import { FIN } from '../layers/tcp.ts'
import type { Packet } from '../packet.ts'
import * as A from './flags.ts'
import { markOf } from './mark-of.ts'
import { isAfter } from './sequence.ts'
import type { Side } from './side.ts'
import { Trouble } from './trouble.ts'
import type { Turn } from './turn.ts'

/** Fewer repetitions are ordinary loss. */
const TRIES = 3
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
    trouble.tries = 1
    trouble.isShrunk = false
    trouble.passedBehind = 0
    trouble.isUnheard = false
  } else return
  if (trouble.tries >= TRIES) trouble.stuck = markOf(sender, packet)
}

/**
 * Follows what the peer of `sender` acknowledges.
 * @returns whether the stuck segment got through only after it was made smaller
 */
export function followAck(sender: Side, packet: Packet, found: number): boolean {
  const { trouble } = sender
  const isStuck = trouble !== null && trouble.tries > 0
  if (sender.flightSize > 0 && !isAfter(sender.flightEnd, packet.acknowledgment)) {
    if (!isStuck && sender.flightSize > sender.largestPassed) sender.largestPassed = sender.flightSize
    sender.flightSize = 0
  }
  return isStuck && followStuck(sender, trouble, packet, found)
}

function followStuck(sender: Side, trouble: Trouble, packet: Packet, found: number): boolean {
  if (!isAfter(packet.acknowledgment, trouble.stuckAt)) {
    // A duplicate ACK answers something that came through behind the hole.
    if ((found & A.DUPLICATE_ACK) !== 0 && sender.lastSize < trouble.stuckSize) trouble.passedBehind = sender.lastSize
    if (packet.payload > 0 || (packet.flags & FIN) !== 0) trouble.isUnheard = true
    return false
  }
  const isProven = trouble.isShrunk && trouble.tries >= TRIES
  if (!isProven) trouble.tries = 0
  return isProven
}

/** Whether the connection ends with a segment stuck that others, smaller ones, would not be. */
export function isBlackhole(side: Side): boolean {
  const { trouble } = side
  if (trouble === null || trouble.tries < TRIES) return false
  const passed = Math.max(side.largestPassed, trouble.passedBehind)
  return passed > 0 ? trouble.stuckSize > passed : trouble.isUnheard && trouble.stuckSize >= FULL
}
