// The options behind a TCP header (RFC 9293, 3.1): which of them is where.
import type { Packet } from '../packet.ts'

const SHORTEST_HEADER = 20
const END_OF_OPTIONS = 0
const NO_OPERATION = 1

export const SEGMENT_SIZE = 2
export const WINDOW_SCALE = 3
export const SELECTIVE_ACK = 5
export const TIMESTAMPS = 8

/** Calls `take` for each option that is there as a whole: its kind, where its value starts, and how long that is. */
export function eachTcpOption(packet: Packet, take: (kind: number, at: number, length: number) => void): void {
  const { bytes, transportAt, end, headerLength } = packet
  const stop = Math.min(transportAt + headerLength, end)
  let at = transportAt + SHORTEST_HEADER
  while (at < stop) {
    const kind = bytes[at]
    if (kind === undefined || kind === END_OF_OPTIONS) return
    if (kind === NO_OPERATION) {
      at++
      continue
    }
    const length = bytes[at + 1] ?? 0
    if (length < 2 || at + length > stop) return
    take(kind, at + 2, length - 2)
    at += length
  }
}
