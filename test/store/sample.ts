// A small analysis with everything a store holds, and a folder to write into.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type {
  Analysis,
  Cause,
  ConnectionRow,
  Evidence,
  Finding,
  HttpRow,
  LinePlace,
  LogEvent,
  SourceReport,
} from '../../src/model/index.ts'

/** 2025-03-01T10:00:00Z */
export const START = 1_740_823_200_000_000

export function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'faultline-store-'))
  t.after(() => rmSync(path, { recursive: true, force: true }))
  return path
}

export const source: SourceReport = {
  path: 'logs/app.log',
  charset: null,
  modified: START + 9_000_000,
  reader: 'plain',
  bytes: 1200,
  records: 40,
  events: 3,
  coverage: 0.975,
  first: START,
  last: START + 5_000_001,
  clock: { zone: '+02:00', quality: 'zone-assumed', offset: -1500 },
}

const capture: SourceReport = {
  ...source,
  path: 'net/trace.pcap',
  charset: null,
  modified: null,
  reader: 'pcap',
  clock: { zone: null, quality: 'exact', offset: 0 },
}

const linePlace: LinePlace = { kind: 'line', line: 12, lineEnd: 14, offset: 900, length: 140, digest: 4_294_967_295 }

export const lineEvidence: Evidence = {
  source: 0,
  place: linePlace,
  time: START + 1_000_000,
  excerpt:
    'Error: connect ECONNREFUSED 198.51.100.7:8080\n    at TCP.<anonymous> (node:net:1300:16)\n    at run (app.js:1:2)',
  role: 'trigger',
  signal: 'dial_refused',
  requestId: 'req-7',
  count: 3,
}

export const packetEvidence: Evidence = {
  source: 1,
  place: { kind: 'packet', packet: 7, offset: 540, length: 54, digest: 17 },
  time: START + 1_000_250,
  excerpt: '198.51.100.7:8080 answers SYN of 192.0.2.1 with RST',
  role: 'context',
  signal: 'tcp.refused',
  requestId: null,
  count: 1,
}

const remedy = { now: 'Start the service.', next: 'Find out why it stopped.', lasting: 'Watch it.' }

export const root: Finding = {
  id: 'network.refused-1a2b',
  cause: 'network.refused',
  role: 'root',
  confidence: 0.9925,
  severity: 'critical',
  key: { server: '198.51.100.7', port: 8080 },
  title: '198.51.100.7:8080 refuses connections',
  first: START + 1_000_000,
  last: START + 4_000_000,
  count: 4,
  evidence: [lineEvidence, packetEvidence],
  evidenceOmitted: 2,
  figures: [
    { name: 'refused', value: 4, unit: 'count' },
    { name: 'share', value: 0.25, unit: 'share' },
  ],
  remedy,
}

export const symptom: Finding = {
  ...root,
  id: 'upstream.bad-gateway-77',
  cause: 'upstream.bad-gateway',
  role: 'symptom',
  severity: 'high',
  confidence: 0.8,
  key: { service: null },
  title: 'Requests end with 502',
  first: null,
  last: null,
  evidence: [{ ...lineEvidence, time: null, requestId: 'req-8', role: 'counter', place: { ...linePlace, offset: 77 } }],
  figures: [],
}

export const analysis: Analysis = {
  run: {
    version: '0.1.0',
    grammar: 'shipped 1a2b3c4d',
    command: 'faultline analyze bundle',
    exit: 4,
    durationMs: 12.5,
  },
  bundle: { paths: ['bundle'], sha256: 'aa11', kinds: ['sosreport', 'troubleshoot'] },
  sources: [source, capture],
  minutes: [
    {
      source: 0,
      time: START,
      lines: 40,
      bySeverity: { error: 3, info: 37 },
      requests: 0,
      status4xx: 0,
      status5xx: 0,
      p50: null,
      p99: null,
    },
    {
      source: 1,
      time: START,
      lines: 0,
      bySeverity: {},
      requests: 9,
      status4xx: 1,
      status5xx: 2,
      p50: 1500,
      p99: 20_000,
    },
  ],
  conclusion: {
    verdict: { sentence: '198.51.100.7:8080 refuses connections.', rootCauses: ['network.refused'] },
    findings: [root, symptom],
    links: [{ causeFinding: root.id, effectFinding: symptom.id, lag: 250, basis: 'same server' }],
    checks: [
      { cause: 'dns.servfail', state: 'clean', examined: 12, open: null },
      { cause: 'network.filtered', state: 'open', examined: 0, open: 'no capture covers it' },
    ],
    unexplained: [
      {
        template: 'cache miss for <*>',
        count: 5,
        first: START,
        last: null,
        example: {
          source: 0,
          place: { ...linePlace, line: 30, lineEnd: 30, offset: 1100 },
          excerpt: 'cache miss for 7',
        },
      },
    ],
  },
  problems: [
    { source: 'net/trace.pcap', code: 'capture-cut', offset: 1190, detail: 'The last packet is cut.' },
    { source: 'missing.log', code: 'not-found', offset: null, detail: 'There is no such file.' },
  ],
}

export const cause: Cause = {
  id: 'network.refused',
  title: '{server}:{port} refuses connections',
  severity: 'critical',
  key: ['server', 'port'],
  evidence: [],
  impact: 9,
  remedy,
  see: ['https://www.rfc-editor.org/rfc/rfc9293'],
  reportFrom: 0.7,
  options: { orderLoose: false, useEachOnce: false, assumeAbsent: false },
  position: { file: 'network.fault', line: 1, column: 1 },
}

export const connection: ConnectionRow = {
  uid: 'C1',
  communityId: '1:LQU9qZlK+B5F3KDmev6m5PMibrg=',
  proto: 'tcp',
  service: null,
  origHost: '192.0.2.1',
  origPort: 40_001,
  respHost: '198.51.100.7',
  respPort: 8080,
  first: START + 1_000_200,
  last: START + 1_000_250,
  connState: 'REJ',
  history: 'Sr',
  origPackets: 1,
  respPackets: 1,
  origBytes: 0,
  respBytes: 0,
  missedBytes: 0,
  handshakeRtt: null,
  connectTime: 1234,
  retransmissions: 1,
  fastRetransmissions: 2,
  spuriousRetransmissions: 3,
  outOfOrder: 4,
  duplicateAcks: 5,
  lostSegments: 6,
  ackedUnseen: 7,
  zeroWindows: 8,
  zeroWindowProbes: 9,
  windowFulls: 10,
  keepAlives: 11,
  portReused: 12,
  zeroWindowTime: 1_300_000,
}

export const request: HttpRow = {
  time: START + 2_000_000,
  client: '192.0.2.1',
  clientPort: 40_002,
  server: '198.51.100.9',
  serverPort: 80,
  version: '1',
  method: 'GET',
  host: 'shop.example',
  uri: '/cart',
  statusCode: 502,
  duration: 61_000,
  requestId: 'req-9',
  userAgent: 'curl/8',
}

export const event: LogEvent = {
  kind: 'log',
  source: 0,
  time: START + 1_000_000,
  quality: 'exact',
  place: lineEvidence.place,
  excerpt: lineEvidence.excerpt,
  fields: { client: '192.0.2.1', status: '502', retry: true },
  reader: 'plain',
  severity: 'error',
  host: 'web-1',
  program: 'shop',
  pid: 77,
  requestId: 'req-7',
  body: '连接被拒绝 connect ECONNREFUSED',
  detail: 'stack=at run',
}
