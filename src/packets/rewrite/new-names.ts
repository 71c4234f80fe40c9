// Addresses inside headers, and the names they get: the same as in the text of logs.
import { formatIpv4, formatIpv6 } from '../addresses.ts'

/** Names remembered; beyond it they are asked for again. */
const MEMORY = 65_536

/** Writes names for addresses over the addresses themselves. */
export class NewNames {
  readonly #rename: (address: string) => string
  readonly #known = new Map<string, Uint8Array>()

  /** @param rename gives an address, as text, its name, which is an address as well */
  constructor(rename: (address: string) => string) {
    this.#rename = rename
  }

  ipv4(bytes: Buffer, at: number): void {
    this.#write(bytes, at, formatIpv4(bytes.readUInt32BE(at)), (name) => name.split('.').map(Number))
  }

  ipv6(bytes: Buffer, at: number): void {
    const words = Int32Array.from({ length: 4 }, (_, index) => bytes.readInt32BE(at + index * 4))
    this.#write(bytes, at, formatIpv6(words), ipv6Bytes)
  }

  /** The bytes of an address as text, under its new name. */
  ipv4Bytes(address: string): Uint8Array {
    return Uint8Array.from(this.#rename(address).split('.').map(Number))
  }

  ipv6Bytes(address: string): Uint8Array {
    const name = this.#rename(address)
    return Uint8Array.from(ipv6Bytes(wholeIpv6(name)))
  }

  domain(name: string): string {
    return this.#rename(name)
  }

  /** Groups of stations keep their address: it names nobody. */
  mac(bytes: Buffer, at: number): void {
    const text = bytes.toString('hex', at, at + 6).replace(/..(?=.)/g, '$&:')
    const isGroup = ((bytes[at] ?? 0) & 1) === 1 || text === '00:00:00:00:00:00'
    if (!isGroup) this.#write(bytes, at, text, (name) => name.split(':').map((pair) => Number.parseInt(pair, 16)))
  }

  #write(bytes: Buffer, at: number, text: string, read: (name: string) => readonly number[]): void {
    let name = this.#known.get(text)
    if (name === undefined) {
      const given = this.#rename(text)
      name = given === text ? NOTHING : Uint8Array.from(read(given))
      if (this.#known.size >= MEMORY) this.#known.clear()
      this.#known.set(text, name)
    }
    bytes.set(name, at)
  }
}

const NOTHING = new Uint8Array(0)

/** With all its groups: `2001:db8::1` becomes `2001:db8:0:0:0:0:0:1`. */
function wholeIpv6(name: string): string {
  const [head = '', tail] = name.split('::')
  const [front, back] = [head, tail ?? ''].map((part) => part.split(':').filter((group) => group !== ''))
  const zeros = Array.from({ length: Math.max(0, 8 - (front?.length ?? 0) - (back?.length ?? 0)) }, () => '0')
  return [...(front ?? []), ...zeros, ...(back ?? [])].join(':')
}

/** Of eight groups, none of them left out. */
function ipv6Bytes(name: string): number[] {
  return name.split(':').flatMap((group) => {
    const value = Number.parseInt(group, 16)
    return [value >> 8, value & 255]
  })
}
