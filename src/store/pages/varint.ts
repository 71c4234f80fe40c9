// SQLite's numbers of variable length: seven bits a byte, the most significant first (sqlite.org/fileformat2.html, 1.6).

/** Bytes that a number below 2^53 takes. */
export function varintLength(value: number): number {
  let length = 1
  for (let left = Math.floor(value / 128); left > 0; left = Math.floor(left / 128)) length++
  return length
}

/** @returns where it ends */
export function writeVarint(bytes: Uint8Array, at: number, value: number): number {
  if (value < 128) {
    bytes[at] = value
    return at + 1
  }
  const end = at + varintLength(value)
  let left = value
  for (let place = end - 1; place >= at; place--) {
    bytes[place] = (left % 128) | (place === end - 1 ? 0 : 128)
    left = Math.floor(left / 128)
  }
  return end
}

/** A number of one or two bytes. */
export function readShortVarint(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0
  return first < 128 ? first : (first & 127) * 128 + (bytes[at + 1] ?? 0)
}
