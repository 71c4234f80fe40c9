// Counts over time of everything in a source, whether it became an event or not: lines, severities, requests.
import { CellTable } from './cell-table.ts'
import type { LinePlace, Severity } from './event.ts'
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

/** A request of a log that stands for those of its time: what is quoted where counts are all that was kept. */
export interface RequestWitness {
  readonly at: Instant
  readonly status: number
  readonly duration: Duration | null
  readonly place: LinePlace
  readonly excerpt: string
}

/** Witnesses a tally may hold before they stand further apart. */
const WITNESS_LIMIT = 4096
const LEAST_APART: Duration = 10 * SECOND

/** A tally as data: indices of its widths, and pairs of a cell's key and count. */
export interface TallyData {
  readonly lineWidth: number
  readonly requestWidth: number
  readonly lines: Float64Array
  readonly requests: Float64Array
  readonly witnesses: readonly RequestWitness[]
  /** How far they stand apart. */
  readonly apart: Duration
}

/** Counts per bucket of time; buckets are a second wide and grow to an hour so that memory stays bounded. */
export class Tally {
  #lines = new CellTable()
  #requests = new CellTable()
  #cells: readonly RequestCell[] | null = null
  #lineWidth = 0
  #requestWidth = 0
  /** The first of each stretch of time in the order of the file. */
  #witnesses = new Map<number, RequestWitness>()
  #apart = LEAST_APART
  #witnessed = Number.NaN

  addLines(at: Instant, severity: Severity | null, count = 1): void {
    const key = Math.floor(at / this.lineWidth) * 8 + SEVERITIES.indexOf(severity)
    this.#lines.add(key, count)
    if (this.#lines.size > CELL_LIMIT && this.#lineWidth < WIDTHS.length - 1) this.#widenLines()
  }

  #widenLines(): void {
    const old = this.lineWidth
    this.#lineWidth++
    this.#lines = coarsen(this.#lines, 8, this.lineWidth / old)
  }

  addRequest(at: Instant, status: number, duration: Duration | null, count = 1): void {
    this.#addCell(Math.floor(at / this.requestWidth), (status & 1023) * 128 + durationClass(duration), count)
  }

  #addCell(bucket: number, cell: number, count: number): void {
    const key = bucket * CELLS_PER_BUCKET + cell
    this.#requests.add(key, count)
    this.#cells = null
    if (this.#requests.size > CELL_LIMIT && this.#requestWidth < WIDTHS.length - 1) this.#widenRequests()
  }

  #widenRequests(): void {
    const old = this.requestWidth
    this.#requestWidth++
    this.#requests = coarsen(this.#requests, CELLS_PER_BUCKET, this.requestWidth / old)
  }

  /** Whether nothing stands yet for requests of this time. */
  lacksWitness(at: Instant): boolean {
    const lacks = !this.isWitnessed(at)
    this.#witnessed = Math.floor(at / this.#apart)
    return lacks
  }

  /** Whether one stands for requests of this time. */
  isWitnessed(at: Instant): boolean {
    const stretch = Math.floor(at / this.#apart)
    return stretch === this.#witnessed || this.#witnesses.has(stretch)
  }

  /** Of two for one stretch of time the one that stands first in the file is kept, in whatever order they come. */
  addWitness(witness: RequestWitness): void {
    const stretch = Math.floor(witness.at / this.#apart)
    const known = this.#witnesses.get(stretch)
    if (known !== undefined && known.place.offset <= witness.place.offset) return
    this.#witnesses.set(stretch, witness)
    if (this.#witnesses.size > WITNESS_LIMIT) this.#thin()
  }

  #thin(): void {
    const all = [...this.#witnesses.values()]
    this.#apart *= 6
    this.#witnesses = new Map()
    for (const witness of all) this.addWitness(witness)
  }

  /** In order of time. */
  witnesses(): readonly RequestWitness[] {
    return [...this.#witnesses.values()].sort((a, b) => a.at - b.at || a.place.offset - b.place.offset)
  }

  /** All counts as plain data, to be sent elsewhere. */
  data(): TallyData {
    const [lineWidth, requestWidth] = [this.#lineWidth, this.#requestWidth]
    const witnesses = this.witnesses()
    return {
      lineWidth,
      requestWidth,
      lines: pack(this.#lines),
      requests: pack(this.#requests),
      witnesses,
      apart: this.#apart,
    }
  }

  /** Adds the counts of another tally: the sum is what one tally would have come to. */
  absorb(data: TallyData): void {
    while (this.#lineWidth < data.lineWidth) this.#widenLines()
    for (const [at, severity, count] of unpack(data.lines, 8))
      this.addLines(at * (WIDTHS[data.lineWidth] ?? SECOND), SEVERITIES[severity] ?? null, count)
    while (this.#requestWidth < data.requestWidth) this.#widenRequests()
    const width = WIDTHS[data.requestWidth] ?? SECOND
    for (const [at, cell, count] of unpack(data.requests, CELLS_PER_BUCKET))
      this.#addCell(Math.floor((at * width) / this.requestWidth), cell, count)
    while (this.#apart < data.apart) this.#thin()
    for (const witness of data.witnesses) this.addWitness(witness)
  }

  /** Width of a bucket of lines, microseconds. */
  get lineWidth(): Duration {
    return WIDTHS[this.#lineWidth] ?? SECOND
  }

  /** Width of a bucket of requests, microseconds. */
  get requestWidth(): Duration {
    return WIDTHS[this.#requestWidth] ?? SECOND
  }

  /** Cells in order of time, then severity. */
  lines(): LineCell[] {
    return this.#lines.sorted().map(([key, count]) => ({
      at: Math.floor(key / 8) * this.lineWidth,
      severity: SEVERITIES[key % 8] ?? null,
      count,
    }))
  }

  /** Cells in order of time, then status, then duration. */
  requests(): readonly RequestCell[] {
    this.#cells ??= this.#requests.sorted().map(([key, count]) => {
      const cell = key % CELLS_PER_BUCKET
      const at = Math.floor(key / CELLS_PER_BUCKET) * this.requestWidth
      return { at, status: Math.floor(cell / 128), duration: classDuration(cell % 128), count }
    })
    return this.#cells
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

function coarsen(cells: CellTable, perBucket: number, factor: number): CellTable {
  const coarse = new CellTable()
  cells.each((key, count) =>
    coarse.add(Math.floor(Math.floor(key / perBucket) / factor) * perBucket + (key % perBucket), count),
  )
  return coarse
}

function pack(cells: CellTable): Float64Array {
  const packed = new Float64Array(cells.size * 2)
  let at = 0
  cells.each((key, count) => {
    packed[at++] = key
    packed[at++] = count
  })
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
