// Options of pcapng blocks, and the clock of an interface that they describe (draft-ietf-opsawg-pcapng, 3.5 and 4.2).
const END_OF_OPTIONS = 0
const TIME_RESOLUTION = 9
const TIME_OFFSET = 14
/** Largest exponents that still mean a unit of time. */
const DECIMAL_LIMIT = 18
const BINARY_LIMIT = 60
const BINARY = 0x80

/** How an interface counts time. */
export interface Timestamps {
  /** Units in a second: a power of ten or of two. */
  readonly units: bigint
  /** Seconds to add. */
  readonly offset: bigint
}

export const MICROSECONDS: Timestamps = { units: 1_000_000n, offset: 0n }

/** Where the options of a block lie. */
export interface Options {
  readonly view: DataView
  readonly littleEndian: boolean
  readonly from: number
  readonly end: number
}

/**
 * Calls `take` for each option.
 * @returns false where one is longer than its block; the options before it were given
 */
export function eachOption(options: Options, take: (code: number, at: number, length: number) => void): boolean {
  const { view, littleEndian, end } = options
  let at = options.from
  while (end - at >= 4) {
    const code = view.getUint16(at, littleEndian)
    const length = view.getUint16(at + 2, littleEndian)
    if (code === END_OF_OPTIONS) return true
    if (at + 4 + length > end) return false
    take(code, at + 4, length)
    at += 4 + ((length + 3) & ~3)
  }
  return true
}

/** Reads if_tsresol and if_tsoffset of an interface description; null where its options are damaged. */
export function readTimestamps(options: Options): Timestamps | null {
  const { view, littleEndian } = options
  let { units, offset } = MICROSECONDS
  const isWhole = eachOption(options, (code, at, length) => {
    if (code === TIME_RESOLUTION && length >= 1) units = unitsOf(view.getUint8(at)) ?? units
    if (code === TIME_OFFSET && length >= 8) offset = view.getBigInt64(at, littleEndian)
  })
  return isWhole ? { units, offset } : null
}

function unitsOf(resolution: number): bigint | null {
  const exponent = resolution & ~BINARY
  if ((resolution & BINARY) !== 0) return exponent <= BINARY_LIMIT ? 1n << BigInt(exponent) : null
  return exponent <= DECIMAL_LIMIT ? 10n ** BigInt(exponent) : null
}

/** Microseconds since 1970 of a timestamp in two words. Resolutions in use need no big integers. */
export function instantOf(high: number, low: number, timestamps: Timestamps): number {
  const { units, offset } = timestamps
  if (offset === 0n && units === 1_000_000n) return high * 4294967296 + low
  // 2^32 nanoseconds are 4294967 us and 296 ns.
  if (offset === 0n && units === 1_000_000_000n) return high * 4294967 + Math.floor((high * 296 + low) / 1000)
  const value = (BigInt(high) << 32n) | BigInt(low)
  return Number((value * 1_000_000n) / units + offset * 1_000_000n)
}
