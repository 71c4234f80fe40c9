// Four bytes of a packet as one number of 32 bits with a sign: addresses and sequence numbers are compared, never shown so.

/** The highest byte first. */
export function wordAt(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)
}
