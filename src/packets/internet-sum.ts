// The sum of 16-bit words that the checksums of the internet protocols are the complement of (RFC 1071).

/** Of the bytes [from, to); behind an odd number of them stands a zero. */
export function sum(bytes: Uint8Array, from: number, to: number): number {
  let total = 0
  for (let at = from; at + 1 < to; at += 2) total += ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
  return (to - from) % 2 === 1 ? total + ((bytes[to - 1] ?? 0) << 8) : total
}

/** The sum in 16 bits, what is carried added. */
export function folded(total: number): number {
  let value = total
  while (value > 0xffff) value = (value & 0xffff) + Math.floor(value / 0x10000)
  return value
}
