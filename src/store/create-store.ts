// Writes a store: rows are staged while sources are read, then the whole bundle takes its place at once.
import type {
  Analysis,
  Cause,
  ConnectionRow,
  DnsRow,
  Duration,
  Event,
  HttpRow,
  IcmpRow,
  TlsRow,
} from '../model/index.ts'
import { buildStore } from './build-store.ts'
import { replaceStore } from './replace-store.ts'
import { CONNECTIONS } from './rows/connections.ts'
import { DNS } from './rows/dns.ts'
import { EVENTS } from './rows/events.ts'
import { HTTP, type HttpOrigin } from './rows/http.ts'
import { ICMP } from './rows/icmp.ts'
import type { RowTable } from './rows/row-table.ts'
import { TLS } from './rows/tls.ts'
import { Staging } from './staging.ts'
import { isThere, openFile, requireWritable, storePath, writing } from './store-file.ts'

/** Takes rows while sources are read, in memory of fixed size. Sources are numbered as the reader likes. */
export interface StoreWriter {
  connection(source: number, row: ConnectionRow): void
  dns(source: number, row: DnsRow): void
  tls(source: number, row: TlsRow): void
  http(source: number, row: HttpRow, origin: HttpOrigin): void
  icmp(source: number, row: IcmpRow): void
  /** An event that matters; its `source` is numbered as above. */
  event(event: Event): void
  /** Moves the times of all rows that a source has so far: its clock turned out to be off by so many microseconds. */
  shift(source: number, by: Duration): void
  /**
   * Writes the store and ends. A bundle of the same SHA-256 in it is replaced, others stay.
   * @param sourceOrder index in `analysis.sources` by number while reading; rows of sources without one are left out
   */
  finish(analysis: Analysis, causes: readonly Cause[], sourceOrder: readonly number[]): void
  /** Ends without a trace. */
  abandon(): void
}

/**
 * @throws FaultlineError at once: `not-a-store` where `file` is something else, which is never overwritten;
 * `not-writable`
 */
export function createStore(file: string): StoreWriter {
  const path = storePath(file)
  requireWritable(path)
  if (isThere(path)) openFile(path).close()
  const staging = new Staging()
  const stage = <Row>(table: RowTable<Row>, source: number, row: Row) =>
    writing('temporary files', () => staging.add(table, source, row))
  return {
    connection: (source, row) => stage(CONNECTIONS, source, row),
    dns: (source, row) => stage(DNS, source, row),
    tls: (source, row) => stage(TLS, source, row),
    http: (source, request, origin) => stage(HTTP, source, { request, origin }),
    icmp: (source, row) => stage(ICMP, source, row),
    event: (event) => stage(EVENTS, event.source, event),
    shift: (source, by) => staging.shift(source, by),
    finish: (analysis, causes, sourceOrder) => {
      try {
        const build = (temporary: string) => buildStore({ path, temporary, staging, analysis, causes, sourceOrder })
        writing(path, () => replaceStore(path, build))
      } finally {
        staging.close()
      }
    },
    abandon: () => staging.close(),
  }
}
