// Connections that were captured on both sides of an address translation: the same SYN, sent on with other ends.
import type { Packet } from '../packet.ts'
import { wordAt } from '../word.ts'
import { eachTcpOption, TIMESTAMPS } from './options.ts'

/** A power of 2; a later SYN takes the place of an earlier one. */
const SLOTS = 1024
/** Clocks of two captures that were merged may differ somewhat. */
const WINDOW = 50_000
/** Hops between the two places. */
const HOPS = 8

/** Remembers the last SYNs. */
export class Translations {
  readonly #sequences = new Int32Array(SLOTS)
  readonly #marks = new Int32Array(SLOTS)
  readonly #ttls = new Uint8Array(SLOTS)
  readonly #times = new Float64Array(SLOTS)

  /** Whether the SYN of a new connection was seen a moment ago with other ends, some hops away: same number, and same IP identification and timestamp. */
  isSeen(packet: Packet): boolean {
    const { sequence, time, ttl } = packet
    const mark = markOf(packet)
    if (sequence === 0 || mark === 0) return false
    const slot = (sequence ^ (sequence >>> 16)) & (SLOTS - 1)
    const hops = Math.abs(ttl - (this.#ttls[slot] ?? 0))
    const isEqual = this.#sequences[slot] === sequence && this.#marks[slot] === mark
    if (isEqual && Math.abs(time - (this.#times[slot] ?? 0)) <= WINDOW) return hops > 0 && hops <= HOPS
    this.#sequences[slot] = sequence
    this.#marks[slot] = mark
    this.#ttls[slot] = ttl
    this.#times[slot] = time
    return false
  }
}

/** What chance makes equal less often than the sequence number alone; 0 where there is nothing. */
function markOf(packet: Packet): number {
  let mark = packet.ipId
  eachTcpOption(packet, (kind, at, length) => {
    if (kind === TIMESTAMPS && length === 8) mark ^= wordAt(packet.bytes, at)
  })
  return mark | 0
}
