// Packets that were captured twice on their way (SPAN ports, `any` interface, bridges), told from retransmissions.

import { FIN, SYN } from './layers/tcp.ts'
import type { Packet } from './packet.ts'
import { wordAt } from './word.ts'

/** Few enough to stay in the processor's cache. */
const SLOTS = 4096
/** A retransmission takes at least the least RTO of 200 ms, a copy far less. */
const WINDOW = 50_000
/** The usual start of the options: two fillers, then timestamps (RFC 7323, appendix A). */
const TIMESTAMP_START = 0x0101080a

/** Remembers the last segments by what copies have in common; later ones push out earlier ones. */
export class Duplicates {
  readonly #signatures = new Int32Array(SLOTS)
  readonly #times = new Float64Array(SLOTS)
  count = 0

  /**
   * Whether the TCP segment was seen a moment ago: same ends, numbers, flags, length and IP identification, or timestamp
   * and checksum where the identification says nothing. Without either nothing is a duplicate.
   */
  isCopy(packet: Packet, ends: number): boolean {
    const mark = markOf(packet)
    if (mark === 0) return false
    let mixed = Math.imul(packet.sequence ^ Math.imul(packet.acknowledgment, 0x85ebca6b), 0x9e3779b1)
    mixed = Math.imul(mixed ^ ends ^ Math.imul(packet.payload + (packet.flags << 16), 0xc2b2ae35), 0x27d4eb2f)
    mixed = Math.imul(mixed ^ (mixed >>> 15) ^ mark, 0x165667b1)
    const slot = (mixed ^ (mixed >>> 16)) & (SLOTS - 1)
    const age = packet.time - (this.#times[slot] ?? 0)
    if (this.#signatures[slot] === mixed && age <= WINDOW && age >= -WINDOW) {
      this.count++
      return true
    }
    this.#signatures[slot] = mixed
    this.#times[slot] = packet.time
    return false
  }
}

/** What tells two segments apart that are equal otherwise; 0 where nothing does. */
function markOf(packet: Packet): number {
  const { bytes, transportAt, end, flags, payload } = packet
  const checksum = ((bytes[transportAt + 16] ?? 0) << 8) | (bytes[transportAt + 17] ?? 0)
  if (packet.ipId !== 0) return (packet.ipId << 16) | checksum | 1
  if (end - transportAt < 28 || wordAt(bytes, transportAt + 20) !== TIMESTAMP_START) return 0
  // Stacks that leave the identification 0 send equal pure ACKs on purpose.
  if (payload <= 0 && (flags & (SYN | FIN)) === 0) return 0
  return (wordAt(bytes, transportAt + 24) ^ (checksum << 8)) | 1
}
