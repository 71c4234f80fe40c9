// Each saved query runs through the guard and answers what its name says.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { DnsRow, TlsRow } from '../../src/model/index.ts'
import { createStore, openStore, SAVED_QUERIES, type StoreReader } from '../../src/store/index.ts'
import { analysis, cause, connection, event, request, START } from './sample.ts'

let dir = ''
let store: StoreReader

const lookup: DnsRow = {
  time: START,
  client: '192.0.2.1',
  clientPort: 5353,
  server: '192.0.2.53',
  serverPort: 53,
  proto: 'udp',
  transId: 77,
  query: 'shop.example',
  qtypeName: 'A',
  rcode: null,
  rcodeName: null,
  rtt: null,
  queries: 3,
  answered: false,
  answers: [],
}

const handshake: TlsRow = {
  time: START,
  origHost: '192.0.2.1',
  origPort: 1,
  respHost: '198.51.100.7',
  respPort: 443,
  serverName: null,
  version: 'TLSv1.2',
  cipher: null,
  established: false,
  lastAlert: 45,
  alertFrom: 'client',
  certificateNotBefore: null,
  certificateNotAfter: START,
  certificateNames: [],
  certificateIssuer: null,
}

before(() => {
  dir = mkdtempSync(join(tmpdir(), 'faultline-queries-'))
  const writer = createStore(join(dir, 'a.db'))
  writer.event({
    ...event,
    time: START + 3_000_000,
    requestId: 'req-9',
    excerpt: 'cart failed',
    place: { kind: 'line', line: 20, lineEnd: 20, offset: 2000, length: 11, digest: 1 },
  })
  writer.event(event)
  writer.connection(1, connection)
  writer.connection(1, { ...connection, connState: 'SF', origBytes: 10, respBytes: 990 })
  writer.http(1, request, 'packets')
  writer.http(1, { ...request, uri: '/cart?id=7', requestId: null, time: START }, 'packets')
  writer.http(1, { ...request, statusCode: 200, duration: null }, 'packets')
  writer.dns(1, lookup)
  writer.dns(1, { ...lookup, rcode: 0, rcodeName: 'NOERROR', rtt: 2_000_000, answered: true })
  writer.tls(1, handshake)
  writer.finish(analysis, [cause], [0, 1])
  store = openStore(join(dir, 'a.db'))
})

after(() => {
  store.close()
  rmSync(dir, { recursive: true })
})

function run(name: string, parameters: Record<string, string> = {}): readonly (readonly unknown[])[] {
  const saved = SAVED_QUERIES.find((query) => query.name === name)
  assert.ok(saved, name)
  assert.deepEqual(Object.keys(parameters), saved.parameters, name)
  return [...store.query(saved.sql, parameters).rows]
}

test('the saved queries answer', () => {
  const check = (name: string, ...rows: unknown[]) => assert.deepEqual(run(name), rows, name)
  check(
    'findings',
    [
      'root',
      'network.refused',
      0.9925,
      'critical',
      '198.51.100.7:8080 refuses connections',
      '2025-03-01T10:00:01.000Z',
      '2025-03-01T10:00:04.000Z',
      4,
      2,
      null,
    ],
    ['symptom', 'upstream.bad-gateway', 0.8, 'high', 'Requests end with 502', null, null, 4, 1, 'network.refused'],
  )
  assert.deepEqual(
    run('evidence').map((row) => row.slice(0, 6)),
    [
      ['network.refused', 'trigger', '2025-03-01T10:00:01.000Z', 'logs/app.log', 12, null],
      ['network.refused', 'context', '2025-03-01T10:00:01.000250Z', 'net/trace.pcap', null, 7],
      ['upstream.bad-gateway', 'counter', null, 'logs/app.log', 12, null],
    ],
  )
  assert.deepEqual(
    run('timeline').map((row) => [row[0], row[1], row[4]]),
    [
      ['2025-03-01T10:00:01.000Z', 'finding root', null],
      ['2025-03-01T10:00:01.000Z', 'dial_refused', 12],
      ['2025-03-01T10:00:01.000250Z', 'tcp.refused', null],
      ['2025-03-01T10:00:03.000Z', 'log', 20],
      [null, 'finding symptom', null],
      [null, 'dial_refused', 12],
    ],
  )
  assert.deepEqual(
    run('slow').map((row) => row.slice(0, 3)),
    [
      [2, 'dns', '2025-03-01T10:00:00.000Z'],
      [0.061, 'http', '2025-03-01T10:00:00.000Z'],
      [0.061, 'http', '2025-03-01T10:00:02.000Z'],
      [0.001234, 'connect', '2025-03-01T10:00:01.000200Z'],
      [0.001234, 'connect', '2025-03-01T10:00:01.000200Z'],
    ],
  )
  check('errors-by-minute', ['2025-03-01T10:00:00Z', 40, 0, 3, 9, 1, 2, 0.02])
  check('http-errors', [2, 502, 'GET', '/cart', 'packets', '2025-03-01T10:00:00.000Z', '2025-03-01T10:00:02.000Z'])
  check('failed-connections', [
    1,
    'REJ',
    '198.51.100.7',
    8080,
    1,
    '2025-03-01T10:00:01.000200Z',
    '2025-03-01T10:00:01.000250Z',
  ])
  check('top-talkers', ['192.0.2.1', '198.51.100.7', 8080, 2, 10, 990, 6])
  check(
    'dns',
    ['shop.example', 'A', 'NOERROR', 1, 3, 2, '2025-03-01T10:00:00.000Z', '2025-03-01T10:00:00.000Z'],
    ['shop.example', 'A', 'no answer', 1, 3, null, '2025-03-01T10:00:00.000Z', '2025-03-01T10:00:00.000Z'],
  )
  check('tls', [
    '198.51.100.7',
    443,
    'TLSv1.2',
    1,
    0,
    45,
    'client',
    '2025-03-01T10:00:00.000Z',
    '2025-03-01T10:00:00.000Z',
    '2025-03-01T10:00:00.000Z',
  ])
  check('checks', ['dns.servfail', 'clean', 12, null], ['network.filtered', 'open', 0, 'no capture covers it'])
  check('unexplained', [
    5,
    'cache miss for <*>',
    '2025-03-01T10:00:00.000Z',
    null,
    'logs/app.log',
    30,
    'cache miss for 7',
  ])
  assert.deepEqual(
    run('sources').map((row) => row.slice(0, 4)),
    [
      ['logs/app.log', 'plain', 1200, 40],
      ['net/trace.pcap', 'pcap', 1200, 40],
    ],
  )
  check(
    'unread',
    ['net/trace.pcap', 'capture-cut', 1190, 'The last packet is cut.'],
    ['missing.log', 'not-found', null, 'There is no such file.'],
  )
})

test('a request is followed through packets and logs', () => {
  assert.deepEqual(
    run('requests', { id: 'req-9' }).map((row) => [row[0], row[1], row[2], row[7]]),
    [
      ['2025-03-01T10:00:02.000Z', 'http packets', 502, 'GET /cart'],
      ['2025-03-01T10:00:02.000Z', 'http packets', 200, 'GET /cart'],
      ['2025-03-01T10:00:03.000Z', 'log', 502, 'cart failed'],
    ],
  )
  assert.deepEqual(run('requests', { id: 'absent' }), [])
})

test('names are unique, and their parameters stand in the SQL', () => {
  assert.equal(new Set(SAVED_QUERIES.map(({ name }) => name)).size, SAVED_QUERIES.length)
  for (const { name, description, parameters, sql } of SAVED_QUERIES) {
    assert.ok(description.length > 0, name)
    assert.deepEqual(
      [...sql.matchAll(/:(\w+)/g)].map(([, parameter]) => parameter),
      parameters,
      name,
    )
  }
})
