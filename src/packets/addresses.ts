// Addresses: IPv6 ones as small numbers, all of them as text.
import type { Packet } from './packet.ts'

/** Different IPv6 addresses held at a time. */
const LIMIT = 262_144
/** Addresses whose text is remembered, of each version. */
const NAMES = 4096

interface Name {
  readonly word: number
  readonly text: string
}

/** Gives every IPv6 address a number, so that flows of both versions have keys of three words. */
export class Addresses {
  #words = new Int32Array(4 * 1024)
  #slots = new Int32Array(2048)
  #count = 0
  readonly #names4: (Name | undefined)[] = Array(NAMES).fill(undefined)
  readonly #names6: (Name | undefined)[] = Array(NAMES).fill(undefined)

  get isFull(): boolean {
    return this.#count >= LIMIT
  }

  clear(): void {
    this.#slots.fill(0)
    this.#count = 0
    this.#names6.fill(undefined)
  }

  /** @returns the number of the address in four words; the same for the same address until `clear` */
  intern(address: Int32Array): number {
    const mask = this.#slots.length - 1
    let slot = hash(address, 0) & mask
    for (;;) {
      const index = (this.#slots[slot] ?? 0) - 1
      if (index < 0) break
      if (this.#equals(index, address)) return index
      slot = (slot + 1) & mask
    }
    this.#words.set(address, this.#count * 4)
    this.#count++
    this.#slots[slot] = this.#count
    if (this.#count * 2 > mask) this.#grow()
    return this.#count - 1
  }

  /** An IPv4 address, or the IPv6 address of a number as RFC 5952 writes it. The last of each place are remembered. */
  text(family: number, word: number): string {
    const names = family === 4 ? this.#names4 : this.#names6
    const place = (Math.imul(word, 0x9e3779b1) >>> 20) & (NAMES - 1)
    const known = names[place]
    if (known !== undefined && known.word === word) return known.text
    const text = family === 4 ? formatIpv4(word) : formatIpv6(this.#words.subarray(word * 4, word * 4 + 4))
    names[place] = { word, text }
    return text
  }

  /** The sixteen bytes of the address. */
  bytes(number: number): Uint8Array {
    const bytes = new Uint8Array(16)
    const view = new DataView(bytes.buffer)
    for (let index = 0; index < 4; index++) view.setInt32(index * 4, this.#words[number * 4 + index] ?? 0)
    return bytes
  }

  #equals(index: number, address: Int32Array): boolean {
    const words = this.#words
    const at = index * 4
    return (
      words[at + 3] === address[3] &&
      words[at] === address[0] &&
      words[at + 1] === address[1] &&
      words[at + 2] === address[2]
    )
  }

  #grow(): void {
    const words = new Int32Array(this.#words.length * 2)
    words.set(this.#words)
    this.#words = words
    this.#slots = new Int32Array(this.#slots.length * 2)
    const mask = this.#slots.length - 1
    for (let index = 0; index < this.#count; index++) {
      let slot = hash(words, index * 4) & mask
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask
      this.#slots[slot] = index + 1
    }
  }
}

/** The source of a packet as one word. */
export function sourceOf(packet: Packet, addresses: Addresses): number {
  return packet.family === 4 ? packet.source4 : addresses.intern(packet.source6)
}

export function targetOf(packet: Packet, addresses: Addresses): number {
  return packet.family === 4 ? packet.target4 : addresses.intern(packet.target6)
}

export function formatAddress(family: number, word: number, addresses: Addresses): string {
  return addresses.text(family, word)
}

export function formatIpv4(word: number): string {
  return `${word >>> 24}.${(word >> 16) & 255}.${(word >> 8) & 255}.${word & 255}`
}

/** RFC 5952: lower case, no leading zeros, the longest run of zero groups shortened, the first of equal ones. */
export function formatIpv6(words: Int32Array): string {
  const groups: number[] = []
  for (const word of words) groups.push(word >>> 16, word & 0xffff)
  const { start, length } = longestRun(groups)
  const hex = groups.map((group) => group.toString(16))
  if (length < 2) return hex.join(':')
  return `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}`
}

function longestRun(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 }
  let start = 0
  for (let at = 0; at <= groups.length; at++) {
    if (groups[at] === 0) continue
    if (at - start > best.length) best = { start, length: at - start }
    start = at + 1
  }
  return best
}

function hash(words: Int32Array, at: number): number {
  const low = Math.imul((words[at + 3] ?? 0) ^ Math.imul(words[at + 2] ?? 0, 0x85ebca6b), 0x9e3779b1)
  const high = Math.imul((words[at] ?? 0) ^ Math.imul(words[at + 1] ?? 0, 0xc2b2ae35), 0x27d4eb2f)
  return (low ^ high) >>> 9
}
