// Reads an analysis back from the tables, as it was written.
import type { Database } from 'better-sqlite3'
import type { Analysis, Bundle, MinuteRow, Notice, NoticeCode, Run, Severity, SourceReport } from '../../model/index.ts'
import { FaultlineError } from '../../model/index.ts'
import { allRows, firstRow, number, numberOrNull, oneOf, type Row, text, textOrNull, texts } from '../record.ts'
import { readConclusion } from './conclusion.ts'

const SEVERITIES: readonly Severity[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal']
const CLOCK_QUALITIES = ['exact', 'zone-assumed', 'year-inferred', 'date-inferred', 'none'] as const

/**
 * The id of a bundle by its SHA-256 or the beginning of it; of the last one analysed where none is named.
 * @throws FaultlineError `no-such-bundle`
 */
export function findBundle(db: Database, sha256: string | null): number {
  const where = sha256 === null ? '' : 'WHERE substr(sha256, 1, length(?)) = ?'
  const named = sha256 === null ? [] : [sha256, sha256]
  const row = firstRow(db, `SELECT id FROM bundles ${where} ORDER BY id DESC LIMIT 1`, ...named)
  if (row !== null) return number(row, 'id')
  const sentence = sha256 === null ? 'The store holds no bundle.' : `The store holds no bundle ${sha256}.`
  const hint = 'Ask `SELECT sha256, paths_json FROM bundles` for those it holds.'
  throw new FaultlineError('no-such-bundle', sentence, { hint })
}

export function readAnalysis(db: Database, bundle: number): Analysis {
  const runs = allRows(db, 'SELECT * FROM runs WHERE bundle_id = ?', bundle)
  const bundles = allRows(db, 'SELECT * FROM bundles WHERE id = ?', bundle)
  const [run] = runs
  const [place] = bundles
  if (run === undefined || place === undefined)
    throw new FaultlineError('bad-store', 'The store lacks the run of a bundle.')
  return {
    run: runFrom(run),
    bundle: { ...bundleFrom(place), kinds: allRows(db, KINDS, bundle).map((row) => text(row, 'kind')) },
    sources: allRows(db, 'SELECT * FROM sources WHERE bundle_id = ? ORDER BY position', bundle).map(sourceFrom),
    minutes: allRows(db, MINUTES, bundle).map(minuteFrom),
    conclusion: readConclusion(db, bundle, run),
    problems: allRows(db, 'SELECT * FROM read_problems WHERE bundle_id = ? ORDER BY id', bundle).map(problemFrom),
  }
}

const KINDS = 'SELECT kind FROM bundle_kinds WHERE bundle_id = ? ORDER BY kind'
const MINUTES = `SELECT minutes.*, sources.position FROM minutes JOIN sources ON sources.id = source_id
  WHERE sources.bundle_id = ? ORDER BY minutes.id`

function runFrom(row: Row): Run {
  return {
    version: text(row, 'faultline_version'),
    grammar: text(row, 'grammar'),
    command: text(row, 'command'),
    exit: number(row, 'exit_code'),
    durationMs: number(row, 'duration_ms'),
  }
}

function bundleFrom(row: Row): Omit<Bundle, 'kinds'> {
  return { paths: texts(row, 'paths_json'), sha256: text(row, 'sha256') }
}

function sourceFrom(row: Row): SourceReport {
  return {
    path: text(row, 'path'),
    reader: text(row, 'reader'),
    charset: textOrNull(row, 'charset'),
    modified: numberOrNull(row, 'modified_time_unix_us'),
    bytes: number(row, 'bytes'),
    records: number(row, 'records'),
    events: number(row, 'events'),
    coverage: number(row, 'coverage'),
    first: numberOrNull(row, 'first_time_unix_us'),
    last: numberOrNull(row, 'last_time_unix_us'),
    clock: {
      zone: textOrNull(row, 'clock_zone'),
      quality: oneOf(row, 'clock_quality', CLOCK_QUALITIES),
      offset: number(row, 'clock_offset_us'),
    },
  }
}

function minuteFrom(row: Row): MinuteRow {
  return {
    source: number(row, 'position'),
    time: number(row, 'time_unix_us'),
    lines: number(row, 'lines'),
    bySeverity: bySeverityFrom(row),
    requests: number(row, 'requests'),
    status4xx: number(row, 'status_4xx'),
    status5xx: number(row, 'status_5xx'),
    p50: numberOrNull(row, 'p50_us'),
    p99: numberOrNull(row, 'p99_us'),
  }
}

function bySeverityFrom(row: Row): MinuteRow['bySeverity'] {
  const counts: Partial<Record<Severity, number>> = {}
  for (const severity of SEVERITIES) {
    const count = numberOrNull(row, `${severity}_lines`)
    if (count !== null) counts[severity] = count
  }
  return counts
}

function problemFrom(row: Row): Notice {
  const code = text(row, 'code')
  if (!isCode(code)) throw new FaultlineError('bad-store', `${code} is no code of a problem.`)
  return { source: text(row, 'path'), code, offset: numberOrNull(row, 'byte_offset'), detail: text(row, 'detail') }
}

/** Any word of the form of a code: a store may know codes that came later than this program. */
function isCode(code: string): code is NoticeCode {
  return /^[a-z]+(-[a-z]+)*$/.test(code)
}
