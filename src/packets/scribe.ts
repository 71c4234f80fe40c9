// Writes down what one capture says: facts with their source, rows, and counts over time.

import {
  type ConnectionRow,
  type DnsRow,
  type Fact,
  type Fields,
  type HttpRow,
  type IcmpRow,
  type Instant,
  type NoticeCode,
  type PacketPlace,
  type PacketSink,
  Tally,
  type TlsRow,
} from '../model/index.ts'
import type { Observation, Output } from './application.ts'

/** A fact whose excerpt is put into words when somebody quotes it. */
class Statement implements Fact {
  readonly kind: string
  readonly source: number
  readonly time: Instant
  readonly quality = 'exact'
  readonly place: PacketPlace
  readonly fields: Fields
  #excerpt: string | (() => string)

  constructor({ kind, time, place, excerpt, fields }: Observation, source: number) {
    this.kind = kind
    this.source = source
    this.time = time
    this.place = place
    this.fields = fields
    this.#excerpt = excerpt
  }

  get excerpt(): string {
    if (typeof this.#excerpt !== 'string') this.#excerpt = this.#excerpt()
    return this.#excerpt
  }
}

/** Writes rows and lets facts and counts go: for what the capture holds a second time. */
class RowsOnly implements Output {
  readonly tally = new Tally()
  readonly #scribe: Scribe

  constructor(scribe: Scribe) {
    this.#scribe = scribe
  }

  fact(): void {}

  dns(row: DnsRow): void {
    this.#scribe.dns(row)
  }

  tls(row: TlsRow): void {
    this.#scribe.tls(row)
  }

  http(row: HttpRow): void {
    this.#scribe.http(row)
  }
}

export class Scribe implements Output {
  readonly tally = new Tally()
  readonly rowsOnly: Output = new RowsOnly(this)
  /** HTTP requests written so far: the difference over a call is what one connection said. */
  requests = 0
  readonly #sink: PacketSink
  readonly #source: number
  readonly #path: string

  constructor(sink: PacketSink, source: number, path: string) {
    this.#sink = sink
    this.#source = source
    this.#path = path
  }

  fact(observation: Observation): void {
    this.#sink.event(new Statement(observation, this.#source))
  }

  connection(row: ConnectionRow): void {
    this.#sink.connection(row)
  }

  dns(row: DnsRow): void {
    this.#sink.dns(row)
  }

  tls(row: TlsRow): void {
    this.#sink.tls(row)
  }

  http(row: HttpRow): void {
    this.requests++
    this.#sink.http(row)
  }

  icmp(row: IcmpRow): void {
    this.#sink.icmp(row)
  }

  journalEntry(bytes: Uint8Array, packet: number): void {
    this.#sink.journalEntry(bytes, packet)
  }

  notice(code: NoticeCode, offset: number | null, detail: string): void {
    this.#sink.notice({ source: this.#path, code, offset, detail })
  }

  /** Name of a connection that no other of the bundle has. */
  uid(flow: string): string {
    return `C${this.#source}.${flow}`
  }
}
