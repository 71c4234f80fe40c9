// What a report is made from: the analysis as the store gives it back, with what a ticket asks for beside it.
import type { Analysis } from './analysis.ts'
import type { Instant } from './instant.ts'
import type { ConnectionRow } from './rows.ts'

/** A request that failed, by its id: what support asks for first. */
export interface RequestLine {
  readonly requestId: string
  readonly time: Instant | null
  readonly source: string
  readonly line: number | null
  readonly excerpt: string
}

/** The complete text of the first error record of the root cause, its stack included. */
export interface StackTrace {
  readonly source: string
  readonly line: number
  readonly lineEnd: number
  readonly text: string
}

/** A number in the report and the SQL that gives it again. */
export interface Provenance {
  readonly figure: string
  readonly sql: string
}

/** What was taken out before the report left the machine: pieces per class. Never the values, never the key. */
export interface RedactionNote {
  readonly profile: 'strict' | 'internal' | 'none'
  readonly counts: Readonly<Record<string, number>>
}

export interface Report {
  readonly analysis: Analysis
  /** Absent where nothing was asked to be redacted. */
  readonly redaction?: RedactionNote
  /** At most 20, oldest first. */
  readonly requests: readonly RequestLine[]
  readonly firstStack: StackTrace | null
  /** The connections that the root causes name; at most 10, earliest first. */
  readonly connections: readonly (ConnectionRow & { readonly source: number })[]
  readonly provenance: readonly Provenance[]
  /** Versions of components found in the bundle: name, version, where. */
  readonly versions: readonly { readonly name: string; readonly version: string; readonly source: string }[]
}

/** Turns a report into one format. */
export interface Renderer {
  /** Name on the command line: `markdown`, `html`, `json`, `sarif`, `text`, `eml`. */
  readonly format: string
  /** Suffix of a file of this format, without the dot. */
  readonly suffix: string
  /** Text of the whole report, at most `maxBytes` of UTF-8 where the format can leave blocks out. */
  render(report: Report, options: RenderOptions): string
}

export interface RenderOptions {
  readonly maxBytes: number | null
  /** Columns of the terminal, for plain text. */
  readonly width: number
  readonly color: 'always' | 'never'
}
