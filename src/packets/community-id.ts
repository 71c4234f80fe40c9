// Community ID 1: the same name for the same flow in every tool (github.com/corelight/community-id-spec).
import { hash } from 'node:crypto'
import type { Addresses } from './addresses.ts'

/** Seed 0 and the lengths of what is hashed: seed, addresses, protocol, a filler, ports. */
const LENGTH_V4 = 2 + 2 * 4 + 2 + 4
const LENGTH_V6 = 2 + 2 * 16 + 2 + 4
const message = Buffer.alloc(LENGTH_V6)

/** One end of a flow: an address as one word, and a port. */
export interface End {
  readonly address: number
  readonly port: number
}

/** A flow, whichever end is named first. */
export interface Tuple {
  /** 4 or 6. */
  readonly family: number
  readonly protocol: number
  readonly ends: readonly [End, End]
}

export function communityId({ family, protocol, ends }: Tuple, addresses: Addresses): string {
  const [a, b] = ends
  const isInOrder =
    a.address === b.address ? a.port <= b.port : isBefore(a.address, b.address, family === 4 ? null : addresses)
  const low = isInOrder ? a : b
  const high = isInOrder ? b : a
  const length = family === 4 ? LENGTH_V4 : LENGTH_V6
  if (family === 4) {
    message.writeInt32BE(low.address, 2)
    message.writeInt32BE(high.address, 6)
  } else {
    message.set(addresses.bytes(low.address), 2)
    message.set(addresses.bytes(high.address), 18)
  }
  message.writeUInt16BE(protocol << 8, length - 6)
  message.writeUInt16BE(low.port, length - 4)
  message.writeUInt16BE(high.port, length - 2)
  return `1:${hash('sha1', message.subarray(0, length), 'base64')}`
}

/** In the order of their bytes. @param addresses of IPv6; null for IPv4 */
function isBefore(a: number, b: number, addresses: Addresses | null): boolean {
  if (addresses === null) return a >>> 0 < b >>> 0
  return Buffer.compare(addresses.bytes(a), addresses.bytes(b)) < 0
}
