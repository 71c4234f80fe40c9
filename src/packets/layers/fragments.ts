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
  /** Where what is missing begins and ends, by turns and in order; its end is not known before the last part. */
  missing: number[]
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
    if (datagram.missing.length > 0) return false
    const whole = assemble(datagram)
    this.#forget(key, datagram)
    packet.fragmentProtocol = datagram.protocol
    packet.bytes = whole
    packet.at = 0
    packet.end = whole.length
    packet.reach = whole.length
    return true
  }

  #begin(key: string): Datagram {
    const datagram: Datagram = { parts: [], missing: [0, Number.POSITIVE_INFINITY], bytes: 0, protocol: 0 }
    this.#open.set(key, datagram)
    return datagram
  }

  #add(datagram: Datagram, packet: Packet): void {
    const offset = packet.fragmentOffset
    const end = offset + packet.end - packet.at
    if (end > LARGEST || datagram.parts.length === PART_LIMIT) return
    const missing = without(datagram.missing, offset, packet.moreFragments ? end : Number.POSITIVE_INFINITY)
    if (missing === null) return
    datagram.missing = missing
    // A copy: the slice of a Buffer would be a view of bytes that are read over.
    const data = new Uint8Array(packet.bytes.subarray(packet.at, packet.end))
    datagram.parts.push({ offset, data })
    datagram.bytes += data.length
    this.#bytes += data.length
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

/** What is missing once all from `from` to `to` is there; null where nothing of that was missing. */
function without(missing: readonly number[], from: number, to: number): number[] | null {
  const left: number[] = []
  let found = false
  for (let at = 0; at < missing.length; at += 2) {
    const begin = missing[at] ?? 0
    const end = missing[at + 1] ?? 0
    if (begin < to && from < end) found = true
    if (begin < Math.min(end, from)) left.push(begin, Math.min(end, from))
    if (Math.max(begin, to) < end) left.push(Math.max(begin, to), end)
  }
  return found ? left : null
}

/** Where parts overlap the first received stays. */
function assemble({ parts }: Datagram): Uint8Array {
  const whole = new Uint8Array(Math.max(...parts.map(({ offset, data }) => offset + data.length)))
  for (const { offset, data } of parts.toReversed()) whole.set(data, offset)
  return whole
}
