// What analysis proves of data segments: holes, what fills them, and whether it was lost or only late.
import type { Packet } from '../packet.ts'
import * as A from './flags.ts'
import { isAfter } from './sequence.ts'
import type { Side } from './side.ts'
import { NEW, REORDERED, RESENT } from './traffic.ts'
import { calm, Trouble } from './trouble.ts'

/** A hole that is filled later than this, or half a round trip, was lost before the capture point, not reordered. */
const LATE = 3000
/** Numbers of IP packets of one connection rise in small steps, where they rise at all. */
const NEAR = 1024

/** What a data segment is of which analysis found something: NEW, REORDERED or RESENT. */
export function resentKind(sender: Side, packet: Packet, found: number): number {
  if ((found & (A.RETRANSMISSION | A.FAST_RETRANSMISSION)) !== 0) {
    fillHole(sender, packet)
    return RESENT
  }
  if ((found & A.OUT_OF_ORDER) === 0) return NEW
  const isLate = fillHole(sender, packet)
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
  trouble.missed += (packet.sequence - before) >>> 0
  if (trouble.holeSince !== 0) return
  trouble.holeSince = packet.time
  trouble.holeStart = before
  trouble.holeEnd = packet.sequence
}

/** @returns whether the segment fills a hole that stood open for long */
function fillHole(sender: Side, packet: Packet): boolean {
  const { trouble } = sender
  if (trouble === null || trouble.holeSince === 0) return false
  const end = (packet.sequence + packet.payload) | 0
  const from = isAfter(packet.sequence, trouble.holeStart) ? packet.sequence : trouble.holeStart
  const to = isAfter(end, trouble.holeEnd) ? trouble.holeEnd : end
  if (!isAfter(to, from)) return false
  const isLate = packet.time - trouble.holeSince > Math.max(LATE, sender.rtt / 2)
  trouble.missed = Math.max(0, trouble.missed - ((to - from) | 0))
  if (from === trouble.holeStart) trouble.holeStart = to
  if (!isAfter(trouble.holeEnd, trouble.holeStart)) trouble.holeSince = 0
  calm(sender)
  return isLate
}
