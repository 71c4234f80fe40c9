// Whole numbers of SQLite's file format: seven bits a byte, the highest first, the last byte without the highest bit.

/** @param value below 2^49 @returns where what follows begins */
export function writeVarint(bytes: Uint8Array, at: number, value: number): number {
  const end = at + varintLength(value)
  let rest = value
  for (let place = end - 1; place >= at; place--) {
    bytes[place] = (rest % 0x80) | (place === end - 1 ? 0 : 0x80)
    rest = Math.floor(rest / 0x80)
  }
  return end
}

export function varintLength(value: number): number {
  let length = 1
  for (let rest = value; rest >= 0x80; rest /= 0x80) length++
  return length
}
