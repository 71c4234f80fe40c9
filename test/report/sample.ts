// A report as it would come out of a real bundle: a filtered database, the service that cannot reach it, the 503s.
import type {
  Analysis,
  Check,
  ConnectionRow,
  Evidence,
  Finding,
  LinePlace,
  MinuteRow,
  PacketPlace,
  Report,
  SourceReport,
} from '../../src/model/index.ts'

const MINUTE = 60_000_000
const START = Date.UTC(2025, 2, 1, 10, 0, 0) * 1000
const at = (seconds: number) => START + seconds * 1_000_000

const [ACCESS, CAPTURE, REGISTER, SYSLOG, CUT] = [0, 1, 2, 3, 4] as const
const BUNDLE = 'support-0417.tar.gz'

function source(name: string, reader: string, parts: Partial<SourceReport>): SourceReport {
  return {
    path: `${BUNDLE}!${name}`,
    reader,
    bytes: 1_204_113,
    records: 9_120,
    coverage: 1,
    first: at(-3600),
    last: at(1800),
    clock: { zone: '+08:00', quality: 'exact', offset: 0 },
    charset: null,
    modified: at(1900),
    events: 412,
    ...parts,
  }
}

const sources: readonly SourceReport[] = [
  source('logs/access.log', 'nginx-access', { bytes: 4_811_020, records: 31_877 }),
  source('net/db.pcap', 'pcap', {
    bytes: 812_440,
    records: 5_204,
    first: at(-60),
    last: at(600),
    clock: { zone: 'UTC', quality: 'exact', offset: 1_200_000 },
  }),
  source('logs/register.log', 'register', { coverage: 0.987 }),
  source('logs/syslog', 'syslog-rfc3164', {
    records: 2_044,
    clock: { zone: '+08:00', quality: 'year-inferred', offset: 0 },
  }),
  source('net/old.pcap', 'pcap', { bytes: 65_536, records: 114, events: 0 }),
]

function line(first: number, last: number, offset: number): LinePlace {
  return { kind: 'line', line: first, lineEnd: last, offset, length: 118, digest: 0x1a2b3c4d }
}

function packet(number: number, offset: number): PacketPlace {
  return { kind: 'packet', packet: number, offset, length: 74, digest: 0x5e6f7081 }
}

function quoted(
  parts: Pick<Evidence, 'source' | 'place' | 'time' | 'excerpt' | 'signal'> & Partial<Evidence>,
): Evidence {
  return { role: 'trigger', requestId: null, count: 1, ...parts }
}

const syn = (number: number, seconds: number, what: string): Evidence =>
  quoted({
    source: CAPTURE,
    place: packet(number, number * 90 + 24),
    time: at(seconds),
    signal: 'tcp.unanswered',
    excerpt: `192.0.2.10:40122 > 192.0.2.40:5432 SYN seq 3155820011 len 0${what}`,
  })

const STACK = `2025-03-01T18:00:05.117+08:00 ERROR [register-7] request_id=req-7f19c2 createAccount failed
SequelizeConnectionError: connect ETIMEDOUT 192.0.2.40:5432
    at Client._connectionCallback (/srv/register/node_modules/sequelize/lib/dialects/postgres/connection-manager.js:133:24)
    at Client._handleErrorWhileConnecting (/srv/register/node_modules/pg/lib/client.js:327:19)
    at Socket.reportStreamError (/srv/register/node_modules/pg/lib/connection.js:57:12)
    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1610:16)
Caused by: Error: connect ETIMEDOUT 192.0.2.40:5432`

const findings: readonly Finding[] = [
  {
    id: 'nf-01',
    cause: 'network.filtered',
    role: 'root',
    confidence: 0.97,
    severity: 'critical',
    key: { server: '192.0.2.40', port: 5432 },
    title: 'Packets to 192.0.2.40:5432 are dropped without an answer',
    first: at(3),
    last: at(727),
    count: 214,
    evidence: [
      syn(812, 3.122, ', no answer'),
      syn(815, 4.124, ' (retransmission)'),
      syn(823, 6.14, ' (retransmission)'),
      syn(840, 10.236, ' (retransmission)'),
      quoted({
        source: REGISTER,
        place: line(1042, 1048, 118_220),
        time: at(5.117),
        signal: 'dial_timeout',
        excerpt: STACK,
        requestId: 'req-7f19c2',
        count: 188,
      }),
      quoted({
        source: SYSLOG,
        place: line(611, 611, 70_114),
        time: at(1),
        signal: 'firewall_reload',
        role: 'context',
        excerpt: 'Mar  1 18:00:01 db-gw nft[811]: ruleset reloaded: table inet egress, policy drop',
      }),
      quoted({
        source: CAPTURE,
        place: packet(2210, 201_004),
        time: at(420),
        signal: 'tcp.established',
        role: 'counter',
        excerpt: '192.0.2.11:51200 > 192.0.2.40:5432 handshake complete in 1 ms',
      }),
    ],
    evidenceOmitted: 207,
    figures: [
      { name: 'SYNs without an answer', value: 214, unit: 'count' },
      { name: 'Waited for each', value: 7_114_000, unit: 'duration' },
    ],
    remedy: {
      now: "From the client's host: `nc -vz 192.0.2.40 5432`; compare the egress rules with the last change.",
      next: 'Allow the traffic in the security group, NSG or network policy that owns the path.',
      lasting: 'Reject instead of dropping, so that clients fail at once; alert on unanswered SYNs.',
    },
  },
  {
    id: 'du-01',
    cause: 'database.unreachable',
    role: 'symptom',
    confidence: 0.93,
    severity: 'critical',
    key: { server: '192.0.2.40', port: 5432 },
    title: 'The database at 192.0.2.40:5432 cannot be reached',
    first: at(5.117),
    last: at(727),
    count: 188,
    evidence: [
      quoted({
        source: REGISTER,
        place: line(1042, 1048, 118_220),
        time: at(5.117),
        signal: 'database_connect_failed',
        excerpt: STACK,
        requestId: 'req-7f19c2',
        count: 188,
      }),
    ],
    evidenceOmitted: 187,
    figures: [],
    remedy: { now: 'Check that the database listens: `pg_isready -h 192.0.2.40`.', next: '', lasting: '' },
  },
  {
    id: 'sb-01',
    cause: 'overload.server-busy',
    role: 'symptom',
    confidence: 0.9,
    severity: 'high',
    key: { service: 'register' },
    title: 'register answers 503, server busy',
    first: at(9),
    last: at(731),
    count: 402,
    evidence: [
      quoted({
        source: ACCESS,
        place: line(20_117, 20_117, 2_811_404),
        time: at(9),
        signal: 'http.request',
        excerpt:
          '203.0.113.77 - - [01/Mar/2025:18:00:09 +0800] "POST /v1/register HTTP/1.1" 503 57 "-" "app/4.2" req-7f19c9 rt=3.001',
        count: 402,
      }),
    ],
    evidenceOmitted: 401,
    figures: [{ name: 'Share of 503', value: 0.41, unit: 'share' }],
    remedy: { now: 'Nothing: it ends with its cause.', next: '', lasting: '' },
  },
  {
    id: 'nl-01',
    cause: 'network.latency',
    role: 'suspect',
    confidence: 0.41,
    severity: 'low',
    key: {},
    title: 'Handshakes to 198.51.100.9 take 320 ms',
    first: at(60),
    last: at(60),
    count: 3,
    evidence: [],
    evidenceOmitted: 0,
    figures: [],
    remedy: { now: '', next: '', lasting: '' },
  },
]

const check = (cause: string, state: Check['state'], examined: number, open: string | null = null): Check => {
  return { cause, state, examined, open }
}

const checks: readonly Check[] = [
  check('auth.invalid-client', 'clean', 9_120),
  check('auth.token-expired', 'clean', 9_120),
  check('cache.unreachable', 'clean', 9_120),
  check('database.pool-exhausted', 'clean', 9_120),
  check('database.unreachable', 'found', 9_120),
  check('memory.oom-killed', 'clean', 2_044),
  check('memory.gpu', 'no-data', 0),
  check('network.dns.timeout', 'clean', 5_204),
  check('network.filtered', 'found', 5_204),
  check('network.latency', 'found', 5_204),
  check('network.loss', 'open', 5_204, 'the capture net/old.pcap ends before the incident'),
  check('overload.server-busy', 'found', 31_877),
  check('process.gc-pause', 'no-data', 0),
  check('tls.certificate-expired', 'clean', 5_204),
]

/** Ninety minutes of access log: about 58 requests a minute, two fifths of them failing while the database is away. */
const minutes: readonly MinuteRow[] = Array.from({ length: 91 }, (_, index): MinuteRow => {
  const time = START + (index - 60) * MINUTE
  const requests = 52 + ((index * 7) % 13)
  const failing = index >= 60 && index <= 72
  const status5xx = failing ? Math.round(requests * 0.41) : index % 20 === 0 ? 1 : 0
  return {
    source: ACCESS,
    time,
    lines: requests,
    bySeverity: {},
    requests,
    status4xx: index % 3,
    status5xx,
    p50: failing ? 3_000_000 : 42_000,
    p99: failing ? 3_200_000 : 180_000,
  }
})

const connection: ConnectionRow & { readonly source: number } = {
  source: CAPTURE,
  uid: 'C1a2b3c4d5e6f70819',
  communityId: '1:LQU9qZlK+B5F3KDmev6m5PMibrg=',
  proto: 'tcp',
  service: null,
  origHost: '192.0.2.10',
  origPort: 40122,
  respHost: '192.0.2.40',
  respPort: 5432,
  first: at(3.122),
  last: at(10.236),
  connState: 'S0',
  history: 'SSSS',
  origPackets: 4,
  respPackets: 0,
  origBytes: 0,
  respBytes: 0,
  missedBytes: 0,
  handshakeRtt: null,
  connectTime: null,
  retransmissions: 3,
  fastRetransmissions: 0,
  spuriousRetransmissions: 0,
  outOfOrder: 0,
  duplicateAcks: 0,
  lostSegments: 0,
  ackedUnseen: 0,
  zeroWindows: 0,
  zeroWindowProbes: 0,
  windowFulls: 0,
  keepAlives: 0,
  portReused: 0,
  zeroWindowTime: 0,
}

export const analysis: Analysis = {
  run: {
    version: '0.1.0',
    grammar: 'shipped 1a2b3c4d',
    command: `faultline analyze ${BUNDLE}`,
    exit: 4,
    durationMs: 812,
  },
  bundle: { paths: [BUNDLE], sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', kinds: [] },
  sources,
  minutes,
  conclusion: {
    verdict: {
      sentence:
        'Packets to 192.0.2.40:5432 are dropped without an answer since 2025-03-01 10:00:03 UTC, so the database cannot be reached and register answers 503.',
      rootCauses: ['network.filtered'],
    },
    findings,
    links: [
      { causeFinding: 'nf-01', effectFinding: 'du-01', lag: 1_995_000, basis: 'same server, port within 30 s' },
      { causeFinding: 'du-01', effectFinding: 'sb-01', lag: 3_883_000, basis: 'within 1 min' },
    ],
    checks,
    unexplained: [
      {
        template: 'metrics push failed: <*> points dropped',
        count: 17,
        first: at(-1200),
        last: at(900),
        example: { source: REGISTER, place: line(412, 412, 41_020), excerpt: 'metrics push failed: 12 points dropped' },
      },
    ],
  },
  problems: [
    {
      source: `${BUNDLE}!net/db.pcap`,
      code: 'packets-snapped',
      offset: null,
      detail: 'Packets were captured up to 96 bytes.',
    },
    {
      source: `${BUNDLE}!net/old.pcap`,
      code: 'capture-cut',
      offset: 65_488,
      detail: 'The capture ends within packet 115; the packets before it were read.',
    },
  ],
}

export const report: Report = {
  analysis,
  requests: [
    {
      requestId: 'req-7f19c2',
      time: at(5.117),
      source: `${BUNDLE}!logs/register.log`,
      line: 1042,
      excerpt: 'ERROR [register-7] request_id=req-7f19c2 createAccount failed',
    },
    {
      requestId: 'req-7f19c9',
      time: at(9),
      source: `${BUNDLE}!logs/access.log`,
      line: 20_117,
      excerpt: '"POST /v1/register HTTP/1.1" 503 57',
    },
  ],
  firstStack: { source: `${BUNDLE}!logs/register.log`, line: 1042, lineEnd: 1048, text: STACK },
  connections: [connection],
  provenance: [
    {
      figure: 'SYNs without an answer',
      sql: "SELECT count(*) FROM connections WHERE conn_state = 'S0' AND id_resp_p = 5432",
    },
    {
      figure: 'Requests answered 503',
      sql: "SELECT sum(status_5xx) FROM minutes WHERE time >= '2025-03-01T10:00:03Z'",
    },
  ],
  versions: [
    { name: 'Node.js', version: '18.19.1', source: `${BUNDLE}!logs/register.log` },
    { name: 'PostgreSQL', version: '15.4', source: `${BUNDLE}!logs/register.log` },
  ],
}

/** A bundle in which nothing is wrong. */
export const healthy: Report = {
  ...report,
  requests: [],
  firstStack: null,
  connections: [],
  analysis: {
    ...analysis,
    conclusion: {
      verdict: { sentence: 'No cause found: 12 of 14 causes were looked for and found clean.', rootCauses: [] },
      findings: [],
      links: [],
      checks: checks.map((one) => (one.state === 'found' ? { ...one, state: 'clean' } : one)),
      unexplained: [],
    },
    problems: [],
  },
}

/** What an attacker writes into a log: tags, fences, colours, turned reading order, a line without end. */
export const HOSTILE: readonly string[] = [
  '<script>alert(1)</script>',
  '</details></main><img src=x onerror=alert(1)>',
  '"><svg onload=alert(1)>',
  '```\n# not a heading\n```` and ~~~~',
  '\u001b[31mred\u001b[0m \u202Eevil\u202C \u0000\u0007\u009b2J \ufeff',
  '| a | b |\n|---|---|\n[x](javascript:alert(1)) ![i](http://192.0.2.1/x) @everyone #1 &lt;b&gt; `code` <!-- --> $x$',
  ']]> --> */ \\ %s %{1}',
  'x'.repeat(10_000_000),
]

/** The sample with one text in every place that a bundle can write into. */
export function saying(text: string): Report {
  const [finding, ...others] = findings
  if (finding === undefined) throw new Error('the sample has findings')
  const [first, ...rest] = finding.evidence
  if (first === undefined) throw new Error('the sample has evidence')
  const hostile: Finding = {
    ...finding,
    title: text,
    key: { server: text },
    evidence: [{ ...first, excerpt: text, signal: 'said' }, ...rest],
  }
  const unexplained = analysis.conclusion.unexplained.map((one) => ({
    ...one,
    template: text,
    example: { ...one.example, excerpt: text },
  }))
  return {
    ...report,
    analysis: {
      ...analysis,
      bundle: { ...analysis.bundle, paths: [text] },
      sources: sources.map((one, index) => (index === CUT ? { ...one, path: text } : one)),
      conclusion: {
        ...analysis.conclusion,
        verdict: { sentence: text, rootCauses: [finding.cause] },
        findings: [hostile, ...others],
        unexplained,
      },
      problems: [{ source: text, code: 'record-damaged', offset: 1, detail: text }],
    },
    requests: [{ requestId: text, time: null, source: text, line: 1, excerpt: text }],
    firstStack: { source: text, line: 1, lineEnd: 2, text },
    connections: [{ ...connection, service: text, origHost: text }],
    versions: [{ name: text, version: text, source: text }],
    provenance: [{ figure: text, sql: text }],
  }
}
