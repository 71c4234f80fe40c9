// What Wireshark says of a segment: the flags of tcp.analysis, in its order and with its conditions (4.0, packet-tcp.c).
import { ACK, FIN, RST, SYN } from '../layers/tcp.ts'
import type { Packet } from '../packet.ts'
import {
  ACKED_UNSEEN,
  DUPLICATE_ACK,
  FAST_RETRANSMISSION,
  KEEP_ALIVE,
  KEEP_ALIVE_ACK,
  LOST_SEGMENT,
  OUT_OF_ORDER,
  RETRANSMISSION,
  SPURIOUS_RETRANSMISSION,
  WINDOW_FULL,
  WINDOW_UPDATE,
  ZERO_WINDOW,
  ZERO_WINDOW_PROBE,
  ZERO_WINDOW_PROBE_ACK,
} from './flags.ts'
import { isAfter } from './sequence.ts'
import type { Side } from './side.ts'

/** A fast retransmission follows its duplicate ACKs within this time. */
const FAST = 20_000
/** Out of order rather than sent again, where the round-trip time is unknown. */
const REORDERING = 3000
const UNKNOWN_SCALE = -1
/** Wireshark sets its unsigned count of duplicate ACKs to -1, the largest of all, where data it did not see was acknowledged. */
const MANY = 2 ** 30

/**
 * Looks at one segment whose length is known.
 * @param forward the side that sent it
 * @returns flags
 */
export function analyse(forward: Side, reverse: Side, packet: Packet): number {
  learnBase(forward, reverse, packet)
  let found = isZeroWindowProbe(forward, reverse, packet) ? ZERO_WINDOW_PROBE : forwardFlags(forward, reverse, packet)
  if (packet.acknowledgment !== forward.lastAck) forward.duplicateAcks = 0
  if ((packet.flags & ACK) !== 0) found |= unseen(reverse, packet.acknowledgment)
  if ((packet.payload > 0 || (packet.flags & (SYN | FIN)) !== 0) && (found & KEEP_ALIVE) === 0) {
    found |= resent(forward, reverse, packet)
  }
  advance(forward, packet, found)
  return found
}

function learnBase(forward: Side, reverse: Side, packet: Packet): void {
  if (!forward.isBaseKnown) {
    forward.base = (packet.flags & SYN) !== 0 ? packet.sequence : (packet.sequence - 1) | 0
    forward.isBaseKnown = true
  }
  if (!reverse.isBaseKnown && (packet.flags & ACK) !== 0) {
    reverse.base = (packet.acknowledgment - 1) | 0
    reverse.isBaseKnown = true
  }
}

function isZeroWindowProbe(forward: Side, reverse: Side, packet: Packet): boolean {
  return packet.payload === 1 && reverse.window === 0 && packet.sequence === forward.nextSequence
}

function forwardFlags(forward: Side, reverse: Side, packet: Packet): number {
  const { sequence, payload, flags, window } = packet
  const { nextSequence } = forward
  const isPlain = (flags & (SYN | FIN | RST)) === 0
  let found = 0
  if (window === 0 && isPlain) found |= ZERO_WINDOW
  if (nextSequence !== 0 && isAfter(sequence, nextSequence) && (flags & RST) === 0) found |= LOST_SEGMENT
  if (!isPlain) return found
  if (payload <= 1 && sequence === ((nextSequence - 1) | 0)) found |= KEEP_ALIVE
  if (payload > 0) return isWindowFull(reverse, packet) ? found | WINDOW_FULL : found
  return found | pureAckFlags(forward, reverse, packet)
}

function isWindowFull(reverse: Side, packet: Packet): boolean {
  if (reverse.scale === UNKNOWN_SCALE) return false
  const scale = reverse.isFirstAck || reverse.scale < 0 ? 0 : reverse.scale
  return ((packet.sequence + packet.payload) | 0) === ((reverse.lastAck + (reverse.window << scale)) | 0)
}

/** Of a segment without payload that repeats sequence and acknowledgment of the one before it. */
function pureAckFlags(forward: Side, reverse: Side, packet: Packet): number {
  if (packet.sequence !== forward.nextSequence || packet.acknowledgment !== forward.lastAck) return 0
  const { window } = packet
  if (window !== forward.window) return window !== 0 ? WINDOW_UPDATE : 0
  if (window === 0) return (reverse.lastFlags & ZERO_WINDOW_PROBE) !== 0 ? ZERO_WINDOW_PROBE_ACK : 0
  if ((reverse.lastFlags & KEEP_ALIVE) !== 0) return KEEP_ALIVE_ACK
  forward.duplicateAcks = forward.duplicateAcks === MANY ? 1 : forward.duplicateAcks + 1
  return DUPLICATE_ACK
}

/** An acknowledgment of what the capture does not have; told once for the same gap. */
function unseen(reverse: Side, acknowledgment: number): number {
  if (reverse.edge === 0 || !isAfter(acknowledgment, reverse.edge)) return 0
  if (isAfter(reverse.nextSequence, reverse.edge)) {
    reverse.edge = reverse.nextSequence
    return ACKED_UNSEEN
  }
  const isNew = reverse.duplicateAcks === 0
  reverse.duplicateAcks = MANY
  return isNew ? ACKED_UNSEEN : 0
}

function resent(forward: Side, reverse: Side, packet: Packet): number {
  const { sequence, payload, time } = packet
  const { nextSequence } = forward
  const end = (sequence + payload) | 0
  if (payload > 0 && reverse.lastAck !== 0 && !isAfter(end, reverse.lastAck)) return SPURIOUS_RETRANSMISSION
  // New data one below the next number follows a zero window probe.
  const isProbed = payload > 1 && sequence === ((nextSequence - 1) | 0)
  if (nextSequence === 0 || !isAfter(nextSequence, sequence) || isProbed) return 0
  if (reverse.duplicateAcks >= 2 && reverse.lastAck === sequence && isWithin(time - reverse.lastTime, FAST))
    return FAST_RETRANSMISSION
  const { rtt } = forward
  const reordering = rtt === 0 ? REORDERING : rtt
  const endsThere = nextSequence === (((packet.flags & (SYN | FIN)) !== 0 ? end + 1 : end) | 0)
  // A negative time is a large one in Wireshark's unsigned arithmetic.
  if (!endsThere && (rtt < 0 || isWithin(time - forward.nextSequenceTime, reordering))) return OUT_OF_ORDER
  return RETRANSMISSION
}

function advance(forward: Side, packet: Packet, found: number): void {
  const { sequence, payload, flags } = packet
  if ((found & ZERO_WINDOW_PROBE) === 0) {
    const next = (sequence + payload + ((flags & (SYN | FIN)) !== 0 ? 1 : 0)) | 0
    if (forward.nextSequence === 0 || isAfter(next, forward.nextSequence)) {
      forward.nextSequence = next
      forward.nextSequenceTime = packet.time
    }
    if (forward.edge === 0 || sequence === forward.edge) forward.edge = forward.nextSequence
  }
  forward.window = packet.window
  forward.lastAck = packet.acknowledgment
  forward.lastTime = packet.time
  forward.lastFlags = found
}

function isWithin(time: number, limit: number): boolean {
  return time >= 0 && time < limit
}
