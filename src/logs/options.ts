// What reading a log needs to know about it.
import type { Instant, Scanner } from '../model/index.ts'

export interface ReadLogOptions {
  /** Index put into events. */
  readonly source: number
  /** Label: a hint for format and host, and what notices name. */
  readonly path: string
  /** The first bytes, to recognise the formats by. */
  readonly head: Uint8Array
  /** A hint for years that are not written. */
  readonly modified: Instant | null
  /** Null: every record becomes an event. */
  readonly scanner: Scanner | null
  /** Zone of times that state none: IANA name or offset; null: UTC is assumed. */
  readonly zone: string | null
  /** Unpacks a whole xz stream, null where it cannot: values of journals before systemd 219 are packed so. */
  readonly unpackXz?: (packed: Uint8Array) => Promise<Uint8Array | null>
  /** Lines that count as records of their own become events of their own, whatever they go on with. */
  readonly apart?: boolean
  /** Year of the first time that states none. */
  readonly year: number | null
}
