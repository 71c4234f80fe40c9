// The facts that decoders and readers state: their kinds, their fields and what a field holds (grammars/README.md).

export type FieldType = 'text' | 'number' | 'duration' | 'size' | 'share' | 'boolean' | 'open'
export type FieldTypes = Readonly<Record<string, FieldType>>

const link = { client: 'text', server: 'text', port: 'number' } as const
const connection = { ...link, client_port: 'number', service: 'text' } as const

export const FACTS: Readonly<Record<string, FieldTypes>> = {
  'tcp.unanswered': { ...connection, tries: 'number', seconds: 'number' },
  'tcp.refused': { ...connection, middlebox: 'boolean' },
  'tcp.established': { ...connection, rtt: 'duration', connect_time: 'duration' },
  'tcp.reset': { ...connection, by: 'text', sent: 'size', received: 'size', pending: 'boolean', middlebox: 'boolean' },
  'tcp.traffic': {
    ...link,
    segments: 'number',
    resent: 'number',
    out_of_order: 'number',
    duplicate_acks: 'number',
    bytes: 'size',
  },
  'tcp.closed_window': { ...link, by: 'text', duration: 'duration' },
  'tcp.blackhole': { ...link, by: 'text', size: 'size', tries: 'number', largest_passed: 'size' },
  'tcp.connection': {
    ...connection,
    state: 'text',
    duration: 'duration',
    requests: 'number',
    orig_bytes: 'size',
    resp_bytes: 'size',
  },
  'icmp.unreachable': { from: 'text', ...link, proto: 'text', code: 'number', reason: 'text' },
  'icmp.too_big': { from: 'text', ...link, mtu: 'size' },
  'dns.response': {
    client: 'text',
    server: 'text',
    name: 'text',
    type: 'text',
    rcode: 'number',
    rcode_name: 'text',
    rtt: 'duration',
    queries: 'number',
    answers: 'open',
    search: 'boolean',
  },
  'dns.unanswered': {
    client: 'text',
    server: 'text',
    name: 'text',
    type: 'text',
    queries: 'number',
    seconds: 'number',
  },
  'tls.hello': { ...link, server_name: 'text', version: 'text' },
  'tls.alert': { ...link, server_name: 'text', by: 'text', level: 'open', code: 'number', name: 'text' },
  'tls.certificate': {
    ...link,
    server_name: 'text',
    not_before: 'open',
    not_after: 'open',
    names: 'text',
    issuer: 'text',
    subject: 'text',
    expired: 'boolean',
    name_matches: 'boolean',
    self_signed: 'boolean',
  },
  'tls.aborted': { ...link, server_name: 'text', by: 'text' },
  'http.request': {
    ...link,
    method: 'text',
    path: 'text',
    host: 'text',
    service: 'text',
    status: 'number',
    duration: 'duration',
    request_id: 'text',
    user_agent: 'text',
    body_digest: 'text',
    body: 'text',
    origin: 'text',
  },
  'http.repeated': {
    client: 'text',
    method: 'text',
    path: 'text',
    status: 'number',
    count: 'number',
    seconds: 'number',
    interval: 'duration',
    request_id: 'text',
    origin: 'text',
  },
  'db.error': { ...link, protocol: 'text', code: 'open', message: 'text' },
  'host.cpu': {
    host: 'text',
    cpu: 'text',
    busy: 'share',
    user: 'share',
    system: 'share',
    iowait: 'share',
    steal: 'share',
    running: 'number',
    blocked: 'number',
  },
  'host.disk': { host: 'text', device: 'text', await: 'duration', util: 'share', queue: 'number' },
  'host.memory': { host: 'text', total: 'size', available: 'size' },
  'host.volume': { host: 'text', device: 'text', mount: 'text', used: 'share', available: 'size', inodes: 'boolean' },
  'host.tcp': {
    host: 'text',
    segments: 'number',
    resent: 'number',
    resent_share: 'share',
    established: 'number',
    orphaned: 'number',
    timewait: 'number',
  },
  'queue.depth': { queue: 'text', waiting: 'number', consumers: 'number' },
  'capture.gap': { packets: 'number' },
  'clock.skew': { other: 'open', offset: 'duration', samples: 'number' },
}

/** What every fact has beside its own fields. */
export const EVERY_FACT: FieldTypes = { source: 'text' }

/** What every log record has, and what formats name most; a format may name further fields. */
export const LOG_FIELDS: FieldTypes = {
  message: 'text',
  line: 'text',
  severity: 'text',
  host: 'text',
  program: 'text',
  pid: 'number',
  request_id: 'text',
  reader: 'text',
  source: 'text',
  status: 'number',
  method: 'text',
  path: 'text',
  client: 'text',
  duration: 'duration',
  upstream: 'text',
  unit: 'text',
  code: 'open',
}

/** What an example may ask of a finding, beside its key. */
export const FINDING_FIELDS: FieldTypes = { confidence: 'number', severity: 'text', count: 'number', title: 'text' }

export const SEVERITIES = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const
