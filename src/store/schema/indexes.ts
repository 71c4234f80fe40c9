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
  http: ['source_id', 'request_id', 'duration'],
  icmp: ['source_id'],
  findings: ['cause_id'],
  figures: ['finding_id'],
  evidence: ['finding_id', 'source_id, byte_offset', 'request_id'],
  finding_links: ['cause_finding_id', 'effect_finding_id'],
  checks: ['bundle_id', 'cause_id'],
}

/** Columns that are mostly null: only rows with a value stand in the index. */
const SPARSE: ReadonlySet<string> = new Set(['request_id', 'duration'])

function createIndex(table: string, columns: string): string {
  const where = SPARSE.has(columns) ? ` WHERE ${columns} IS NOT NULL` : ''
  const name = `${table}_by_${columns.replaceAll(', ', '_and_')}`
  return `CREATE INDEX IF NOT EXISTS ${name} ON ${table} (${columns})${where};`
}

export const INDEXES = Object.entries(INDEXED)
  .flatMap(([table, lists]) => lists.map((columns) => createIndex(table, columns)))
  .join('\n')
