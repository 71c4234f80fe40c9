// The result of one run over one bundle, as it is stored and as it is reported.
import type { Severity } from './event.ts'
import type { Conclusion } from './finding.ts'
import type { Instant } from './instant.ts'
import type { Notice } from './notice.ts'
import type { SourceSummary } from './ports.ts'

export interface Run {
  readonly version: string
  /** Names and hash of the rules used: `shipped 1a2b3c4d`. */
  readonly grammar: string
  /** The command line, paths as given. */
  readonly command: string
  readonly exit: number
  /** Not part of any other output than the summary: may differ between equal runs. */
  readonly durationMs: number
}

export interface SourceReport extends Omit<SourceSummary, 'tally'> {
  readonly path: string
  readonly charset: string | null
  readonly modified: Instant | null
  /** Events that could matter, of all records. */
  readonly events: number
}

/** One bucket of time of one source: what the rates, shares and histograms are drawn from. */
export interface MinuteRow {
  readonly source: number
  readonly time: Instant
  readonly lines: number
  readonly bySeverity: Readonly<Partial<Record<Severity, number>>>
  readonly requests: number
  readonly status4xx: number
  readonly status5xx: number
  /** Microseconds; null without logged durations. */
  readonly p50: number | null
  readonly p99: number | null
}

export interface Bundle {
  /** Paths as given, sorted. */
  readonly paths: readonly string[]
  /** SHA-256 of the file where one file was given, else of the sorted list of labels, sizes and CRC-32s. */
  readonly sha256: string
  /** What collected it, where its files tell: `sosreport`, `troubleshoot`; sorted. */
  readonly kinds: readonly string[]
}

export interface Analysis {
  readonly run: Run
  readonly bundle: Bundle
  /** In order of path; indices of evidence point here. */
  readonly sources: readonly SourceReport[]
  readonly minutes: readonly MinuteRow[]
  readonly conclusion: Conclusion
  /** In order of source, then offset. */
  readonly problems: readonly Notice[]
}
