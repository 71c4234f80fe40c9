// The offset between two sources that count the same requests: the one at which their ups and downs fall together.
import { type Duration, SECOND, type Tally } from '../../model/index.ts'

/** Requests per second, the first at `start` seconds since 1970. */
export interface Rhythm {
  readonly start: number
  readonly counts: Float64Array
  /** Of the counts before each second, and of their squares. */
  readonly sums: Float64Array
  readonly squares: Float64Array
}

/** Seconds that must overlap. */
const LEAST_OVERLAP = 20
const LEAST_REQUESTS = 30
/** Beyond this many products a comparison costs more than it is worth. */
const MOST_PRODUCTS = 20_000_000
/** Correlation from which two rhythms are held for one; how much of it another offset may reach. */
const ALIKE = 0.7
const RIVAL = 0.6
/** Standard errors by which a correlation at another offset must differ from none: of many offsets the best is looked at. */
const SURE = 6
/** Offsets nearer to the best than this belong to it: rhythms are smoothed. */
const NEAR: Duration = 5 * SECOND

/** To be added to the times of `b`; 0 where the clocks agree. Null where the rhythms say nothing. */
export function rhythmOffset(a: Rhythm, b: Rhythm, least: Duration): { offset: Duration; samples: number } | null {
  if (a.counts.length * b.counts.length > MOST_PRODUCTS) return null
  const likeness = likenessOf(a, b)
  const best = likeness.reduce((most, one) => (one.r > most.r ? one : most), { offset: 0, r: 0, n: 0 })
  if (best.r < ALIKE) return null
  const highest = (from: Duration, to: Duration) =>
    likeness.reduce((most, { offset, r }) => (offset >= from && offset <= to ? Math.max(most, r) : most), 0)
  const samples = Math.min(total(a), total(b))
  if (highest(-least, least) >= RIVAL * best.r) return { offset: 0, samples }
  if (sureness(best) < SURE) return null
  const rival = Math.max(highest(-Infinity, best.offset - NEAR), highest(best.offset + NEAR, Infinity))
  return rival > RIVAL * best.r ? null : { offset: best.offset, samples }
}

interface Likeness {
  readonly offset: Duration
  readonly r: number
  /** Seconds compared. */
  readonly n: number
}

/** How alike the two are at every offset at which they overlap enough. */
function likenessOf(a: Rhythm, b: Rhythm): Likeness[] {
  const overlap = Math.round(Math.max(LEAST_OVERLAP, Math.min(a.counts.length, b.counts.length) / 2))
  const likeness: Likeness[] = []
  for (let lag = overlap - b.counts.length; lag <= a.counts.length - overlap; lag++) {
    const n = Math.min(a.counts.length, b.counts.length + lag) - Math.max(0, lag)
    likeness.push({ offset: (a.start + lag - b.start) * SECOND, r: correlation(a, b, lag), n })
  }
  return likeness
}

/** Fisher's z in standard errors; of smoothed counts every second one is of its own. */
function sureness({ r, n }: Likeness): number {
  return Math.atanh(Math.min(r, 0.999_999)) * Math.sqrt(n / 2 - 3)
}

function total({ sums }: Rhythm): number {
  return Math.round((sums.at(-1) ?? 0) / 4)
}

/** Null where there are too few requests, or too many to be counted by the second. */
export function rhythmOf(tally: Tally): Rhythm | null {
  if (tally.requestWidth !== SECOND) return null
  const cells = tally.requests()
  const [first, last] = [cells[0]?.at, cells.at(-1)?.at]
  if (first === undefined || last === undefined) return null
  const start = Math.round(first / SECOND)
  const length = Math.round(last / SECOND) - start + 1
  if (cells.reduce((sum, { count }) => sum + count, 0) < LEAST_REQUESTS || length < LEAST_OVERLAP) return null
  if (length > MOST_PRODUCTS / LEAST_OVERLAP) return null
  const counts = new Array<number>(length).fill(0)
  for (const { at, count } of cells) {
    const second = Math.round(at / SECOND) - start
    counts[second] = (counts[second] ?? 0) + count
  }
  const smooth = smoothed(counts)
  return { start, counts: smooth, sums: sumsOf(smooth), squares: sumsOf(smooth.map((count) => count * count)) }
}

/** Clocks that are half a second apart put the same requests into two seconds. */
function smoothed(counts: readonly number[]): Float64Array {
  return Float64Array.from(counts, (count, at) => (counts[at - 1] ?? count) + 2 * count + (counts[at + 1] ?? count))
}

function sumsOf(values: Float64Array): Float64Array {
  const sums = new Float64Array(values.length + 1)
  for (const [at, value] of values.entries()) sums[at + 1] = (sums[at] ?? 0) + value
  return sums
}

/** Pearson's, over the seconds at which `b`, moved by `lag`, lies within `a`. */
function correlation(a: Rhythm, b: Rhythm, lag: number): number {
  const [from, to] = [Math.max(0, lag), Math.min(a.counts.length, b.counts.length + lag)]
  const n = to - from
  const [sumA, sumB] = [between(a.sums, from, to), between(b.sums, from - lag, to - lag)]
  const [squareA, squareB] = [between(a.squares, from, to), between(b.squares, from - lag, to - lag)]
  let products = 0
  for (let at = from; at < to; at++) products += (a.counts[at] ?? 0) * (b.counts[at - lag] ?? 0)
  const spread = (n * squareA - sumA * sumA) * (n * squareB - sumB * sumB)
  return spread <= 0 ? 0 : (n * products - sumA * sumB) / Math.sqrt(spread)
}

function between(sums: Float64Array, from: number, to: number): number {
  return (sums[to] ?? 0) - (sums[from] ?? 0)
}
