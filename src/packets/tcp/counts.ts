// Adds up what analysis says of the segments of a connection: the columns of its row, and the facts of each second.
import type { Packet } from '../packet.ts'
import { type Connection, type Side, type Traffic, Trouble } from './connection.ts'
import * as A from './flags.ts'
import { isAfter } from './sequence.ts'

/** A hole that is filled later than this, or half a round trip, was lost before the capture point, not reordered. */
const LATE = 3000
/** Numbers of IP packets of one connection rise in small steps, where they rise at all. */
const NEAR = 1024

/** Columns of the row: exactly what Wireshark counts. */
export function countFlags(connection: Connection, found: number): void {
  if ((found & A.RETRANSMISSION) !== 0) connection.retransmissions++
  if ((found & A.FAST_RETRANSMISSION) !== 0) connection.fastRetransmissions++
  if ((found & A.SPURIOUS_RETRANSMISSION) !== 0) connection.spuriousRetransmissions++
  if ((found & A.OUT_OF_ORDER) !== 0) connection.outOfOrder++
  if ((found & A.DUPLICATE_ACK) !== 0) connection.duplicateAcks++
  if ((found & A.LOST_SEGMENT) !== 0) connection.lostSegments++
  if ((found & A.ACKED_UNSEEN) !== 0) connection.ackedUnseen++
  if ((found & A.ZERO_WINDOW) !== 0) connection.zeroWindows++
  if ((found & A.ZERO_WINDOW_PROBE) !== 0) connection.zeroWindowProbes++
  if ((found & A.WINDOW_FULL) !== 0) connection.windowFulls++
  if ((found & A.KEEP_ALIVE) !== 0) connection.keepAlives++
}

/** Numbers of the current second, for the fact about it. Copies of packets do not count. */
export function countSecond(connection: Connection, sender: Side, packet: Packet, found: number): void {
  const { traffic } = connection
  if (packet.payload <= 0) {
    if (traffic !== null && (found & A.DUPLICATE_ACK) !== 0) traffic.duplicateAcks++
    return
  }
  if (traffic === null)
    connection.traffic = beginSecond(packet, found === 0 ? 0 : resentKind(connection, sender, packet, found))
  else addSegment(traffic, packet, found === 0 ? 0 : resentKind(connection, sender, packet, found))
}

const NEW = 0
const REORDERED = 1
const RESENT = 2

function beginSecond(packet: Packet, kind: number): Traffic {
  return {
    second: packet.second,
    place: packet.place(),
    time: packet.time,
    segments: 1,
    resent: kind === RESENT ? 1 : 0,
    outOfOrder: kind === REORDERED ? 1 : 0,
    duplicateAcks: 0,
    bytes: packet.payload,
  }
}

function addSegment(traffic: Traffic, packet: Packet, kind: number): void {
  traffic.segments++
  traffic.bytes += packet.payload
  if (kind === REORDERED) traffic.outOfOrder++
  if (kind !== RESENT) return
  traffic.resent++
  if (traffic.resent > 1) return
  traffic.place = packet.place()
  traffic.time = packet.time
}

/** Whether a data segment is new, late because it was reordered, or late because it was lost and sent again. */
function resentKind(connection: Connection, sender: Side, packet: Packet, found: number): number {
  if ((found & (A.RETRANSMISSION | A.FAST_RETRANSMISSION)) !== 0) {
    fillHole(connection, sender, packet)
    return RESENT
  }
  if ((found & A.OUT_OF_ORDER) === 0) return NEW
  const isLate = fillHole(connection, sender, packet)
  return (isSentLater(sender, packet) ?? isLate) ? RESENT : REORDERED
}

/** Whether the sender sent it after what is known of it; null where the IP identification does not tell. */
function isSentLater(sender: Side, packet: Packet): boolean | null {
  if (packet.ipId === 0 || sender.lastIpId === 0) return null
  const step = ((packet.ipId - sender.lastIpId) << 16) >> 16
  return step !== 0 && step < NEAR && step > -NEAR ? step > 0 : null
}

/** Something before this segment was not seen. @param before next sequence number until now */
export function openHole(sender: Side, packet: Packet, before: number): void {
  sender.trouble ??= new Trouble()
  const { trouble } = sender
  trouble.missed += (packet.sequence - before) | 0
  if (trouble.holeSince !== 0) return
  trouble.holeSince = packet.time
  trouble.holeStart = before
  trouble.holeEnd = packet.sequence
}

/** @returns whether the segment fills a hole that stood open for long */
function fillHole(connection: Connection, sender: Side, packet: Packet): boolean {
  const { trouble } = sender
  if (trouble === null || trouble.holeSince === 0) return false
  const end = (packet.sequence + packet.payload) | 0
  const from = isAfter(packet.sequence, trouble.holeStart) ? packet.sequence : trouble.holeStart
  const to = isAfter(end, trouble.holeEnd) ? trouble.holeEnd : end
  if (!isAfter(to, from)) return false
  const isLate = packet.time - trouble.holeSince > Math.max(LATE, connection.rtt / 2)
  trouble.missed = Math.max(0, trouble.missed - ((to - from) | 0))
  if (from === trouble.holeStart) trouble.holeStart = to
  if (!isAfter(trouble.holeEnd, trouble.holeStart)) trouble.holeSince = 0
  return isLate
}
