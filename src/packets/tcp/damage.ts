// Segments that are not as they were sent: a checksum that is wrong where its sender's are right.
import type { Packet } from '../packet.ts'

/** What is larger was put together by a card or a kernel, which leaves the checksum of a part. */
const LARGEST = 1500
const CHECKSUM = 16

/** Of a segment: `open` where a card was still to finish the checksum, or where it cannot be known. */
export type Checksum = 'right' | 'wrong' | 'open'

/** Looks at all bytes of a segment (RFC 9293, 3.1). */
export function checksumOf(packet: Packet): Checksum {
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

function sum(bytes: Uint8Array, from: number, to: number): number {
  let total = 0
  for (let at = from; at < to; at += 2) total += ((bytes[at] ?? 0) << 8) | (at + 1 < to ? (bytes[at + 1] ?? 0) : 0)
  return total
}

function folded(total: number): number {
  let value = total
  while (value > 0xffff) value = (value & 0xffff) + (value >>> 16)
  return value
}
