// The saved queries: what is asked of nearly every bundle, by name.

export interface SavedQuery {
  readonly name: string
  readonly description: string
  /** Names to be given, in order; they stand in the SQL behind a colon. */
  readonly parameters: readonly string[]
  readonly sql: string
}

const WITH_SOURCE = 'JOIN sources ON sources.id = source_id'

/** As `v_slow`, the slowest of each kind by itself: so that a million requests are not sorted for twenty. */
const SLOWEST = [
  `SELECT 'http' AS what, duration AS seconds, time, client, server,
    coalesce(method || ' ' || uri, method, uri) AS text, request_id, path
  FROM http ${WITH_SOURCE} WHERE duration IS NOT NULL ORDER BY duration DESC, http.id DESC LIMIT 20`,
  `SELECT 'dns', rtt, time, client, server, query || ' ' || qtype_name, NULL, path
  FROM dns ${WITH_SOURCE} WHERE rtt IS NOT NULL ORDER BY rtt DESC, dns.id DESC LIMIT 20`,
  `SELECT 'connect', connect_time, connections.first_time, id_orig_h, id_resp_h, id_resp_h || ':' || id_resp_p,
    NULL, path
  FROM connections ${WITH_SOURCE} WHERE connect_time IS NOT NULL ORDER BY connect_time DESC, connections.id DESC
    LIMIT 20`,
]
  .map((select) => `SELECT * FROM (${select})`)
  .join(' UNION ALL ')

export const SAVED_QUERIES: readonly SavedQuery[] = [
  {
    name: 'findings',
    description: 'what is wrong, the most likely root cause first',
    parameters: [],
    sql: `SELECT role, cause, confidence, severity, title, first_time, last_time, event_count, evidence, explained_by
FROM v_findings`,
  },
  {
    name: 'evidence',
    description: 'the quotations behind every finding',
    parameters: [],
    sql: `SELECT cause_id AS cause, evidence.role, time, path, line, packet, signal, excerpt, count
FROM evidence JOIN findings ON findings.id = finding_id ${WITH_SOURCE}
ORDER BY findings.bundle_id, findings.position, evidence.id`,
  },
  {
    name: 'timeline',
    description: 'findings, their evidence and all other events in order of time',
    parameters: [],
    sql: 'SELECT time, what, severity, path, line, packet, text FROM v_timeline',
  },
  {
    name: 'requests',
    description: 'every record that names one request: requests ID',
    parameters: ['id'],
    sql: `SELECT time, what, status_code, duration, path, line, packet, text
FROM v_requests WHERE request_id = :id ORDER BY time_unix_us IS NULL, time_unix_us, path, line`,
  },
  {
    name: 'slow',
    description: 'the 20 slowest requests, look-ups and connects',
    parameters: [],
    sql: `SELECT seconds, what, time, client, server, text, request_id, path FROM (${SLOWEST})
ORDER BY seconds DESC, time LIMIT 20`,
  },
  {
    name: 'errors-by-minute',
    description: 'lines, errors, requests and answers 4xx and 5xx by minute',
    parameters: [],
    sql: `SELECT minute, lines, warnings, errors, requests, status_4xx, status_5xx, p99
FROM v_errors_by_minute`,
  },
  {
    name: 'http-errors',
    description: 'requests answered 400 and above, by method, path and status',
    parameters: [],
    sql: `SELECT count(*) AS requests, status_code, method, substr(uri, 1, instr(uri || '?', '?') - 1) AS uri_path,
  origin, min(time) AS first_time, max(time) AS last_time
FROM http WHERE status_code >= 400
GROUP BY status_code, method, uri_path, origin ORDER BY requests DESC, status_code, method, uri_path, origin`,
  },
  {
    name: 'failed-connections',
    description: 'connections unanswered, refused or reset, by server',
    parameters: [],
    sql: `SELECT count(*) AS connections, conn_state, id_resp_h AS server, id_resp_p AS port,
  count(DISTINCT id_orig_h) AS clients, min(first_time) AS first_time, max(last_time) AS last_time
FROM connections WHERE conn_state IN ('S0', 'REJ', 'RSTO', 'RSTR', 'RSTOS0', 'RSTRH', 'SH', 'SHR')
GROUP BY conn_state, server, port ORDER BY connections DESC, server, port, conn_state`,
  },
  {
    name: 'top-talkers',
    description: 'who moved the most bytes to whom',
    parameters: [],
    sql: `SELECT id_orig_h AS client, id_resp_h AS server, id_resp_p AS port, count(*) AS connections,
  sum(orig_bytes) AS sent_bytes, sum(resp_bytes) AS received_bytes, sum(retransmissions + fast_retransmissions) AS retransmissions
FROM connections GROUP BY client, server, port
ORDER BY sent_bytes + received_bytes DESC, client, server, port LIMIT 20`,
  },
  {
    name: 'dns',
    description: 'names asked for: how often, with what answer, how long it took',
    parameters: [],
    sql: `SELECT query, qtype_name, coalesce(rcode_name, 'no answer') AS answer, count(*) AS transactions,
  sum(queries) AS queries, max(rtt) AS slowest, min(time) AS first_time, max(time) AS last_time
FROM dns GROUP BY query, qtype_name, answer ORDER BY transactions DESC, query, qtype_name, answer`,
  },
  {
    name: 'tls',
    description: 'handshakes by server name: established, alerts, end of the certificate',
    parameters: [],
    sql: `SELECT coalesce(server_name, id_resp_h) AS server, id_resp_p AS port, version, count(*) AS handshakes,
  sum(established) AS established, last_alert, alert_from, min(certificate_not_after) AS certificate_not_after,
  min(time) AS first_time, max(time) AS last_time
FROM tls GROUP BY server, port, version, last_alert, alert_from
ORDER BY handshakes DESC, server, port, version, last_alert`,
  },
  {
    name: 'checks',
    description: 'every cause that was looked for, with what result',
    parameters: [],
    sql: 'SELECT cause_id AS cause, state, examined, open_question FROM checks ORDER BY id',
  },
  {
    name: 'unexplained',
    description: 'messages that no rule explains',
    parameters: [],
    sql: `SELECT count, template, templates.first_time, templates.last_time, path, line, excerpt
FROM templates ${WITH_SOURCE} ORDER BY templates.id`,
  },
  {
    name: 'sources',
    description: 'the files of the bundle: format, size, time covered',
    parameters: [],
    sql: `SELECT path, reader, bytes, records, events, round(coverage, 3) AS coverage, first_time, last_time,
  clock_zone, clock_quality
FROM sources ORDER BY id`,
  },
  {
    name: 'unread',
    description: 'what could not be read, was cut or was bounded',
    parameters: [],
    sql: 'SELECT path, code, byte_offset, detail FROM v_unread',
  },
]
