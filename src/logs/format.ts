// The shape of a log format: one file, one line in the catalogue.
import type { RequestStep, WrapHeader } from '../model/index.ts'
import type { AccessRequest, Reading } from './reading.ts'

/** Reads one line, or a whole record of several; null where the line is none of the format's. */
export interface LineReader {
  (line: string): Reading | null
  /** As `measure` of the format, where earlier lines say which part of a line is which. */
  readonly measure?: Measure
}

/** A format with a reader for one source. */
export interface Opened {
  readonly format: LogFormat
  readonly read: LineReader
}

/** What a request is counted by. */
export type Measured = Pick<AccessRequest, 'status' | 'duration' | 'begins'>

/** Where the parts of a wrapper's line stand in its bytes. */
export interface Parts {
  /** The time, its zone, and what is behind it. */
  time: number
  zone: number
  end: number
  /** The message. */
  body: number
  bodyEnd: number
  /** The message is part of a JSON string, and some of its signs are written as escapes. */
  isEscaped: boolean
  /** As `writer` of the format names him. */
  writer: string
}

/** Before any line was looked at. */
export function partsAtRest(): Parts {
  return { time: 0, zone: 0, end: 0, body: 0, bodyEnd: 0, isEscaped: false, writer: '' }
}

/** Finds the parts of the line [from, to); false where only the reader can. */
export type PartsOf = (bytes: Buffer, from: number, to: number, parts: Parts) => boolean

/** Status and duration of the line [from, to); null where only the reader can tell. */
export type Measure = (bytes: Uint8Array, from: number, to: number) => Measured | null

export interface LogFormat {
  /** `nginx-access`: rules may ask for it whole or by its first word. */
  readonly name: string
  /**
   * What a line is that follows and that no format reads: the rest of this record (`header`), or something else (`line`).
   * A `soft` format is asked only where the source has no times at all.
   */
  readonly frame: 'header' | 'line' | 'soft'
  /** The reader is asked again with all lines of a record, joined by newlines. */
  readonly rereads?: boolean
  /** How the lines begin that the reader remembers, records of their own: others may be skipped. The first byte is always the same. */
  readonly heeds?: { readonly first: number; readonly beginning: RegExp }
  /** The reader remembers earlier lines: no line may be skipped. */
  readonly sequential?: boolean
  /** Asked only where the head of the source holds lines of it, and then by the reader that has seen the head. */
  readonly early?: boolean
  /** Who wrote a line, where one source holds the lines of several; null where it is none of the format's. */
  readonly writer?: (line: string) => string | null
  /** Lines count as records of their own even where they join the record before. */
  readonly countsEach?: boolean
  /** None of its lines goes on with the record before. */
  readonly alone?: boolean
  /** Messages of other formats may be lines of this one. */
  readonly nests?: boolean
  /** Status and duration of the line [from, to), all of it printable ASCII, as the reader tells them; null where only the reader can. */
  readonly measure?: Measure
  /** The same step by step, for lines that are read together: some may be left. */
  readonly steps?: readonly RequestStep[]
  /**
   * Its lines carry a time and whole messages of other formats, and its reader remembers nothing: where `goesOn` says so of the messages
   * a line joins the record before, and a line whose parts are found joins nothing else.
   */
  readonly wraps?: PartsOf
  /** The same of its commonest lines, for passes over many of them. */
  readonly wrapHeader?: WrapHeader
  /** Other formats read what it wraps together with its time: only lines that are known to begin records do so. */
  readonly isOthers?: boolean
  /** What the first sign of all it reads can be, of an indented line the first blank with the first other sign. Anything where it is left out. */
  readonly begins?: RegExp
  /** Lines of its own may be indented; those of all others that are go on with the line before. */
  readonly indents?: true
  /** Lines it reads. */
  readonly takes: readonly string[]
  /** Lines that look alike and are not its own. */
  readonly leaves: readonly string[]
  /** A reader for one source. */
  readonly open: () => LineReader
}
