// What a writer takes stands in the tables, under the names that others rely on.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import Database from 'better-sqlite3'
import { createStore, openStore } from '../../src/store/index.ts'
import { analysis, cause, connection, event, folder, request, START } from './sample.ts'

function ask(file: string, sql: string): unknown[] {
  const store = openStore(file)
  try {
    return [...store.query(sql).rows]
  } finally {
    store.close()
  }
}

test('records stand in their tables, times as text and as microseconds, durations in seconds', (t) => {
  const file = join(folder(t), 'a.db')
  const writer = createStore(file)
  writer.connection(0, connection)
  writer.dns(0, {
    time: START,
    client: '192.0.2.1',
    clientPort: 5353,
    server: '192.0.2.53',
    serverPort: 53,
    proto: 'udp',
    transId: 77,
    query: 'shop.example',
    qtypeName: 'A',
    rcode: 3,
    rcodeName: 'NXDOMAIN',
    rtt: 1500,
    queries: 2,
    answered: true,
    answers: ['198.51.100.7'],
  })
  writer.tls(0, {
    time: START,
    origHost: '192.0.2.1',
    origPort: 1,
    respHost: '198.51.100.7',
    respPort: 443,
    serverName: 'shop.example',
    version: 'TLSv1.2',
    cipher: null,
    established: false,
    lastAlert: 48,
    alertFrom: 'client',
    certificateNotBefore: null,
    certificateNotAfter: START,
    certificateNames: ['shop.example'],
    certificateIssuer: 'CN=Test',
  })
  writer.http(0, request, 'log')
  writer.icmp(0, { src: '192.0.2.254', dst: '192.0.2.1', type: 3, code: 13, count: 4, first: START })
  writer.event({ ...event, source: 1 })
  writer.finish(analysis, [cause], [1, 0])
  const check = (sql: string, ...rows: unknown[]) => assert.deepEqual(ask(file, sql), rows, sql)

  check(
    'SELECT path, records, first_time, last_time FROM sources',
    ['logs/app.log', 40, '2025-03-01T10:00:00.000Z', '2025-03-01T10:00:05.000001Z'],
    ['net/trace.pcap', 40, '2025-03-01T10:00:00.000Z', '2025-03-01T10:00:05.000001Z'],
  )
  check(
    'SELECT source_id, proto, id_orig_h, id_orig_p, id_resp_h, id_resp_p, first_time, orig_pkts, resp_pkts FROM connections',
    [2, 'tcp', '192.0.2.1', 40_001, '198.51.100.7', 8080, '2025-03-01T10:00:01.000200Z', 1, 1],
  )
  check('SELECT handshake_rtt, connect_time, zero_window_time, duration FROM connections', [
    null,
    0.001234,
    1.3,
    0.00005,
  ])
  check(
    'SELECT retransmissions, fast_retransmissions, spurious_retransmissions, out_of_order, duplicate_acks FROM connections',
    [1, 2, 3, 4, 5],
  )
  check(
    'SELECT lost_segments, acked_unseen, zero_windows, zero_window_probes, window_fulls, keep_alives, port_reused FROM connections',
    [6, 7, 8, 9, 10, 11, 12],
  )
  check(
    'SELECT source_id, time, client, server, trans_id, query, qtype_name, rcode, rtt, queries, answered, answers_json FROM dns',
    [
      2,
      '2025-03-01T10:00:00.000Z',
      '192.0.2.1',
      '192.0.2.53',
      77,
      'shop.example',
      'A',
      3,
      0.0015,
      2,
      1,
      '["198.51.100.7"]',
    ],
  )
  check(
    'SELECT source_id, server_name, last_alert, established, certificate_not_before, certificate_not_after FROM tls',
    [2, 'shop.example', 48, 0, null, '2025-03-01T10:00:00.000Z'],
  )
  check('SELECT source_id, time, origin, client, server, method, uri, status_code, duration FROM http', [
    2,
    '2025-03-01T10:00:02.000Z',
    'log',
    '192.0.2.1',
    '198.51.100.9',
    'GET',
    '/cart',
    502,
    0.061,
  ])
  check('SELECT source_id, src, dst, type, code, count FROM icmp', [2, '192.0.2.254', '192.0.2.1', 3, 13, 4])
  check(
    'SELECT source_id, kind, time_unix_us, line, line_end, severity_number, severity_text, service_name, client_address, http_response_status_code FROM events',
    [1, 'log', 1_740_823_201_000_000, 12, 14, 17, 'error', 'shop', '192.0.2.1', 502],
  )
  check('SELECT count(*) FROM pragma_foreign_key_check', [0])
  check('SELECT * FROM pragma_integrity_check', ['ok'])
  assert.equal(statSync(file).mode & 0o777, 0o600)
})

test('rows lie in order of source, then as they came, whatever order the sources were read in', (t) => {
  const dir = folder(t)
  const store = (name: string, order: readonly number[]) => {
    const file = join(dir, name)
    const writer = createStore(file)
    for (let n = 0; n < 25; n++) {
      for (const [number, position] of order.entries())
        writer.http(number, { ...request, uri: `/${position}/${n}` }, 'packets')
    }
    writer.finish(analysis, [], order)
    return ask(file, 'SELECT id, source_id, uri FROM http')
  }
  assert.deepEqual(store('a.db', [0, 1]), store('b.db', [1, 0]))
  assert.ok(readFileSync(join(dir, 'a.db')).equals(readFileSync(join(dir, 'b.db'))), 'byte for byte')
  assert.deepEqual(store('a.db', [1, 0]).slice(24, 26), [
    [25, 1, '/0/24'],
    [26, 2, '/1/0'],
  ])
})

test('a bundle analysed again replaces its rows; others stay', (t) => {
  const file = join(folder(t), 'a.db')
  const write = (sha256: string, uri: string) => {
    const writer = createStore(file)
    writer.http(0, { ...request, uri }, 'packets')
    writer.finish({ ...analysis, bundle: { paths: [], sha256, kinds: [] } }, [cause], [0, 1])
  }
  for (const [sha256, uri] of [
    ['aa', '/1'],
    ['bb', '/2'],
    ['aa', '/3'],
    ['bb', '/4'],
    ['bb', '/5'],
  ] as const)
    write(sha256, uri)
  assert.deepEqual(
    ask(
      file,
      'SELECT sha256, uri FROM http JOIN sources ON sources.id = source_id JOIN bundles ON bundles.id = bundle_id',
    ),
    [
      ['aa', '/3'],
      ['bb', '/5'],
    ],
  )
  for (const [table, count] of [
    ['sources', 4],
    ['runs', 2],
    ['findings', 4],
    ['evidence', 6],
    ['finding_links', 2],
    ['checks', 4],
    ['causes', 4],
  ] as const) {
    assert.deepEqual(ask(file, `SELECT count(*) FROM ${table}`), [[count]], table)
  }
  assert.deepEqual(ask(file, 'SELECT * FROM pragma_foreign_key_check'), [])
})

test('a table that somebody added to the store stays', (t) => {
  const file = join(folder(t), 'a.db')
  createStore(file).finish(analysis, [], [])
  const db = new Database(file)
  db.exec("CREATE TABLE notes (text); INSERT INTO notes VALUES ('seen by Ann')")
  db.close()
  createStore(file).finish(analysis, [], [])
  assert.deepEqual(ask(file, 'SELECT text FROM notes'), [['seen by Ann']])
  assert.deepEqual(ask(file, 'SELECT count(*) FROM bundles'), [[1]])
})

test('a file that is no store is never overwritten', (t) => {
  const dir = folder(t)
  const text = join(dir, 'notes.txt')
  writeFileSync(text, 'not a database, and longer than a header'.repeat(200))
  assert.throws(() => createStore(text), { code: 'not-a-store' })
  const other = join(dir, 'other.db')
  new Database(other).exec('CREATE TABLE a (b)').close()
  assert.throws(() => createStore(other), { code: 'not-a-store' })
  assert.throws(() => createStore(dir), { code: 'not-a-store' })
  assert.throws(() => createStore('/dev/null'), { code: 'not-a-store' })
})

test('an empty file is as good as none', (t) => {
  const file = join(folder(t), 'a.db')
  writeFileSync(file, '')
  createStore(file).finish(analysis, [], [])
  assert.deepEqual(ask(file, 'SELECT count(*) FROM bundles'), [[1]])
})

test('a writer that is abandoned leaves nothing', (t) => {
  const dir = folder(t)
  const writer = createStore(join(dir, 'a.db'))
  writer.connection(0, connection)
  writer.abandon()
  assert.deepEqual(readdirSync(dir), [])
})

test('the rows of a source whose clock was off are moved, those of others are not', (t) => {
  const file = join(folder(t), 'a.db')
  const writer = createStore(file)
  writer.connection(0, connection)
  writer.event({ ...event, source: 0, time: START })
  writer.event({ ...event, source: 1, time: START })
  writer.event({ ...event, source: 0, time: null })
  writer.shift(0, -3_600_000_000)
  writer.finish(analysis, [cause], [0, 1])
  assert.deepEqual(ask(file, 'SELECT source_id, time, time_unix_us FROM events ORDER BY id'), [
    [1, '2025-03-01T09:00:00.000Z', START - 3_600_000_000],
    [1, null, null],
    [2, '2025-03-01T10:00:00.000Z', START],
  ])
  assert.deepEqual(ask(file, 'SELECT first_time, duration FROM connections'), [
    ['2025-03-01T09:00:01.000200Z', 0.00005],
  ])
})
