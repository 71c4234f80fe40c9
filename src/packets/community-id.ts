// Community ID 1: the same name for the same flow in every tool (github.com/corelight/community-id-spec).
import { hash } from 'node:crypto'
import type { Addresses } from './addresses.ts'

const SEED = 0

/** One end of a flow: an address as one word, and a port. */
export interface End {
  readonly address: number
  readonly port: number
}

/** @param family 4 or 6 */
export function communityId(family: number, protocol: number, ends: readonly [End, End], addresses: Addresses): string {
  const [a, b] = ends.map(({ address, port }) => bytesOf(family, address, port, addresses))
  const first = a !== undefined && b !== undefined && Buffer.compare(a, b) > 0 ? [b, a] : [a, b]
  const size = family === 4 ? 4 : 16
  const [low, high] = first
  if (low === undefined || high === undefined) return ''
  const message = Buffer.concat([
    Buffer.from([SEED >> 8, SEED & 255]),
    low.subarray(0, size),
    high.subarray(0, size),
    Buffer.from([protocol, 0]),
    low.subarray(size),
    high.subarray(size),
  ])
  return `1:${hash('sha1', message, 'base64')}`
}

/** Address, then port: in the order they compare. */
function bytesOf(family: number, address: number, port: number, addresses: Addresses): Buffer {
  const word = Buffer.alloc(4)
  word.writeInt32BE(address)
  return Buffer.concat([family === 4 ? word : addresses.bytes(address), Buffer.from([port >> 8, port & 255])])
}
