// Counts over time of everything in a source, whether it became an event or not: lines, severities, requests.
import type { Severity } from './event.ts'
import { type Duration, type Instant, SECOND } from './instant.ts'

/** Cells a tally may hold before its buckets grow coarser. */
const CELL_LIMIT = 60_000
const WIDTHS: readonly Duration[] = [SECOND, 10 * SECOND, 60 * SECOND, 600 * SECOND, 3600 * SECOND]
const SEVERITIES: readonly (Severity | null)[] = [null, 'trace', 'debug', 'info', 'warn', 'error', 'fatal']
const CELLS_PER_BUCKET = 2 ** 17

/** Requests of one bucket of time that had the same status and about the same duration. */
export interface RequestCell {
  readonly at: Instant
  readonly status: number
  /** Microseconds, the middle of a logarithmic class about 19 % wide; null where not logged. */
  readonly duration: Duration | null
  readonly count: number
}

export interface LineCell {
  readonly at: Instant
  readonly severity: Severity | null
  readonly count: number
}

/** A tally as data: indices of its widths, and pairs of a cell's key and count. */
export interface TallyData {
  readonly lineWidth: number
  readonly requestWidth: number
  readonly lines: Float64Array
  readonly requests: Float64Array
}

/** Counts per bucket of time; buckets are a second wide and grow to an hour so that memory stays bounded. */
export class Tally {
  #lines = new Map<number, number>()
  #requests = new Map<number, number>()
  #cells: readonly RequestCell[] | null = null
  #lineWidth = 0
  #requestWidth = 0
  /** Counts of the bucket under way by cell, and that bucket; requests of one bucket come together. */
  readonly #hot = new HotCells()
  #hotBucket = 0

  addLines(at: Instant, severity: Severity | null, count = 1): void {
    const key = Math.floor(at / this.lineWidth) * 8 + SEVERITIES.indexOf(severity)
    this.#lines.set(key, (this.#lines.get(key) ?? 0) + count)
    if (this.#lines.size > CELL_LIMIT && this.#lineWidth < WIDTHS.length - 1) this.#widenLines()
  }

  #widenLines(): void {
    const old = this.lineWidth
    this.#lineWidth++
    this.#lines = coarsen(this.#lines, 8, this.lineWidth / old)
  }

  addRequest(at: Instant, status: number, duration: Duration | null, count = 1): void {
    const bucket = Math.floor(at / (WIDTHS[this.#requestWidth] ?? SECOND))
    const cell = (status & 1023) * 128 + durationClass(duration)
    if (bucket === this.#hotBucket && this.#hot.add(cell, count)) return
    this.#cool()
    this.#hotBucket = Math.floor(at / (WIDTHS[this.#requestWidth] ?? SECOND))
    this.#hot.add(cell, count)
  }

  /** Adds what is counted of the bucket under way to the others. */
  #cool(): void {
    const width = WIDTHS[this.#requestWidth] ?? SECOND
    for (const [cell, count] of this.#hot.take()) {
      const at = this.#hotBucket * width
      this.#addCell(Math.floor(at / (WIDTHS[this.#requestWidth] ?? SECOND)), cell, count)
    }
  }

  #addCell(bucket: number, cell: number, count: number): void {
    const key = bucket * CELLS_PER_BUCKET + cell
    this.#requests.set(key, (this.#requests.get(key) ?? 0) + count)
    this.#cells = null
    if (this.#requests.size > CELL_LIMIT && this.#requestWidth < WIDTHS.length - 1) this.#widenRequests()
  }

  #widenRequests(): void {
    const old = this.requestWidth
    this.#requestWidth++
    this.#requests = coarsen(this.#requests, CELLS_PER_BUCKET, this.requestWidth / old)
  }

  /** All counts as plain data, to be sent elsewhere. */
  data(): TallyData {
    this.#cool()
    const [lineWidth, requestWidth] = [this.#lineWidth, this.#requestWidth]
    return { lineWidth, requestWidth, lines: pack(this.#lines), requests: pack(this.#requests) }
  }

  /** Adds the counts of another tally: the sum is what one tally would have come to. */
  absorb(data: TallyData): void {
    this.#cool()
    while (this.#lineWidth < data.lineWidth) this.#widenLines()
    for (const [at, severity, count] of unpack(data.lines, 8))
      this.addLines(at * (WIDTHS[data.lineWidth] ?? SECOND), SEVERITIES[severity] ?? null, count)
    while (this.#requestWidth < data.requestWidth) this.#widenRequests()
    const width = WIDTHS[data.requestWidth] ?? SECOND
    for (const [at, cell, count] of unpack(data.requests, CELLS_PER_BUCKET))
      this.#addCell(Math.floor((at * width) / this.requestWidth), cell, count)
  }

  /** Width of a bucket of lines, microseconds. */
  get lineWidth(): Duration {
    return WIDTHS[this.#lineWidth] ?? SECOND
  }

  /** Width of a bucket of requests, microseconds. */
  get requestWidth(): Duration {
    this.#cool()
    return WIDTHS[this.#requestWidth] ?? SECOND
  }

  /** Cells in order of time, then severity. */
  lines(): LineCell[] {
    return sorted(this.#lines).map(([key, count]) => ({
      at: Math.floor(key / 8) * this.lineWidth,
      severity: SEVERITIES[key % 8] ?? null,
      count,
    }))
  }

  /** Cells in order of time, then status, then duration. */
  requests(): readonly RequestCell[] {
    this.#cool()
    this.#cells ??= sorted(this.#requests).map(([key, count]) => {
      const cell = key % CELLS_PER_BUCKET
      const at = Math.floor(key / CELLS_PER_BUCKET) * this.requestWidth
      return { at, status: Math.floor(cell / 128), duration: classDuration(cell % 128), count }
    })
    return this.#cells
  }
}

const SLOTS = 256
const FREE = 2 ** 32 - 1

/** A few counters found by their number without making objects. */
class HotCells {
  readonly #cells = new Uint32Array(SLOTS).fill(FREE)
  readonly #counts = new Float64Array(SLOTS)
  #used = 0

  /** False where there is no room. */
  add(cell: number, count: number): boolean {
    let slot = (Math.imul(cell, 0x9e3779b1) >>> 24) & (SLOTS - 1)
    while (this.#cells[slot] !== cell) {
      if (this.#cells[slot] === FREE) {
        if (this.#used >= SLOTS / 2) return false
        this.#used++
        this.#cells[slot] = cell
        break
      }
      slot = (slot + 1) & (SLOTS - 1)
    }
    this.#counts[slot] = (this.#counts[slot] ?? 0) + count
    return true
  }

  /** All of them; none is left. */
  take(): [number, number][] {
    const taken: [number, number][] = []
    if (this.#used === 0) return taken
    for (const [slot, cell] of this.#cells.entries()) if (cell !== FREE) taken.push([cell, this.#counts[slot] ?? 0])
    this.#cells.fill(FREE)
    this.#counts.fill(0)
    this.#used = 0
    return taken
  }
}

/** Class 0 is unknown; classes 1 to 127 are a quarter of a power of two each, from 1 us to about an hour. */
function durationClass(duration: Duration | null): number {
  if (duration === null) return 0
  if (duration >= 1 && duration === (duration | 0)) return 1 + Math.min(126, quartersOf(duration))
  return 1 + Math.min(126, Math.round(4 * Math.log2(Math.max(1, duration))))
}

/** Where rounding goes to the next quarter of a power of two. */
const HALFWAY = Float64Array.of(2 ** (1 / 8), 2 ** (3 / 8), 2 ** (5 / 8), 2 ** (7 / 8))

/** `Math.round(4 * Math.log2(whole))` of a whole number below 2^31: no whole number lies near a half. */
function quartersOf(whole: number): number {
  const power = 31 - Math.clz32(whole)
  const share = whole / 2 ** power
  let quarters = 4 * power
  for (let at = 0; at < HALFWAY.length; at++) if (share > (HALFWAY[at] ?? 0)) quarters++
  return quarters
}

function classDuration(cell: number): Duration | null {
  return cell === 0 ? null : Math.round(2 ** ((cell - 1) / 4))
}

function coarsen(cells: ReadonlyMap<number, number>, perBucket: number, factor: number): Map<number, number> {
  const coarse = new Map<number, number>()
  for (const [key, count] of cells) {
    const next = Math.floor(Math.floor(key / perBucket) / factor) * perBucket + (key % perBucket)
    coarse.set(next, (coarse.get(next) ?? 0) + count)
  }
  return coarse
}

function sorted(cells: ReadonlyMap<number, number>): [number, number][] {
  return [...cells].sort(([a], [b]) => a - b)
}

function pack(cells: ReadonlyMap<number, number>): Float64Array {
  const packed = new Float64Array(cells.size * 2)
  let at = 0
  for (const [key, count] of cells) {
    packed[at++] = key
    packed[at++] = count
  }
  return packed
}

/** Bucket, cell within it, count. */
function* unpack(packed: Float64Array, perBucket: number): Generator<[number, number, number]> {
  for (let at = 0; at + 1 < packed.length; at += 2) {
    const key = packed[at] ?? 0
    const cell = ((key % perBucket) + perBucket) % perBucket
    yield [(key - cell) / perBucket, cell, packed[at + 1] ?? 0]
  }
}
