// Segments that are not as they were sent: a checksum that is wrong where its sender's are right.
import { folded, sum } from '../internet-sum.ts'
import { RST, SYN } from '../layers/tcp.ts'
import type { Packet } from '../packet.ts'
import { isAfter } from './sequence.ts'
import type { Side } from './side.ts'
import { SEALED } from './side-bits.ts'

/** What is larger was put together by a card or a kernel, which leaves the checksum of a part. */
const LARGEST = 1500
const CHECKSUM = 16
/** Further than any window reaches: captures whose payload was made anonymous have wrong checksums, but right numbers. */
const FAR = 1 << 20

/** Notes whether the sender of a SYN states right checksums. */
export function seal(sender: Side, packet: Packet): void {
  if (checksumOf(packet) === 'right') sender.mark(SEALED)
  else sender.unmark(SEALED)
}

/** Whether numbers jump in a segment whose checksum is wrong though its sender's are right. */
export function isDamaged(sender: Side, peer: Side, packet: Packet): boolean {
  if (!sender.has(SEALED) || (packet.flags & (SYN | RST)) !== 0) return false
  const most = packet.payload > 0 ? FAR : 0
  const jumps =
    isAfter(packet.sequence, (sender.nextSequence + most) | 0) ||
    isAfter(packet.acknowledgment, (peer.nextSequence + most) | 0)
  return jumps && checksumOf(packet) === 'wrong'
}

/** Of a segment: `open` where a card was still to finish the checksum, or where it cannot be known. */
type Checksum = 'right' | 'wrong' | 'open'

/** Looks at all bytes of a segment (RFC 9293, 3.1). */
function checksumOf(packet: Packet): Checksum {
  const { bytes, transportAt, end, reach } = packet
  const length = reach - transportAt
  if (packet.fragmented || end < reach || length < CHECKSUM + 2 || length > LARGEST) return 'open'
  const stated = ((bytes[transportAt + CHECKSUM] ?? 0) << 8) | (bytes[transportAt + CHECKSUM + 1] ?? 0)
  const carried = packet.transport + addressSum(packet)
  // Linux leaves the sum of what stands before the segment, Windows the same without its length.
  if (stated === 0 || stated === folded(carried + length) || stated === folded(carried)) return 'open'
  return folded(carried + length + sum(bytes, transportAt, reach)) === 0xffff ? 'right' : 'wrong'
}

function addressSum({ family, source4, target4, source6, target6 }: Packet): number {
  if (family === 4) return halves(source4) + halves(target4)
  let total = 0
  for (let at = 0; at < 4; at++) total += halves(source6[at] ?? 0) + halves(target6[at] ?? 0)
  return total
}

function halves(word: number): number {
  return (word >>> 16) + (word & 0xffff)
}
