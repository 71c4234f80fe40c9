// Datagrams that were sent in parts: kept until they are whole, within bounds.
import type { Packet } from '../packet.ts'

/** Datagrams waited for at the same time. */
const DATAGRAM_LIMIT = 1024
/** Bytes kept of all of them. */
const BYTE_LIMIT = 16 * 1024 * 1024
/** What IP can carry. */
const LARGEST = 65_535
const PART_LIMIT = 1024

interface Part {
  readonly offset: number
  readonly data: Uint8Array
}

interface Datagram {
  readonly parts: Part[]
  /** Known once the last part was seen; -1 before. */
  total: number
  bytes: number
  /** Of the first part: what the datagram is. */
  protocol: number
}

/** Puts datagrams together. The oldest are given up where too many are open. */
export class Fragments {
  #open = new Map<string, Datagram>()
  #bytes = 0
  /** Datagrams that were given up. */
  evicted = 0

  /**
   * Takes the part that `packet` stands at.
   * @returns whether the walk goes on: the packet then stands at the start of the whole datagram,
   *   or at a first part that was cut by the capture and can never become whole
   */
  join(packet: Packet): boolean {
    if (packet.end < packet.reach) {
      packet.fragmented = true
      return packet.fragmentOffset === 0
    }
    const key = keyOf(packet)
    const datagram = this.#open.get(key) ?? this.#begin(key)
    this.#add(datagram, packet)
    const whole = assemble(datagram)
    if (whole === null) return false
    this.#forget(key, datagram)
    packet.fragmentProtocol = datagram.protocol
    packet.bytes = whole
    packet.at = 0
    packet.end = whole.length
    packet.reach = whole.length
    return true
  }

  #begin(key: string): Datagram {
    const datagram: Datagram = { parts: [], total: -1, bytes: 0, protocol: 0 }
    this.#open.set(key, datagram)
    return datagram
  }

  #add(datagram: Datagram, packet: Packet): void {
    // A copy: the slice of a Buffer would be a view of bytes that are read over.
    const data = new Uint8Array(packet.bytes.subarray(packet.at, packet.end))
    const offset = packet.fragmentOffset
    if (offset + data.length > LARGEST || datagram.parts.length === PART_LIMIT) return
    datagram.parts.push({ offset, data })
    datagram.bytes += data.length
    this.#bytes += data.length
    if (!packet.moreFragments) datagram.total = offset + data.length
    if (offset === 0) datagram.protocol = packet.fragmentProtocol
    this.#bound()
  }

  #bound(): void {
    for (const [key, datagram] of this.#open) {
      if (this.#open.size <= DATAGRAM_LIMIT && this.#bytes <= BYTE_LIMIT) return
      this.#forget(key, datagram)
      this.evicted++
    }
  }

  #forget(key: string, datagram: Datagram): void {
    if (this.#open.delete(key)) this.#bytes -= datagram.bytes
  }
}

function keyOf(packet: Packet): string {
  const ends =
    packet.family === 4 ? `${packet.source4} ${packet.target4}` : `${packet.source6.join()} ${packet.target6.join()}`
  // The protocol belongs to the key in IPv4 only (RFC 791, 3.2 and RFC 8200, 4.5).
  return `${ends} ${packet.fragmentId} ${packet.family === 4 ? packet.fragmentProtocol : ''}`
}

/** Null as long as something is missing; where parts overlap the first received stays. */
function assemble(datagram: Datagram): Uint8Array | null {
  const { total, bytes, parts } = datagram
  if (total < 0 || bytes < total) return null
  const sorted = parts.toSorted((a, b) => a.offset - b.offset)
  let reached = 0
  for (const part of sorted) {
    if (part.offset > reached) return null
    reached = Math.max(reached, part.offset + part.data.length)
  }
  if (reached < total) return null
  const whole = new Uint8Array(Math.max(total, reached))
  for (const part of parts.toReversed()) whole.set(part.data, part.offset)
  return whole.subarray(0, total)
}
