// Which rows of a finding are quoted: the first of every signal and source, then more in order of time, a few in all.
import { createHash } from 'node:crypto'
import type { Evidence, EvidenceRole, Fields, FieldValue, Finding } from '../model/index.ts'
import { formatInstant } from '../model/index.ts'
import { type Draft, distinctRows } from './cause-findings.ts'
import { fill } from './fill.ts'
import { compareRows, type Row } from './row.ts'

const QUOTED = 12
const OF_ONE_SIGNAL = 4
const COUNTER = 2

/** The finding of a draft; its role is settled when all findings are known. */
export function findingOf(draft: Draft): Finding {
  const rows = draft.rows.toSorted(compareRows)
  const kept = pick(rows)
  const counter = distinctRows(draft.counter)
    .sort(compareRows)
    .filter((row) => row.excerpt !== null)
    .slice(0, COUNTER)
  const key = Object.fromEntries(draft.cause.key.map((name, at) => [name, draft.key[at] ?? null]))
  const captures = capturesOf(rows)
  return {
    id: identity(draft),
    cause: draft.cause.id,
    role: 'suspect',
    confidence: draft.confidence,
    severity: draft.cause.severity,
    key,
    title: fill(draft.cause.title, { ...captures, ...known(key) }),
    first: draft.first,
    last: draft.last,
    count: draft.count,
    evidence: [...kept.map((row) => quote(row, 'trigger')), ...counter.map((row) => quote(row, 'counter'))],
    evidenceOmitted: Math.max(0, draft.count - kept.length),
    figures: figuresOf(draft),
    remedy: {
      now: fill(draft.cause.remedy.now, { ...captures, ...known(key) }),
      next: fill(draft.cause.remedy.next, { ...captures, ...known(key) }),
      lasting: fill(draft.cause.remedy.lasting, { ...captures, ...known(key) }),
    },
  }
}

/** Of the first row that knows each. */
function capturesOf(rows: readonly Row[]): Fields {
  const captures: Record<string, FieldValue> = {}
  for (const row of rows.toReversed()) Object.assign(captures, row.captures)
  return captures
}

function pick(rows: readonly Row[]): Row[] {
  const perSignal = new Map<string, number>()
  const chosen: { row: Row; rank: number }[] = []
  for (const row of rows) {
    if (row.excerpt === null) continue
    const name = `${row.source} ${row.signal}`
    const rank = perSignal.get(name) ?? 0
    if (rank === OF_ONE_SIGNAL) continue
    perSignal.set(name, rank + 1)
    chosen.push({ row, rank })
  }
  chosen.sort((a, b) => a.rank - b.rank || compareRows(a.row, b.row))
  return chosen
    .slice(0, QUOTED)
    .map(({ row }) => row)
    .sort(compareRows)
}

function quote(row: Row, role: EvidenceRole): Evidence {
  const { source, place, time, requestId, signal, count } = row
  return { source, place, time, excerpt: row.excerpt ?? '', role, signal, requestId, count }
}

/** Figures of all episodes, of equal names the largest. */
function figuresOf(draft: Draft): Finding['figures'] {
  const figures = new Map<string, Finding['figures'][number]>()
  for (const figure of draft.episodes.flatMap((episode) => episode.figures)) {
    const seen = figures.get(figure.name)
    if (seen === undefined || figure.value > seen.value) figures.set(figure.name, figure)
  }
  return [...figures.values()]
}

function known(key: Readonly<Record<string, FieldValue>>): Record<string, FieldValue> {
  return Object.fromEntries(Object.entries(key).filter(([, value]) => value !== null))
}

/** Cause, key and first time: equal in every run over the same bundle. */
function identity(draft: Draft): string {
  return digestOf([draft.cause.id, draft.key, formatInstant(draft.first)])
}

function digestOf(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12)
}

/** Findings that would be named alike get names of their own, in the order they stand in. */
export function withOwnNames(findings: readonly Finding[]): Finding[] {
  const taken = new Set<string>()
  return findings.map((finding) => {
    let id = finding.id
    for (let again = 2; taken.has(id); again++) id = digestOf([finding.id, again])
    taken.add(id)
    return { ...finding, id }
  })
}
