// Writes what was concluded into an open store: causes, findings with figures and evidence, links, checks.
import type { Database } from 'better-sqlite3'
import type { Cause, Check, Conclusion, Evidence, Finding, FindingLink, RuleSeverity } from '../model/index.ts'
import { FaultlineError } from '../model/index.ts'
import { type BundleIds, insert, nextId } from './insert.ts'
import type { Cell } from './record.ts'
import { PLACE_COLUMNS, placeValues } from './rows/place.ts'
import { instant, whole } from './rows/row-table.ts'

/** In order of severity: its place plus one is `severity_rank`. */
export const SEVERITIES: readonly RuleSeverity[] = ['critical', 'high', 'medium', 'low', 'info']

const CAUSE_COLUMNS = [
  ...['id', 'title', 'severity', 'impact', 'report_from', 'key_json', 'remedy_now', 'remedy_next', 'remedy_lasting'],
  'references_json',
]

/**
 * Causes are shared by all bundles of a store; the last run's words hold. Causes that only a finding names stand with
 * its words.
 */
export function writeCauses(db: Database, causes: readonly Cause[], { findings, checks }: Conclusion): void {
  const set = CAUSE_COLUMNS.slice(1).map((column) => `${column} = excluded.${column}`)
  const places = CAUSE_COLUMNS.map(() => '?').join(', ')
  const insertCause = `INSERT INTO causes (${CAUSE_COLUMNS.join(', ')}) VALUES (${places})`
  const known = db.prepare(`${insertCause} ON CONFLICT (id) DO UPDATE SET ${set.join(', ')}`)
  for (const cause of [...causes].sort((a, b) => (a.id < b.id ? -1 : 1))) known.run(causeValues(cause))
  const named = db.prepare(`${insertCause} ON CONFLICT (id) DO NOTHING`)
  for (const { cause, title, severity, remedy } of findings) {
    named.run([cause, title, severity, 0, 0, '[]', remedy.now, remedy.next, remedy.lasting, '[]'])
  }
  for (const { cause } of checks) named.run([cause, cause, 'info', 0, 0, '[]', '', '', '', '[]'])
}

function causeValues(cause: Cause): Cell[] {
  const { now, next, lasting } = cause.remedy
  return [
    ...[cause.id, cause.title, cause.severity, whole(cause.impact), cause.reportFrom, JSON.stringify(cause.key)],
    ...[now, next, lasting, JSON.stringify(cause.see)],
  ]
}

const FINDING_COLUMNS = [
  ...['id', 'bundle_id', 'position', 'fingerprint', 'cause_id', 'role', 'confidence', 'severity', 'severity_rank'],
  ...['key_json', 'title', 'first_time', 'first_time_unix_us', 'last_time', 'last_time_unix_us', 'event_count'],
  ...['evidence_omitted', 'remedy_now', 'remedy_next', 'remedy_lasting'],
]

export function writeFindings(db: Database, ids: BundleIds, { findings, links }: Conclusion): void {
  const first = nextId(db, 'findings')
  const rows = findings.map((finding, position) => findingValues(ids, finding, { id: first + position, position }))
  insert(db, 'findings', { columns: FINDING_COLUMNS, rows })
  const figures = findings.flatMap((finding, position) => {
    return finding.figures.map(({ name, value, unit }) => [first + position, name, value, unit])
  })
  insert(db, 'figures', { columns: ['finding_id', 'name', 'value', 'unit'], rows: figures })
  const evidence = findings.flatMap((finding, position) => {
    return finding.evidence.map((one) => [first + position, ids.firstSource + one.source, ...evidenceValues(one)])
  })
  insert(db, 'evidence', { columns: ['finding_id', 'source_id', ...EVIDENCE_COLUMNS], rows: evidence })
  writeLinks(db, links, new Map(findings.map((finding, position) => [finding.id, first + position])))
}

function findingValues(ids: BundleIds, finding: Finding, { id, position }: { id: number; position: number }): Cell[] {
  const { now, next, lasting } = finding.remedy
  return [
    ...[id, ids.bundle, position, finding.id, finding.cause, finding.role, finding.confidence, finding.severity],
    ...[SEVERITIES.indexOf(finding.severity) + 1, JSON.stringify(finding.key), finding.title],
    ...[...instant(finding.first), ...instant(finding.last), finding.count, finding.evidenceOmitted],
    ...[now, next, lasting],
  ]
}

const EVIDENCE_COLUMNS = [...PLACE_COLUMNS, 'time', 'time_unix_us', 'excerpt', 'role', 'signal', 'request_id', 'count']

function evidenceValues(one: Evidence): Cell[] {
  const said = [one.excerpt, one.role, one.signal, one.requestId, one.count]
  return [...placeValues(one.place), ...instant(one.time), ...said]
}

function writeLinks(db: Database, links: readonly FindingLink[], idOf: ReadonlyMap<string, number>): void {
  const find = (finding: string) => idOf.get(finding) ?? unknownFinding(finding)
  const rows = links.map((link) => [find(link.causeFinding), find(link.effectFinding), whole(link.lag), link.basis])
  insert(db, 'finding_links', { columns: ['cause_finding_id', 'effect_finding_id', 'lag_us', 'basis'], rows })
}

function unknownFinding(finding: string): never {
  throw new FaultlineError('no-such-finding', `A link names the finding ${finding}, which is not among the findings.`)
}

export function writeChecks(db: Database, ids: BundleIds, checks: readonly Check[]): void {
  const rows = checks.map((check) => [ids.bundle, check.cause, check.state, check.examined, check.open])
  insert(db, 'checks', { columns: ['bundle_id', 'cause_id', 'state', 'examined', 'open_question'], rows })
}
