// Writes an analysis into an open store: the bundle, its run, its sources, its counts and what could not be read.
import type { Database } from 'better-sqlite3'
import type { Analysis, Cause, MinuteRow, Notice, Run, SourceReport, Unexplained, Verdict } from '../model/index.ts'
import { type BundleIds, insert, nextId } from './insert.ts'
import type { Cell } from './record.ts'
import { PLACE_COLUMNS, placeValues } from './rows/place.ts'
import { instant, whole } from './rows/row-table.ts'
import { writeCauses, writeChecks, writeFindings } from './write-findings.ts'

/** @returns the ids under which the bundle now stands. A bundle of the same SHA-256 is replaced. */
export function writeAnalysis(db: Database, analysis: Analysis, causes: readonly Cause[]): BundleIds {
  const ids = { bundle: nextId(db, 'bundles'), firstSource: nextId(db, 'sources') }
  const { run, bundle, conclusion } = analysis
  const place = [ids.bundle, bundle.sha256, JSON.stringify(bundle.paths)]
  insert(db, 'bundles', { columns: ['id', 'sha256', 'paths_json'], rows: [place] })
  insert(db, 'bundle_kinds', { columns: ['bundle_id', 'kind'], rows: bundle.kinds.map((kind) => [ids.bundle, kind]) })
  insert(db, 'runs', { columns: RUN_COLUMNS, rows: [[ids.bundle, ...runValues(run, conclusion.verdict)]] })
  const sources = analysis.sources.map((source, position) => sourceValues(ids, source, position))
  insert(db, 'sources', { columns: SOURCE_COLUMNS, rows: sources })
  insert(db, 'minutes', { columns: MINUTE_COLUMNS, rows: analysis.minutes.map((minute) => minuteValues(ids, minute)) })
  const templates = conclusion.unexplained.map((one) => templateValues(ids, one))
  insert(db, 'templates', { columns: TEMPLATE_COLUMNS, rows: templates })
  writeProblems(db, ids, analysis)
  writeCauses(db, causes, conclusion)
  writeFindings(db, ids, conclusion)
  writeChecks(db, ids, conclusion.checks)
  return ids
}

const RUN_COLUMNS = [
  ...['bundle_id', 'faultline_version', 'grammar', 'command', 'exit_code', 'duration_ms', 'verdict'],
  'root_causes_json',
]

function runValues(run: Run, verdict: Verdict): Cell[] {
  const made = [run.version, run.grammar, run.command, run.exit, run.durationMs]
  return [...made, verdict.sentence, JSON.stringify(verdict.rootCauses)]
}

const SOURCE_COLUMNS = [
  ...['id', 'bundle_id', 'position', 'path', 'reader', 'charset', 'bytes', 'records', 'events', 'coverage'],
  ...['first_time', 'first_time_unix_us', 'last_time', 'last_time_unix_us', 'modified_time', 'modified_time_unix_us'],
  ...['clock_zone', 'clock_quality', 'clock_offset_us'],
]

function sourceValues(ids: BundleIds, source: SourceReport, position: number): Cell[] {
  const { clock } = source
  return [
    ...[ids.firstSource + position, ids.bundle, position, source.path, source.reader, source.charset],
    ...[source.bytes, source.records, source.events, source.coverage],
    ...[...instant(source.first), ...instant(source.last), ...instant(source.modified)],
    ...[clock.zone, clock.quality, whole(clock.offset)],
  ]
}

const MINUTE_COLUMNS = [
  ...['source_id', 'time', 'time_unix_us', 'lines', 'trace_lines', 'debug_lines', 'info_lines', 'warn_lines'],
  ...['error_lines', 'fatal_lines', 'requests', 'status_4xx', 'status_5xx', 'p50_us', 'p99_us'],
]

function minuteValues(ids: BundleIds, minute: MinuteRow): Cell[] {
  const { trace, debug, info, warn, error, fatal } = minute.bySeverity
  const severities = [trace, debug, info, warn, error, fatal].map((count) => count ?? null)
  return [
    ...[ids.firstSource + minute.source, ...instant(minute.time), minute.lines, ...severities],
    ...[minute.requests, minute.status4xx, minute.status5xx, whole(minute.p50), whole(minute.p99)],
  ]
}

const TEMPLATE_COLUMNS = [
  ...['bundle_id', 'template', 'count', 'first_time', 'first_time_unix_us', 'last_time', 'last_time_unix_us'],
  ...['source_id', ...PLACE_COLUMNS, 'excerpt'],
]

function templateValues(ids: BundleIds, one: Unexplained): Cell[] {
  const { source, place, excerpt } = one.example
  return [
    ...[ids.bundle, one.template, one.count, ...instant(one.first), ...instant(one.last)],
    ...[ids.firstSource + source, ...placeValues(place), excerpt],
  ]
}

function writeProblems(db: Database, ids: BundleIds, analysis: Analysis): void {
  const sources = new Map(analysis.sources.map((source, position) => [source.path, ids.firstSource + position]))
  const columns = ['bundle_id', 'source_id', 'path', 'code', 'byte_offset', 'detail']
  const values = (one: Notice) => {
    return [ids.bundle, sources.get(one.source) ?? null, one.source, one.code, one.offset, one.detail]
  }
  insert(db, 'read_problems', { columns, rows: analysis.problems.map(values) })
}
