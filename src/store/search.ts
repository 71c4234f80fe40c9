// Finds a text in evidence and events, whatever its language and however short it is.
import type { Cell } from './record.ts'

/** The index knows three letters in a row; shorter terms are looked for in every row. */
const INDEXED_FROM = 3

const COLUMNS = 'time, path, line, packet'

export interface SearchQuery {
  readonly sql: string
  readonly parameters: Readonly<Record<string, Cell>>
}

/** A statement that finds `term`, blind to case: columns time, path, line, packet, text, in order of time. */
export function searchFor(term: string): SearchQuery {
  const indexed = [...term].length >= INDEXED_FROM
  const quoted = indexed
    ? 'evidence.id IN (SELECT rowid FROM evidence_fts WHERE evidence_fts MATCH :phrase)'
    : "excerpt LIKE :like ESCAPE '\\'"
  const sql = `SELECT ${COLUMNS}, text FROM (
    SELECT ${COLUMNS}, time_unix_us, excerpt AS text FROM evidence JOIN sources ON sources.id = source_id
      WHERE ${quoted}
    UNION
    SELECT ${COLUMNS}, time_unix_us, raw FROM events JOIN sources ON sources.id = source_id
      WHERE raw LIKE :like ESCAPE '\\' OR body LIKE :like ESCAPE '\\' OR detail LIKE :like ESCAPE '\\'
  ) ORDER BY time_unix_us IS NULL, time_unix_us, path, line, packet`
  const like = `%${term.replaceAll(/[\\%_]/g, '\\$&')}%`
  return { sql, parameters: indexed ? { like, phrase: `"${term.replaceAll('"', '""')}"` } : { like } }
}
