// The indexes: made after the rows are loaded, which costs half of keeping them while loading.

const INDEXED: Readonly<Record<string, readonly string[]>> = {
  runs: ['bundle_id'],
  minutes: ['source_id, time_unix_us'],
  templates: ['bundle_id', 'source_id'],
  read_problems: ['bundle_id', 'source_id'],
  events: ['source_id, byte_offset', 'time_unix_us', 'request_id'],
  connections: ['source_id', 'id_resp_h, id_resp_p'],
  dns: ['source_id', 'query'],
  tls: ['source_id'],
  http: ['source_id', 'request_id', 'duration', 'status_code'],
  icmp: ['source_id'],
  findings: ['cause_id'],
  figures: ['finding_id'],
  evidence: ['finding_id', 'source_id, byte_offset', 'request_id'],
  finding_links: ['cause_finding_id', 'effect_finding_id'],
  checks: ['bundle_id', 'cause_id'],
}

/**
 * Columns of which only some rows are ever looked for: the others stand in no index. SQLite uses it where a query has
 * the same words.
 */
const PARTIAL: Readonly<Record<string, string>> = {
  request_id: 'request_id IS NOT NULL',
  duration: 'duration IS NOT NULL',
  status_code: 'status_code >= 400',
}

function createIndex(table: string, columns: string): string {
  const where = PARTIAL[columns] === undefined ? '' : ` WHERE ${PARTIAL[columns]}`
  const name = `${table}_by_${columns.replaceAll(', ', '_and_')}`
  return `CREATE INDEX IF NOT EXISTS ${name} ON ${table} (${columns})${where};`
}

export const INDEXES = Object.entries(INDEXED)
  .flatMap(([table, lists]) => lists.map((columns) => createIndex(table, columns)))
  .join('\n')
