// Large segments that never arrive while small ones do: what a path with a smaller MTU than its ends believe looks like.
import type { Packet } from '../packet.ts'
import * as A from './analysis.ts'
import type { Side } from './connection.ts'

/** Fewer repetitions are ordinary loss. */
const TRIES = 3

/** Follows the data a side sends. */
export function followSent(sender: Side, peer: Side, packet: Packet, found: number): void {
  const { sequence, payload } = packet
  if ((found & (A.RETRANSMISSION | A.FAST_RETRANSMISSION)) !== 0) followResent(sender, peer, packet)
  else {
    sender.lastSize = payload
    if (payload > sender.flightSize) sender.flightSize = payload
    sender.flightEnd = (sequence + payload) | 0
  }
}

function followResent(sender: Side, peer: Side, packet: Packet): void {
  const { sequence, payload } = packet
  // A super-segment of the sending host's network card says nothing of the path.
  if (peer.mss !== 0 && payload > peer.mss) return
  if (sender.tries > 0 && sequence === sender.stuckAt) {
    if (payload < sender.stuckSize) {
      sender.isShrunk = true
      return
    }
    sender.tries++
  } else if (sender.tries === 0 || A.isAfter(sender.stuckAt, sequence)) {
    sender.stuckAt = sequence
    sender.stuckSize = payload
    sender.tries = 1
    sender.isShrunk = false
    sender.passedBehind = 0
  } else return
  sender.stuckPlace = packet.place()
  sender.stuckTime = packet.time
}

/**
 * Follows what the peer of `sender` acknowledges.
 * @returns whether the stuck segment got through only after it was made smaller
 */
export function followAck(sender: Side, packet: Packet, found: number): boolean {
  const { acknowledgment } = packet
  if (sender.flightSize > 0 && !A.isAfter(sender.flightEnd, acknowledgment)) {
    if (sender.tries === 0) sender.largestPassed = Math.max(sender.largestPassed, sender.flightSize)
    sender.flightSize = 0
  }
  if (sender.tries === 0) return false
  if (!A.isAfter(acknowledgment, sender.stuckAt)) {
    // A duplicate ACK answers something that came through behind the hole.
    if ((found & A.DUPLICATE_ACK) !== 0 && sender.lastSize < sender.stuckSize) sender.passedBehind = sender.lastSize
    return false
  }
  const isProven = sender.isShrunk && sender.tries >= TRIES
  if (!isProven) sender.tries = 0
  return isProven
}

/** Whether the connection ends with a segment stuck that others, smaller ones, would not be. */
export function isBlackhole(side: Side): boolean {
  const passed = Math.max(side.largestPassed, side.passedBehind)
  return side.tries >= TRIES && passed > 0 && side.stuckSize > passed
}
