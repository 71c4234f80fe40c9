// Requests counted over time by status and duration, with a line that stands for those of its time.
import { BUCKET_WIDTHS, CellTable, coarsen, pack, unpack } from './cell-table.ts'
import type { LinePlace } from './event.ts'
import { type Duration, type Instant, SECOND } from './instant.ts'

/** Cells there may be before buckets grow coarser. */
const CELL_LIMIT = 60_000
const [STATUSES, DURATION_CLASSES] = [1024, 128]
const CELLS_PER_BUCKET = STATUSES * DURATION_CLASSES

/** Requests of one bucket of time that had the same status and about the same duration. */
export interface RequestCell {
  readonly at: Instant
  readonly status: number
  /** Microseconds, the middle of a logarithmic class about 19 % wide; null where not logged. */
  readonly duration: Duration | null
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

/** Witnesses there may be before they stand further apart. */
const WITNESS_LIMIT = 4096
const LEAST_APART: Duration = 10 * SECOND

/** Counts as data: the index of their width, and pairs of a cell's key and count. */
export interface RequestCountsData {
  readonly width: number
  readonly cells: Float64Array
  readonly witnesses: readonly RequestWitness[]
  /** How far they stand apart. */
  readonly apart: Duration
}

/** Requests of one time by cell, while they are added. */
const pending = new Uint32Array(CELLS_PER_BUCKET)

/** Stands for a duration that was not told, where durations are whole numbers of microseconds. */
export const NO_DURATION = 0xffffffff

/** Buckets are a second wide and grow to an hour so that memory stays bounded. */
export class RequestCounts {
  #counts = new CellTable()
  #cells: readonly RequestCell[] | null = null
  #statuses: readonly RequestCell[] | null = null
  #width = 0
  /** The first of each stretch of time in the order of the file. */
  #witnesses = new Map<number, RequestWitness>()
  #apart = LEAST_APART
  #witnessed = Number.NaN

  get isEmpty(): boolean {
    return this.#counts.size === 0
  }

  /** Width of a bucket, microseconds. */
  get width(): Duration {
    return BUCKET_WIDTHS[this.#width] ?? SECOND
  }

  /** Counts a request; whether a line should be kept that stands for those of its time. */
  count(at: Instant, { status, duration }: Pick<RequestCell, 'status' | 'duration'>): boolean {
    this.add(at, status, duration)
    return this.lacksWitness(at)
  }

  add(at: Instant, status: number, duration: Duration | null, count = 1): void {
    this.#addCell(
      Math.floor(at / this.width),
      (status & (STATUSES - 1)) * DURATION_CLASSES + durationClass(duration),
      count,
    )
  }

  /** Adds requests of one time, of which `numbers` holds three each: any number, the status, the duration or `NO_DURATION`. */
  addAll(at: Instant, numbers: Uint32Array): void {
    const seen: number[] = []
    for (let index = 0; index + 2 < numbers.length; index += 3) {
      const cell =
        ((numbers[index + 1] ?? 0) & (STATUSES - 1)) * DURATION_CLASSES + durationClass(durationAt(numbers, index + 2))
      if (pending[cell] === 0) seen.push(cell)
      pending[cell] = (pending[cell] ?? 0) + 1
    }
    for (const cell of seen) {
      this.#addCell(Math.floor(at / this.width), cell, pending[cell] ?? 0)
      pending[cell] = 0
    }
  }

  #addCell(bucket: number, cell: number, count: number): void {
    const key = bucket * CELLS_PER_BUCKET + cell
    this.#counts.add(key, count)
    this.#cells = null
    this.#statuses = null
    if (this.#counts.size > CELL_LIMIT && this.#width < BUCKET_WIDTHS.length - 1) this.#widen()
  }

  #widen(): void {
    const old = this.width
    this.#width++
    this.#counts = coarsen(this.#counts, CELLS_PER_BUCKET, this.width / old)
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

  /** Cells in order of time, then status, then duration. */
  cells(): readonly RequestCell[] {
    if (this.#cells !== null) return this.#cells
    const cells: RequestCell[] = []
    this.#counts.eachInOrder((key, count) => {
      const cell = key % CELLS_PER_BUCKET
      const at = Math.floor(key / CELLS_PER_BUCKET) * this.width
      const [status, duration] = [Math.floor(cell / DURATION_CLASSES), classDuration(cell % DURATION_CLASSES)]
      cells.push({ at, status, duration, count })
    })
    this.#cells = cells
    return cells
  }

  /** The same cells, those of one time and status together: without their durations. */
  statuses(): readonly RequestCell[] {
    if (this.#statuses !== null) return this.#statuses
    const sums: { at: Instant; status: number; duration: null; count: number }[] = []
    let last = Number.NaN
    this.#counts.eachInOrder((key, count) => {
      const group = Math.floor(key / DURATION_CLASSES)
      const sum = group === last ? sums.at(-1) : undefined
      const at = Math.floor(group / STATUSES) * this.width
      if (sum === undefined) sums.push({ at, status: group % STATUSES, duration: null, count })
      else sum.count += count
      last = group
    })
    this.#statuses = sums
    return sums
  }

  data(): RequestCountsData {
    return { width: this.#width, cells: pack(this.#counts), witnesses: this.witnesses(), apart: this.#apart }
  }

  /** Adds other counts: the sum is what one would have come to. */
  absorb(data: RequestCountsData): void {
    while (this.#width < data.width) this.#widen()
    const width = BUCKET_WIDTHS[data.width] ?? SECOND
    unpack(data.cells, CELLS_PER_BUCKET, (bucket, cell, count) =>
      this.#addCell(Math.floor((bucket * width) / this.width), cell, count),
    )
    while (this.#apart < data.apart) this.#thin()
    for (const witness of data.witnesses) this.addWitness(witness)
  }
}

function durationAt(numbers: Uint32Array, at: number): Duration | null {
  const duration = numbers[at] ?? NO_DURATION
  return duration === NO_DURATION ? null : duration
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
