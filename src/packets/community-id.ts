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

/** @param family 4 or 6 */
export function communityId(family: number, protocol: number, ends: readonly [End, End], addresses: Addresses): string {
  const [a, b] = ends
  const isOrdered = compare(family, a, b, addresses) <= 0
  const [low, high] = isOrdered ? [a, b] : [b, a]
  const length = family === 4 ? LENGTH_V4 : LENGTH_V6
  const size = family === 4 ? 4 : 16
  writeAddress(family, low.address, 2, addresses)
  writeAddress(family, high.address, 2 + size, addresses)
  message.writeUInt16BE(protocol << 8, length - 6)
  message.writeUInt16BE(low.port, length - 4)
  message.writeUInt16BE(high.port, length - 2)
  return `1:${hash('sha1', message.subarray(0, length), 'base64')}`
}

function writeAddress(family: number, address: number, at: number, addresses: Addresses): void {
  if (family === 4) message.writeInt32BE(address, at)
  else message.set(addresses.bytes(address), at)
}

/** By address, then by port. */
function compare(family: number, a: End, b: End, addresses: Addresses): number {
  if (a.address === b.address) return a.port - b.port
  if (family === 4) return (a.address >>> 0) - (b.address >>> 0)
  return Buffer.compare(addresses.bytes(a.address), addresses.bytes(b.address))
}
