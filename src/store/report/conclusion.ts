// Reads what was concluded back from the tables: verdict, findings with evidence, links, checks, what no rule explains.
import type { Database } from 'better-sqlite3'
import type { Check, Conclusion, Evidence, Figure, Finding, FindingLink, Unexplained } from '../../model/index.ts'
import { allRows, fields, number, numberOrNull, oneOf, type Row, text, textOrNull, texts } from '../record.ts'
import { placeFrom } from '../rows/place.ts'
import { SEVERITIES } from '../write-findings.ts'

const ROLES = ['root', 'symptom', 'suspect'] as const
const EVIDENCE_ROLES = ['trigger', 'context', 'counter'] as const
const UNITS = ['count', 'share', 'duration', 'per-second', 'bytes', 'ratio'] as const
const STATES = ['clean', 'found', 'no-data', 'open'] as const

const OF_BUNDLE = 'JOIN findings ON findings.id = finding_id WHERE findings.bundle_id = ?'

const EVIDENCE = `SELECT evidence.*, sources.position FROM evidence JOIN sources ON sources.id = source_id
  ${OF_BUNDLE} ORDER BY evidence.id`

const LINKS = `SELECT causes.fingerprint AS cause, effects.fingerprint AS effect, lag_us, basis
  FROM finding_links JOIN findings AS causes ON causes.id = cause_finding_id
  JOIN findings AS effects ON effects.id = effect_finding_id WHERE causes.bundle_id = ? ORDER BY finding_links.id`

const TEMPLATES = `SELECT templates.*, position FROM templates JOIN sources ON sources.id = source_id
  WHERE templates.bundle_id = ? ORDER BY templates.id`

export function readConclusion(db: Database, bundle: number, run: Row): Conclusion {
  return {
    verdict: { sentence: text(run, 'verdict'), rootCauses: texts(run, 'root_causes_json') },
    findings: readFindings(db, bundle),
    links: allRows(db, LINKS, bundle).map(linkFrom),
    checks: allRows(db, 'SELECT * FROM checks WHERE bundle_id = ? ORDER BY id', bundle).map(checkFrom),
    unexplained: allRows(db, TEMPLATES, bundle).map(unexplainedFrom),
  }
}

function readFindings(db: Database, bundle: number): Finding[] {
  const evidence = byFinding(allRows(db, EVIDENCE, bundle), evidenceFrom)
  const figures = byFinding(
    allRows(db, `SELECT figures.* FROM figures ${OF_BUNDLE} ORDER BY figures.id`, bundle),
    figureFrom,
  )
  return allRows(db, 'SELECT * FROM findings WHERE bundle_id = ? ORDER BY position', bundle).map((row) => {
    const id = number(row, 'id')
    return { ...findingFrom(row), evidence: evidence.get(id) ?? [], figures: figures.get(id) ?? [] }
  })
}

function byFinding<T>(rows: readonly Row[], from: (row: Row) => T): Map<number, T[]> {
  const groups = new Map<number, T[]>()
  for (const row of rows) {
    const id = number(row, 'finding_id')
    const group = groups.get(id) ?? []
    groups.set(id, group)
    group.push(from(row))
  }
  return groups
}

function findingFrom(row: Row): Omit<Finding, 'evidence' | 'figures'> {
  return {
    id: text(row, 'fingerprint'),
    cause: text(row, 'cause_id'),
    role: oneOf(row, 'role', ROLES),
    confidence: number(row, 'confidence'),
    severity: oneOf(row, 'severity', SEVERITIES),
    key: fields(row, 'key_json'),
    title: text(row, 'title'),
    first: numberOrNull(row, 'first_time_unix_us'),
    last: numberOrNull(row, 'last_time_unix_us'),
    count: number(row, 'event_count'),
    evidenceOmitted: number(row, 'evidence_omitted'),
    remedy: { now: text(row, 'remedy_now'), next: text(row, 'remedy_next'), lasting: text(row, 'remedy_lasting') },
  }
}

function figureFrom(row: Row): Figure {
  const value = numberOrNull(row, 'value') ?? Number.NaN
  return { name: text(row, 'name'), value, unit: oneOf(row, 'unit', UNITS) }
}

function evidenceFrom(row: Row): Evidence {
  return {
    source: number(row, 'position'),
    place: placeFrom(row),
    time: numberOrNull(row, 'time_unix_us'),
    excerpt: text(row, 'excerpt'),
    role: oneOf(row, 'role', EVIDENCE_ROLES),
    signal: text(row, 'signal'),
    requestId: textOrNull(row, 'request_id'),
    count: number(row, 'count'),
  }
}

function linkFrom(row: Row): FindingLink {
  return {
    causeFinding: text(row, 'cause'),
    effectFinding: text(row, 'effect'),
    lag: numberOrNull(row, 'lag_us'),
    basis: text(row, 'basis'),
  }
}

function checkFrom(row: Row): Check {
  return {
    cause: text(row, 'cause_id'),
    state: oneOf(row, 'state', STATES),
    examined: number(row, 'examined'),
    open: textOrNull(row, 'open_question'),
  }
}

function unexplainedFrom(row: Row): Unexplained {
  return {
    template: text(row, 'template'),
    count: number(row, 'count'),
    first: numberOrNull(row, 'first_time_unix_us'),
    last: numberOrNull(row, 'last_time_unix_us'),
    example: { source: number(row, 'position'), place: placeFrom(row), excerpt: text(row, 'excerpt') },
  }
}
