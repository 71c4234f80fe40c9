// The ports: what one trade needs of another, so that none has to know the other.
import type { Event } from './event.ts'
import type { Instant } from './instant.ts'
import type { Notice } from './notice.ts'
import type { ConnectionRow, DnsRow, HttpRow, IcmpRow, TlsRow } from './rows.ts'
import type { Tally } from './tally.ts'

/** What lines of one run have in common: bytes counted from the line's start, or from behind its first byte `after`. */
export interface LineShape {
  readonly after: number | null
  /** Up to 64 bytes: 255 where they are equal, 0 where they may differ. */
  readonly mask: Uint8Array
}

/** What stands around two numbers of a line: none has more than 64 bytes. */
export interface PairShape {
  /** Looked for; two bytes or more. */
  readonly sign: Uint8Array
  /** What is before the first number, which has three digits; empty where only signs are told. */
  readonly before: Uint8Array
  /** Where the sign stands in it. */
  readonly inside: number
  /** What is between it and the second, which may have a point and which a comma or a bracket follows. */
  readonly between: Uint8Array
}

/** Passes over many lines of raw bytes at once. Positions are in the scanner's `memory`. */
export interface LineKernels {
  /** Line feeds in [from, to). */
  countLines(from: number, to: number): number
  /**
   * Groups the lines from `from`, a line's start. A line that ends before the shape does is a run by itself.
   * @returns per run its start and its number of lines; at the end where to go on, `to` when all was grouped. Valid until the next call.
   */
  lineRuns(from: number, to: number, shape: LineShape): Uint32Array
  /**
   * Reads pairs of numbers from the lines from `from`, a line's start.
   * @returns per line with the sign its place, the first number, and thousandths of the second; at the end where it stopped, at a sign
   *   with other surroundings, `to` when there was none. Valid until the next call.
   */
  pairs(from: number, to: number, shape: PairShape): Uint32Array
}

/** Finds lines that can matter. */
export interface Scanner {
  /** Absent where only plain JavaScript runs. */
  readonly lines?: LineKernels
  /** Memory the scanner works on; a reader may read straight into it. */
  readonly memory: Uint8Array
  /**
   * Looks for the next place where one of the literals occurs.
   * @param bytes the text, best a view of `memory`
   * @returns byte position in `bytes` within [from, to), or -1. Which literal it was is not said: look at the whole line.
   */
  find(bytes: Uint8Array, from: number, to: number): number
}

/** Takes what a reader finds, in the order of the file. */
export interface EventSink {
  event(event: Event): void
  notice(notice: Notice): void
}

/** Takes what packets were, beside the facts. */
export interface PacketSink extends EventSink {
  connection(row: ConnectionRow): void
  dns(row: DnsRow): void
  tls(row: TlsRow): void
  http(row: HttpRow): void
  icmp(row: IcmpRow): void
  /** Bytes of one systemd journal entry found in a pcapng block, to be read as a log in export format. */
  journalEntry(bytes: Uint8Array, packet: number): void
}

/** The clock a source was read with: what was assumed to make its times UTC. */
export interface Clock {
  /** `UTC`, `+02:00`, an IANA name; null where the source states no zone and none was assumed. */
  readonly zone: string | null
  /** `date-inferred`: only times of day are written; the date is that of the file, or of sources that tell of the same hours. */
  readonly quality: 'exact' | 'zone-assumed' | 'year-inferred' | 'date-inferred' | 'none'
  /** Added to every time of the source to agree with the bundle; microseconds. */
  readonly offset: number
}

/** What reading a source came to. */
export interface SourceSummary {
  readonly reader: string
  readonly bytes: number
  /** Log records, or packets. */
  readonly records: number
  /** Share of lines (or packets) that their reader understood, 0..1. */
  readonly coverage: number
  readonly first: Instant | null
  readonly last: Instant | null
  readonly clock: Clock
  readonly tally: Tally
}
