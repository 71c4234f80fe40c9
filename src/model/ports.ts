// The ports: what one trade needs of another, so that none has to know the other.
import type { Event } from './event.ts'
import type { Instant } from './instant.ts'
import type { Notice } from './notice.ts'
import type { ConnectionRow, DnsRow, HttpRow, IcmpRow, TlsRow } from './rows.ts'
import type { Tally } from './tally.ts'
import type { LearnedMessages, WrapShape } from './wraps.ts'

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

/**
 * What is looked for in a line, from its start, and what reading goes on behind: bytes shared with others; printable ASCII up to the line's end;
 * the first `: `; a word and one space, which may have to be an address with a port, a time in brackets, `backend/server`, HAProxy's
 * times in milliseconds of which the last is the duration, a status of three digits, a size, a state of four letters; captured headers in
 * braces; the quote and first letter of a method; a text in quotes and one space; the duration in seconds behind its name, wherever that stands.
 */
export type RequestStep =
  | 'same'
  | 'printable'
  | 'message'
  | 'word'
  | 'client'
  | 'time'
  | 'server'
  | 'times'
  | 'status'
  | 'size'
  | 'state'
  | 'braces'
  | 'method'
  | 'quoted'
  | 'seconds'

/** How status and duration of requests are read from lines of one format: no part has 64 bytes or more. */
export interface RequestShape {
  /** What lines show that tell of a request, two bytes or more: others are passed over. Empty where all lines do. */
  readonly sign: Uint8Array
  readonly steps: readonly RequestStep[]
  /** What stands before the duration. */
  readonly key: Uint8Array
  /** Whether reading stops at a request with that status. */
  readonly isLeft: (status: number) => boolean
}

/** What fields of an entry are called that it is counted by: up to 64 capitals, digits and `_`. */
export interface EntryShape {
  /** Its value is a number of microseconds. */
  readonly time: Uint8Array
  /** Its value is one digit. */
  readonly level: Uint8Array
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
  /**
   * Reads requests from the lines from `from`, a line's start.
   * @param same bytes that the lines share where the shape says so
   * @returns per line its start, the status, and the duration in microseconds or `NO_DURATION`; at the end the start of the line at which it
   *   stopped, `to` when there was none. Valid until the next call.
   */
  requests(from: number, to: number, shape: RequestShape, same: Uint8Array): Uint32Array
  /**
   * Counts the entries from `from` that end before `to` and not behind `until`. Each has fields, `NAME=value` a line, or a line `NAME` with
   * 64 bits of length (little-endian), that many bytes and a line feed; an empty line ends it.
   * @returns per row of entries of one second thirteen numbers: the earliest and latest time, how many have the level 0, 1 to 9, and how many none;
   *   at the end where it stopped, before an entry that has no such time or anything unusual, and the line feeds up to there. Valid until the
   *   next call.
   */
  entries(range: EntryRange, shape: EntryShape): Float64Array
  /**
   * Reads the lines from `from`, a line's start, that wrap messages of others.
   * @returns a row of numbers (`WRAP_ROW`) for each line; of one that is left to others all but its line, end and kind is void. Valid until the
   *   next call.
   */
  wraps(range: WrapRange, shape: WrapShape, learned: LearnedMessages): Uint32Array
}

export interface WrapRange {
  readonly from: number
  readonly to: number
  /** Lines. */
  readonly most: number
}

export interface EntryRange {
  readonly from: number
  readonly to: number
  readonly until: number
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
  /** Who answers the requests of the tally; absent where nobody can tell. */
  readonly served?: Served
}

/** Of all requests of a source: the program, unit or container that answers them, and the host they ask for. Null where several do. */
export interface Served {
  readonly service: string | null
  readonly host: string | null
}
