// CRC-32 of the bytes of packets (IEEE 802.3), as zlib computes it.
import { crc32 } from 'node:zlib'

/** Up to here a loop is faster than the way to zlib and back. */
const SHORT = 160
const POLYNOMIAL = 0xedb88320
const TABLE = Int32Array.from({ length: 256 }, (_, index) => {
  let value = index
  for (let bit = 0; bit < 8; bit++) value = (value & 1) !== 0 ? (value >>> 1) ^ POLYNOMIAL : value >>> 1
  return value
})

/** Of bytes [start, start + length). */
export function digestOf(bytes: Uint8Array, start: number, length: number): number {
  if (length > SHORT) return crc32(bytes.subarray(start, start + length))
  let value = -1
  for (let at = start; at < start + length; at++) {
    value = (value >>> 8) ^ (TABLE[(value ^ (bytes[at] ?? 0)) & 0xff] ?? 0)
  }
  return ~value >>> 0
}
