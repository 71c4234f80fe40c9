// The CRC-32 of two runs of bytes, one behind the other, from those of each (the way of zlib's `crc32_combine`).

/** The polynomial of CRC-32, bits reversed: x^32 as a remainder. */
const POLYNOMIAL = 0xedb88320
const ONE = 0x80000000

/** @param length of the second run, in bytes */
export function joinedCrc(first: number, second: number, length: number): number {
  return (product(first, afterBytes(length)) ^ second) >>> 0
}

/** x^(8 * length): what so many bytes behind it make of a checksum. */
function afterBytes(length: number): number {
  let power = ONE
  let square = ONE >>> 8
  for (let left = length; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) power = product(power, square)
    square = product(square, square)
  }
  return power
}

/** Of two polynomials over the field of two elements, the highest bit being x^0. */
function product(a: number, b: number): number {
  let sum = 0
  let shifted = b
  for (let bit = ONE; bit !== 0; bit >>>= 1) {
    if ((a & bit) !== 0) sum ^= shifted
    shifted = (shifted & 1) === 0 ? shifted >>> 1 : (shifted >>> 1) ^ POLYNOMIAL
  }
  return sum >>> 0
}
