// Internet addresses: which ones are public, and names for those that keep equal prefixes equal.
import { isIPv6 } from 'node:net'
import type { Pseudonyms } from './pseudonym.ts'

/** Special-purpose IPv4 blocks (RFC 6890 and the IANA registry): private, shared, loopback, documentation, reserved. */
const SPECIAL: readonly (readonly [number, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
].map(([network, bits]) => [numberOf(String(network)), Number(bits)] as const)

function numberOf(address: string): number {
  return address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0)
}

/** Of four numbers up to 255; 224.0.0.0/3 covers multicast and the reserved block that pseudonyms are taken from. */
export function isPublicIPv4(address: string): boolean {
  const octets = address.split('.')
  if (octets.length !== 4 || octets.some((octet) => !/^(?:0|[1-9]\d{0,2})$/.test(octet) || Number(octet) > 255))
    return false
  const value = numberOf(address)
  return SPECIAL.every(
    ([network, bits]) => Math.floor(value / 2 ** (32 - bits)) !== Math.floor(network / 2 ** (32 - bits)),
  )
}

/** Global unicast (2000::/3) but for the documentation blocks, which pseudonyms are taken from. */
export function isPublicIPv6(address: string): boolean {
  if (!isIPv6(address)) return false
  const [first = 0, second = 0] = hextets(address)
  return (
    first >= 0x2000 &&
    first <= 0x3fff &&
    !(first === 0x2001 && second === 0x0db8) &&
    !(first === 0x3fff && second < 0x1000)
  )
}

/**
 * An address of 240.0.0.0/4, which nobody has: equal /16 and /24 stay equal, and within a /24 no two addresses meet.
 */
export function renameIPv4(address: string, names: Pseudonyms): string {
  const [a = '', b = '', c = '', d = ''] = address.split('.')
  const top = names.bytes(`ipv4 ${a}.${b}`).readUInt16BE(0) % 4096
  const third = shuffle(Number(c), names.bytes(`ipv4 ${a}.${b} third`))
  const fourth = shuffle(Number(d), names.bytes(`ipv4 ${a}.${b}.${c} fourth`))
  return `${240 + (top >> 8)}.${top & 255}.${third}.${fourth}`
}

/** An address of 2001:db8::/32 (RFC 3849): equal /48 and /64 stay equal. */
export function renameIPv6(address: string, names: Pseudonyms): string {
  const parts = hextets(address)
  const hex = (text: string, count: number) =>
    names
      .bytes(text)
      .toString('hex')
      .slice(0, count * 4)
      .replace(/.{4}(?=.)/g, '$&:')
  const site = parts.slice(0, 3).join(':')
  const net = parts.slice(0, 4).join(':')
  return `2001:db8:${hex(`ipv6 ${site}`, 1)}:${hex(`ipv6 ${net}`, 1)}:${hex(`ipv6 ${parts.join(':')}`, 4)}`
}

/** A permutation of 0..255 that the bytes choose: four Feistel rounds of four bits. */
function shuffle(value: number, seed: Buffer): number {
  let [high, low] = [value >> 4, value & 15]
  for (let round = 0; round < 4; round++) {
    const mixed = high ^ (((seed[round * 4 + (low & 3)] ?? 0) >> (low >> 2)) & 15)
    ;[high, low] = [low, mixed]
  }
  return (high << 4) | low
}

function hextets(address: string): number[] {
  const [head = '', tail] = address.replace(/%.*$/, '').toLowerCase().split('::')
  const parts = (text: string) => (text === '' ? [] : text.split(':').flatMap(hextet))
  const [front, back] = [parts(head), tail === undefined ? [] : parts(tail)]
  return [...front, ...Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => 0), ...back]
}

/** The last part may be an IPv4 address. */
function hextet(part: string): number[] {
  if (!part.includes('.')) return [Number.parseInt(part, 16)]
  const value = numberOf(part)
  return [Math.floor(value / 65536), value % 65536]
}
