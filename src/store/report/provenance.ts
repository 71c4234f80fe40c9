// Every number of a report with the SQL that gives it again: one row, one column, through the query guard.
import type { Finding, Provenance } from '../../model/index.ts'

/** Figures of the bundle: what is counted, and over which rows. */
const TOTALS: readonly (readonly [figure: string, select: string])[] = [
  ['files read', 'count(*) FROM sources'],
  ['bytes read', 'coalesce(sum(bytes), 0) FROM sources'],
  ['records read', 'coalesce(sum(records), 0) FROM sources'],
  ['events that could matter', 'coalesce(sum(events), 0) FROM sources'],
  ['first time in the bundle', 'min(first_time) FROM sources'],
  ['last time in the bundle', 'max(last_time) FROM sources'],
  ['findings', 'count(*) FROM findings'],
  ['root causes', "count(DISTINCT cause_id) FROM findings WHERE role = 'root'"],
  ['start of the incident', "min(first_time) FROM findings WHERE role = 'root'"],
  ['end of the incident', "max(last_time) FROM findings WHERE role <> 'suspect'"],
  ['causes looked at', 'count(*) FROM checks'],
  ['causes looked at and clean', "count(*) FROM checks WHERE state = 'clean'"],
  ['causes that stay open', "count(*) FROM checks WHERE state = 'open'"],
  ['messages no rule explains', 'count(*) FROM templates'],
  ['what could not be read', 'count(*) FROM read_problems'],
]

const OF_SOURCES: readonly (readonly [figure: string, select: string])[] = [
  ['lines counted', 'coalesce(sum(lines), 0) FROM minutes'],
  ['requests counted', 'coalesce(sum(requests), 0) FROM minutes'],
  ['requests answered 5xx', 'coalesce(sum(status_5xx), 0) FROM minutes'],
  ['connections', 'count(*) FROM connections'],
]

export function readProvenance(bundle: number, findings: readonly Finding[]): Provenance[] {
  const ofSources = `source_id IN (SELECT id FROM sources WHERE bundle_id = ${bundle})`
  return [
    ...TOTALS.map(([figure, select]) => ({ figure, sql: `SELECT ${narrowed(select, `bundle_id = ${bundle}`)}` })),
    ...OF_SOURCES.map(([figure, select]) => ({ figure, sql: `SELECT ${narrowed(select, ofSources)}` })),
    ...findings.flatMap((finding) => ofFinding(bundle, finding)),
  ]
}

function narrowed(select: string, condition: string): string {
  return `${select} ${select.includes(' WHERE ') ? 'AND' : 'WHERE'} ${condition}`
}

function ofFinding(bundle: number, { id, title, figures }: Finding): Provenance[] {
  const where = `WHERE bundle_id = ${bundle} AND fingerprint = ${literal(id)}`
  const joined = `JOIN findings ON findings.id = finding_id ${where}`
  return [
    { figure: `${title}: events`, sql: `SELECT event_count FROM findings ${where}` },
    { figure: `${title}: confidence`, sql: `SELECT confidence FROM findings ${where}` },
    { figure: `${title}: quotations`, sql: `SELECT count(*) FROM evidence ${joined}` },
    ...figures.map(({ name }) => {
      return { figure: `${title}: ${name}`, sql: `SELECT value FROM figures ${joined} AND name = ${literal(name)}` }
    }),
  ]
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
