// Counts over time of everything in a source, whether it became an event or not: lines, severities, requests.
import { BUCKET_WIDTHS, CellTable, coarsen, pack, unpack } from './cell-table.ts'
import type { Severity } from './event.ts'
import { type Duration, type Instant, SECOND } from './instant.ts'
import { type RequestCell, RequestCounts, type RequestCountsData, type RequestWitness } from './request-counts.ts'

/** Cells a tally may hold before its buckets grow coarser. */
const CELL_LIMIT = 60_000
const SEVERITIES: readonly (Severity | null)[] = [null, 'trace', 'debug', 'info', 'warn', 'error', 'fatal']

export interface LineCell {
  readonly at: Instant
  readonly severity: Severity | null
  readonly count: number
}

/** A tally as data: the index of its width, and pairs of a cell's key and count. */
export interface TallyData {
  readonly lineWidth: number
  readonly lines: Float64Array
  readonly servers: RequestCountsData
  readonly applications: RequestCountsData
  readonly clients: RequestCountsData
}

/** Counts per bucket of time; buckets are a second wide and grow to an hour so that memory stays bounded. */
export class Tally {
  /** Requests that access logs, proxies and packets tell of. */
  readonly servers: RequestCounts
  /** Requests that applications tell of among other things: a server before them may tell of the same. */
  readonly applications = new RequestCounts()
  /** Requests as whoever asked recorded them: beside what servers and applications tell, never in their stead. */
  readonly clients = new RequestCounts()
  #lines = new CellTable()
  #lineWidth = 0
  #isOfClient = false

  constructor(servers = new RequestCounts()) {
    this.servers = servers
  }

  addLines(at: Instant, severity: Severity | null, count = 1): void {
    const key = Math.floor(at / this.lineWidth) * 8 + SEVERITIES.indexOf(severity)
    this.#lines.add(key, count)
    if (this.#lines.size > CELL_LIMIT && this.#lineWidth < BUCKET_WIDTHS.length - 1) this.#widenLines()
  }

  #widenLines(): void {
    const old = this.lineWidth
    this.#lineWidth++
    this.#lines = coarsen(this.#lines, 8, this.lineWidth / old)
  }

  addRequest(at: Instant, status: number, duration: Duration | null, count = 1): void {
    this.servers.add(at, status, duration, count)
  }

  lacksWitness(at: Instant): boolean {
    return this.servers.lacksWitness(at)
  }

  isWitnessed(at: Instant): boolean {
    return this.servers.isWitnessed(at)
  }

  addWitness(witness: RequestWitness): void {
    this.servers.addWitness(witness)
  }

  witnesses(): readonly RequestWitness[] {
    return this.servers.witnesses()
  }

  requests(): readonly RequestCell[] {
    return this.servers.cells()
  }

  /** Without durations: fewer cells. */
  statuses(): readonly RequestCell[] {
    return this.servers.statuses()
  }

  /** Width of a bucket of requests, microseconds. */
  get requestWidth(): Duration {
    return this.servers.width
  }

  /** The same tally where nothing but the applications tells of requests. */
  byApplications(): Tally {
    return this.#by(this.applications)
  }

  /** The same tally where nothing but the clients tells of requests. */
  byClients(): Tally {
    const tally = this.#by(this.clients)
    tally.#isOfClient = true
    return tally
  }

  /** Whether its requests are those of one client: how often it asks tells nothing of how often a server is asked. */
  get isOfClient(): boolean {
    return this.#isOfClient
  }

  #by(requests: RequestCounts): Tally {
    const tally = new Tally(requests)
    tally.#lines = this.#lines
    tally.#lineWidth = this.#lineWidth
    return tally
  }

  /** All counts as plain data, to be sent elsewhere. */
  data(): TallyData {
    const [servers, applications, clients] = [this.servers.data(), this.applications.data(), this.clients.data()]
    return { lineWidth: this.#lineWidth, lines: pack(this.#lines), servers, applications, clients }
  }

  /** Adds the counts of another tally: the sum is what one tally would have come to. */
  absorb(data: TallyData): void {
    while (this.#lineWidth < data.lineWidth) this.#widenLines()
    const width = BUCKET_WIDTHS[data.lineWidth] ?? SECOND
    unpack(data.lines, 8, (bucket, severity, count) =>
      this.addLines(bucket * width, SEVERITIES[severity] ?? null, count),
    )
    this.servers.absorb(data.servers)
    this.applications.absorb(data.applications)
    this.clients.absorb(data.clients)
  }

  /** Width of a bucket of lines, microseconds. */
  get lineWidth(): Duration {
    return BUCKET_WIDTHS[this.#lineWidth] ?? SECOND
  }

  /** Cells in order of time, then severity. */
  lines(): LineCell[] {
    const cells: LineCell[] = []
    this.#lines.eachInOrder((key, count) => {
      cells.push({ at: Math.floor(key / 8) * this.lineWidth, severity: SEVERITIES[key % 8] ?? null, count })
    })
    return cells
  }
}
