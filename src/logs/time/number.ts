// Times as bare numbers: Unix epochs in seconds to nanoseconds, TAI64N labels, and seconds since a start.
import { fractionMicros, type Stamp } from './stamp.ts'

const EPOCH = /(1\d{9})(?:\.(\d{1,9})|(\d{3})|(\d{6})|(\d{9}))?(?![\d.])/y
/** zap's console writes seconds as Go prints large numbers. */
const SCIENTIFIC = /1\.(\d{9})(\d{0,9})e\+0?9(?![\d.])/y
const TAI64N = /@4000000([0-9a-f]{9})([0-9a-f]{8})/y
const NUMBER = { lacks: 'nothing', zoned: true, offset: 0, uptime: false } as const
/** TAI was ten seconds ahead of UTC at the epoch; leap seconds since then are not undone, as daemontools does it. */
const TAI_OFFSET = 10

/** `1697048351.000001`, `1.697048351000001e+09`, `1795214763214`, `@40000000433225833b6e1a8c`. */
export function readNumber(text: string, start: number): Stamp | null {
  EPOCH.lastIndex = start
  const epoch = EPOCH.exec(text)
  if (epoch !== null) {
    const digits = epoch[2] ?? epoch[3] ?? epoch[4] ?? epoch[5] ?? ''
    const at = Number(epoch[1]) * 1_000_000 + Number(digits.slice(0, 6).padEnd(6, '0'))
    return { ...NUMBER, at, start, seconds: start + 10, end: EPOCH.lastIndex }
  }
  const scientific = scientificStamp(text, start)
  if (scientific !== null) return scientific
  TAI64N.lastIndex = start
  const tai = TAI64N.exec(text)
  if (tai === null) return null
  const seconds = Number.parseInt(tai[1] ?? '', 16) - TAI_OFFSET
  const at = seconds * 1_000_000 + Math.floor(Number.parseInt(tai[2] ?? '', 16) / 1000)
  return { ...NUMBER, at, start, seconds: start + 17, end: TAI64N.lastIndex }
}

function scientificStamp(text: string, start: number): Stamp | null {
  SCIENTIFIC.lastIndex = start
  const found = SCIENTIFIC.exec(text)
  if (found === null) return null
  const at = Number(`1${found[1]}`) * 1_000_000 + fractionMicros(found[2] ?? '')
  return { ...NUMBER, at, start, seconds: start + 11, end: SCIENTIFIC.lastIndex }
}

/** An epoch given as a number of unknown unit, as microseconds; null where it is none of the years 2001 to 2286. */
export function epochMicros(value: number): number | null {
  for (const [least, factor] of [
    [1e9, 1e6],
    [1e12, 1e3],
    [1e15, 1],
    [1e18, 1e-3],
  ] as const) {
    if (value >= least && value < least * 10) return Math.floor(value * factor + 1e-4)
  }
  return null
}

/** Seconds since a start, as a stamp without a date of its own. */
export function uptimeStamp(seconds: number, start: number, end: number): Stamp {
  const at = Math.round(seconds * 1e6)
  return { at, lacks: 'date', zoned: true, offset: null, uptime: true, start, seconds: end, end }
}
