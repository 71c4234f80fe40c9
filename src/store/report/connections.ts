// The connections that the root causes name: those of their server, port and client, at their time.
import type { Database } from 'better-sqlite3'
import { type ConnectionRow, type FieldValue, type Finding, MINUTE } from '../../model/index.ts'
import { allRows, type Cell, number, type Row } from '../record.ts'
import { connectionFrom } from '../rows/connections.ts'

const LIMIT = 10
/**
 * An application tells of a connection that failed only when its own time-out ends: SYN retries last about two minutes.
 */
const BEFORE = 2 * MINUTE

/** A server may be named by address or by a name that DNS resolved in the bundle. */
const NAMED = `SELECT connections.*, sources.position FROM connections JOIN sources ON sources.id = SOURCE
  WHERE bundle_id = :bundle
    AND SERVER AND (:port IS NULL OR id_resp_p = :port) AND (:client IS NULL OR id_orig_h = :client)
    AND (:first IS NULL OR connections.last_time_unix_us >= :first)
    AND (:last IS NULL OR connections.first_time_unix_us <= :last)
  ORDER BY id_orig_p IN (SELECT value FROM json_each(:quoted)) DESC, conn_state = 'SF' AND retransmissions = 0,
    connections.first_time_unix_us, connections.id LIMIT ${LIMIT}`

/** Looked up by the index of servers; the sign keeps SQLite from that of sources, which would give all connections. */
const OF_SERVER = NAMED.replace('SOURCE', '+source_id').replace(
  'SERVER',
  `id_resp_h IN (SELECT :server UNION SELECT value FROM dns, json_each(answers_json) WHERE query = :server
    AND dns.source_id IN (SELECT id FROM sources WHERE bundle_id = :bundle))`,
)
const OF_ANY_SERVER = NAMED.replace('SOURCE', 'source_id').replace('SERVER', ':server IS NULL')

type Named = ConnectionRow & { readonly source: number }

/** At most 10, those whose packets are quoted before all, then those that did not go well; earliest first. */
export function readConnections(db: Database, bundle: number, findings: readonly Finding[]): Named[] {
  const rows = new Map<number, Row>()
  for (const finding of findings.filter(isNaming)) {
    const names = namesOf(finding)
    for (const row of allRows(db, names.server === null ? OF_ANY_SERVER : OF_SERVER, { bundle, ...names }))
      rows.set(number(row, 'id'), row)
  }
  const named = [...rows.values()].map((row) => ({ ...connectionFrom(row), source: number(row, 'position') }))
  return named.sort((a, b) => a.first - b.first).slice(0, LIMIT)
}

function isNaming({ role, key }: Finding): boolean {
  return role === 'root' && (text(key.server) !== null || text(key.client) !== null)
}

function namesOf({ key, first, last, evidence }: Finding): Record<string, Cell> {
  const port = Number(key.port ?? Number.NaN)
  return {
    server: text(key.server),
    client: text(key.client),
    port: Number.isInteger(port) ? port : null,
    first: first === null ? null : first - BEFORE,
    last,
    quoted: JSON.stringify(portsIn(evidence)),
  }
}

/** Ports that quoted packets name. */
function portsIn(evidence: Finding['evidence']): number[] {
  const packets = evidence.filter(({ place }) => place.kind === 'packet')
  const found = packets.flatMap(({ excerpt }) => [...excerpt.matchAll(/[\da-f\]]:(\d{1,5})\b/gi)])
  return [...new Set(found.map(([, port]) => Number(port)))]
}

function text(value: FieldValue | undefined): string | null {
  return typeof value === 'string' ? value : null
}
