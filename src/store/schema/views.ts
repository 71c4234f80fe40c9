// The views: what people ask for most, over the tables. They hold no rows and are made anew when the schema changes.

const FINDINGS = `
CREATE VIEW v_findings AS -- findings, the most likely root first
SELECT findings.id, fingerprint, findings.role, cause_id AS cause, findings.title, confidence, severity, first_time,
  last_time, event_count,
  (SELECT count(*) FROM evidence WHERE finding_id = findings.id) AS evidence,
  (SELECT group_concat(other.cause_id, ', ') FROM finding_links JOIN findings AS other ON other.id = cause_finding_id
    WHERE effect_finding_id = findings.id) AS explained_by, -- causes of the findings that made this one
  remedy_now, bundles.sha256 AS bundle
FROM findings JOIN bundles ON bundles.id = findings.bundle_id
ORDER BY findings.bundle_id, position`

const TIMELINE = `
CREATE VIEW v_timeline AS -- what happened, in order of time: findings where they begin, their evidence, all other events
SELECT time, time_unix_us, what, severity, path, line, packet, text FROM (
  SELECT first_time AS time, first_time_unix_us AS time_unix_us, 0 AS rank, 'finding ' || role AS what, severity,
    NULL AS path, NULL AS line, NULL AS packet, cause_id || ': ' || title AS text, id
  FROM findings
  UNION ALL
  SELECT time, time_unix_us, 1, signal, NULL, path, line, packet, excerpt, evidence.id
  FROM evidence JOIN sources ON sources.id = source_id
  UNION ALL
  SELECT time, time_unix_us, 2, kind, severity_text, path, line, packet, raw, events.id
  FROM events JOIN sources ON sources.id = source_id
  WHERE NOT EXISTS (SELECT 1 FROM evidence WHERE evidence.source_id = events.source_id
    AND evidence.byte_offset = events.byte_offset)
)
ORDER BY time_unix_us IS NULL, time_unix_us, rank, id`

const REQUESTS = `
CREATE VIEW v_requests AS -- every record that names a request, one row each; ask WHERE request_id = ...
SELECT request_id, time, time_unix_us, kind AS what, http_response_status_code AS status_code, NULL AS duration, path,
  line, packet, raw AS text
FROM events JOIN sources ON sources.id = source_id WHERE request_id IS NOT NULL
UNION ALL
SELECT request_id, time, time_unix_us, 'http ' || origin, status_code, duration, path, NULL, NULL,
  coalesce(method || ' ' || uri, method, uri)
FROM http JOIN sources ON sources.id = source_id WHERE request_id IS NOT NULL
UNION ALL
SELECT request_id, time, time_unix_us, signal, NULL, NULL, path, line, packet, excerpt
FROM evidence JOIN sources ON sources.id = source_id
WHERE request_id IS NOT NULL AND NOT EXISTS
  (SELECT 1 FROM events WHERE events.source_id = evidence.source_id AND events.byte_offset = evidence.byte_offset
    AND events.request_id IS NOT NULL)`

const ERRORS_BY_MINUTE = `
CREATE VIEW v_errors_by_minute AS -- lines and requests of all sources by minute, with how many were errors
SELECT substr(time, 1, 16) || ':00Z' AS minute, sum(lines) AS lines, sum(coalesce(warn_lines, 0)) AS warnings,
  sum(coalesce(error_lines, 0) + coalesce(fatal_lines, 0)) AS errors, sum(requests) AS requests,
  sum(status_4xx) AS status_4xx, sum(status_5xx) AS status_5xx, max(p99_us) / 1e6 AS p99, -- seconds, of the slowest source
  sources.bundle_id
FROM minutes JOIN sources ON sources.id = source_id
GROUP BY sources.bundle_id, minute ORDER BY sources.bundle_id, minute`

const UNREAD = `
CREATE VIEW v_unread AS -- what could not be read, was cut or was bounded
SELECT path, code, byte_offset, detail, bundles.sha256 AS bundle
FROM read_problems JOIN bundles ON bundles.id = bundle_id ORDER BY read_problems.id`

const HTTP = `
CREATE VIEW v_http AS -- requests with the file they were seen in
SELECT http.id, time, time_unix_us, origin, client, server, server_port, method, host, uri, status_code, duration,
  request_id, user_agent, path
FROM http JOIN sources ON sources.id = source_id`

const SLOW = `
CREATE VIEW v_slow AS -- whatever has a duration, in seconds: requests, names looked up, connections opened; ask ORDER BY seconds DESC
SELECT 'http' AS what, duration AS seconds, time, client, server, coalesce(method || ' ' || uri, method, uri) AS text,
  request_id, path
FROM http JOIN sources ON sources.id = source_id WHERE duration IS NOT NULL
UNION ALL
SELECT 'dns', rtt, time, client, server, query || ' ' || qtype_name, NULL, path
FROM dns JOIN sources ON sources.id = source_id WHERE rtt IS NOT NULL
UNION ALL
SELECT 'connect', connect_time, connections.first_time, id_orig_h, id_resp_h, id_resp_h || ':' || id_resp_p, NULL, path
FROM connections JOIN sources ON sources.id = source_id WHERE connect_time IS NOT NULL`

export const VIEWS: Readonly<Record<string, string>> = {
  v_findings: FINDINGS,
  v_timeline: TIMELINE,
  v_requests: REQUESTS,
  v_errors_by_minute: ERRORS_BY_MINUTE,
  v_unread: UNREAD,
  v_http: HTTP,
  v_slow: SLOW,
}
