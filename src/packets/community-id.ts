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
  const bytes = (address: number) => (family === 4 ? fourBytes(address) : addresses.bytes(address))
  const order = a.address === b.address ? a.port - b.port : Buffer.compare(bytes(a.address), bytes(b.address))
  const [low, high] = order <= 0 ? [a, b] : [b, a]
  const length = family === 4 ? LENGTH_V4 : LENGTH_V6
  message.set(bytes(low.address), 2)
  message.set(bytes(high.address), family === 4 ? 6 : 18)
  message.writeUInt16BE(protocol << 8, length - 6)
  message.writeUInt16BE(low.port, length - 4)
  message.writeUInt16BE(high.port, length - 2)
  return `1:${hash('sha1', message.subarray(0, length), 'base64')}`
}

function fourBytes(address: number): Uint8Array {
  return Uint8Array.of(address >>> 24, address >> 16, address >> 8, address)
}
