// Adds up what analysis says of the segments of a connection: the columns of its row, and the facts of each second.
import type { Packet } from '../packet.ts'
import * as A from './analysis.ts'
import type { Connection, Side } from './connection.ts'

/** A hole that is filled later than this, or half a round trip, was lost before the capture point, not reordered. */
const LATE = 3000

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
  if ((found & A.DUPLICATE_ACK) !== 0) connection.secondDuplicateAcks++
  if (packet.payload <= 0) return
  const isLate = (found & A.OUT_OF_ORDER) !== 0 && fillHole(connection, sender, packet)
  const isResent = isLate || (found & (A.RETRANSMISSION | A.FAST_RETRANSMISSION)) !== 0
  connection.secondSegments++
  connection.secondBytes += packet.payload
  if ((found & A.OUT_OF_ORDER) !== 0 && !isLate) connection.secondOutOfOrder++
  if (isResent && !isLate) fillHole(connection, sender, packet)
  if (isResent) connection.secondResent++
  if (connection.secondPlace === null || (isResent && connection.secondResent === 1)) {
    connection.secondPlace = packet.place()
    connection.secondTime = packet.time
  }
}

/** Something before this segment was not seen. @param before next sequence number until now */
export function openHole(sender: Side, packet: Packet, before: number): void {
  sender.missed += (packet.sequence - before) | 0
  if (sender.holeSince !== 0) return
  sender.holeSince = packet.time
  sender.holeStart = before
  sender.holeEnd = packet.sequence
}

/** @returns whether the segment fills a hole that stood open for long */
function fillHole(connection: Connection, sender: Side, packet: Packet): boolean {
  if (sender.holeSince === 0) return false
  const end = (packet.sequence + packet.payload) | 0
  const from = A.isAfter(packet.sequence, sender.holeStart) ? packet.sequence : sender.holeStart
  const to = A.isAfter(end, sender.holeEnd) ? sender.holeEnd : end
  if (!A.isAfter(to, from)) return false
  const isLate = packet.time - sender.holeSince > Math.max(LATE, connection.rtt / 2)
  sender.missed = Math.max(0, sender.missed - ((to - from) | 0))
  if (from === sender.holeStart) sender.holeStart = to
  if (!A.isAfter(sender.holeEnd, sender.holeStart)) sender.holeSince = 0
  return isLate
}
