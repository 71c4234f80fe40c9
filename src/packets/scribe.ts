// Writes down what one capture says: facts with their source, rows, and counts over time.

import {
  type ConnectionRow,
  type DnsRow,
  type HttpRow,
  type IcmpRow,
  type NoticeCode,
  type PacketSink,
  Tally,
  type TlsRow,
} from '../model/index.ts'
import type { Observation, Output } from './application.ts'

export class Scribe implements Output {
  readonly tally = new Tally()
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
    const { kind, time, place, excerpt, fields } = observation
    this.#sink.event({ kind, source: this.#source, time, quality: 'exact', place, excerpt, fields })
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
