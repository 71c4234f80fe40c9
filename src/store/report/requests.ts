// The requests that failed, by id: those the root causes quote come before others.
import type { Database } from 'better-sqlite3'
import type { RequestLine } from '../../model/index.ts'
import { allRows, numberOrNull, type Row, text } from '../record.ts'

const LIMIT = 20

/**
 * One line a request, the one nearest to a root cause: quoted by a root, quoted by others, logged as an error, answered
 * 5xx.
 */
const REQUESTS = `WITH lines AS (
    SELECT request_id, evidence.time_unix_us, source_id, line, excerpt,
      CASE findings.role WHEN 'root' THEN 0 ELSE 1 END AS rank
    FROM evidence JOIN findings ON findings.id = finding_id
    WHERE request_id IS NOT NULL AND evidence.role <> 'counter'
    UNION ALL
    SELECT request_id, time_unix_us, source_id, line, raw, 2 FROM events
    WHERE request_id IS NOT NULL AND (severity_number >= 17 OR http_response_status_code >= 500)
    UNION ALL
    SELECT request_id, time_unix_us, source_id, NULL, concat_ws(' ', method, uri, status_code), 3 FROM http
    WHERE request_id IS NOT NULL AND status_code >= 400 AND status_code >= 500
  ), first_lines AS (
    SELECT lines.*, path, row_number() OVER (PARTITION BY request_id ORDER BY rank, time_unix_us IS NULL, time_unix_us,
      source_id, line) AS place
    FROM lines JOIN sources ON sources.id = source_id WHERE bundle_id = ?
  ), chosen AS (
    SELECT * FROM first_lines WHERE place = 1 ORDER BY rank, time_unix_us IS NULL, time_unix_us, request_id
      LIMIT ${LIMIT}
  )
  SELECT * FROM chosen ORDER BY time_unix_us IS NULL, time_unix_us, request_id`

/** At most 20, oldest first. */
export function readRequests(db: Database, bundle: number): RequestLine[] {
  return allRows(db, REQUESTS, bundle).map(requestFrom)
}

function requestFrom(row: Row): RequestLine {
  return {
    requestId: text(row, 'request_id'),
    time: numberOrNull(row, 'time_unix_us'),
    source: text(row, 'path'),
    line: numberOrNull(row, 'line'),
    excerpt: text(row, 'excerpt'),
  }
}
