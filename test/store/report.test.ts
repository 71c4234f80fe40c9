// The report is read back from the tables alone: the analysis as it was, and what a ticket asks for beside it.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import fc from 'fast-check'
import type { Analysis, Event, Finding, HttpRow, Report } from '../../src/model/index.ts'
import { createStore, openStore, type StoreWriter } from '../../src/store/index.ts'
import { analysis, cause, connection, event, folder, lineEvidence, request, root, START, symptom } from './sample.ts'

function reportOf(file: string, written: Analysis, rows: (writer: StoreWriter) => void = () => {}): Report {
  const writer = createStore(file)
  rows(writer)
  writer.finish(written, [cause], [0, 1])
  const store = openStore(file)
  try {
    return store.report(written.bundle.sha256)
  } finally {
    store.close()
  }
}

const withFindings = (...findings: Finding[]): Analysis => ({
  ...analysis,
  conclusion: { ...analysis.conclusion, findings, links: [] },
})

test('an analysis comes back as it was written', (t) => {
  assert.deepEqual(reportOf(join(folder(t), 'a.db'), analysis).analysis, analysis)
})

test('so does one with nothing in it, and one that stands beside others', (t) => {
  const file = join(folder(t), 'a.db')
  const conclusion = { verdict: { sentence: '', rootCauses: [] }, findings: [], links: [], checks: [], unexplained: [] }
  const empty = {
    ...analysis,
    bundle: { paths: [], sha256: 'e', kinds: [] },
    sources: [],
    minutes: [],
    problems: [],
    conclusion,
  }
  assert.deepEqual(reportOf(file, analysis).analysis, analysis)
  assert.deepEqual(reportOf(file, empty).analysis, empty)
  assert.deepEqual(reportOf(file, analysis).analysis, analysis)
  assert.deepEqual(reportOf(file, empty).analysis, empty)
})

test('whatever text and numbers it holds', (t) => {
  const file = join(folder(t), 'a.db')
  const text = fc.string({ unit: 'binary' })
  const instant = fc.option(fc.integer({ min: 0, max: 2 ** 52 }))
  const key = fc.dictionary(fc.string(), fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null)), {
    noNullPrototype: true,
  })
  const drawn = fc.record({
    title: text,
    excerpt: text,
    first: instant,
    count: fc.nat(),
    confidence: fc.double({ min: 0, max: 1, noNaN: true }),
    key,
  })
  fc.assert(
    fc.property(drawn, ({ title, excerpt, first, count, confidence, key }) => {
      const finding = {
        ...root,
        title,
        first,
        count,
        confidence: confidence + 0,
        key,
        evidence: [{ ...lineEvidence, excerpt }],
      }
      const written = withFindings(finding)
      assert.deepEqual(reportOf(file, written).analysis, written)
    }),
    { numRuns: 25 },
  )
})

test('without a name it is the last bundle analysed; a beginning of the SHA-256 is enough', (t) => {
  const file = join(folder(t), 'a.db')
  for (const sha256 of ['aa11', 'bb22', 'ab33'])
    createStore(file).finish({ ...analysis, bundle: { paths: [], sha256, kinds: [] } }, [], [])
  const store = openStore(file)
  const check = (asked: string | undefined, sha256: string) =>
    assert.equal(store.report(asked).analysis.bundle.sha256, sha256)
  check(undefined, 'ab33')
  check('bb', 'bb22')
  check('aa11', 'aa11')
  assert.throws(() => store.report('cc'), { code: 'no-such-bundle', message: 'The store holds no bundle cc.' })
  store.close()
})

test('requests: those a root cause quotes first, then errors and answers 5xx, oldest first, at most 20', (t) => {
  const file = join(folder(t), 'a.db')
  const ids = (rows: (writer: StoreWriter) => void) =>
    reportOf(file, analysis, rows).requests.map(({ requestId }) => requestId)
  assert.deepEqual(
    ids(() => {}),
    ['req-7'],
  )
  assert.deepEqual(
    ids((writer) => {
      writer.event({ ...event, requestId: 'req-e', time: START, fields: {} })
      writer.event({ ...event, requestId: 'req-info', severity: 'info', fields: {} })
      writer.http(0, request, 'log')
      writer.http(0, { ...request, requestId: 'req-fine', statusCode: 200 }, 'log')
    }),
    ['req-e', 'req-7', 'req-9'],
  )
  const many: HttpRow[] = Array.from({ length: 30 }, (_, n) => ({ ...request, requestId: `r${n}`, time: START - n }))
  const got = ids((writer) => {
    for (const row of many) writer.http(1, row, 'packets')
  })
  assert.deepEqual([got.length, got[0], got.at(-1)], [20, 'r29', 'req-7'])
  assert.deepEqual(reportOf(file, analysis, (writer) => writer.http(1, request, 'packets')).requests[1], {
    requestId: 'req-9',
    time: START + 2_000_000,
    source: 'net/trace.pcap',
    line: null,
    excerpt: 'GET /cart 502',
  })
})

function checkStack(
  t: TestContext,
  excerpt: string,
  expected: string | null,
  record?: Partial<Event & { body: string; detail: string }>,
): void {
  const finding = { ...root, evidence: [{ ...lineEvidence, excerpt }] }
  const { firstStack } = reportOf(join(folder(t), 'a.db'), withFindings(finding), (writer) => {
    if (record !== undefined) writer.event({ ...event, ...record, kind: 'log' })
  })
  assert.equal(firstStack?.text ?? null, expected, excerpt)
}

test('the first stack: what looks like one, in the languages that print them', (t) => {
  const whole = (text: string) => checkStack(t, text, text)
  whole('Error: x\n    at run (app.js:1:2)')
  whole('java.io.IOException: x\n\tat a.B.c(B.java:1)\nCaused by: java.net.ConnectException\n\tat d.E.f(E.java:2)')
  whole('Traceback (most recent call last):\n  File "a.py", line 3, in <module>')
  whole('panic: x\n\ngoroutine 1 [running]:\nmain.main()\n\t/app/main.go:7 +0x1d')
  whole("app.rb:3:in `a': x (RuntimeError)\n\tfrom app.rb:7:in `<main>'")
  whole('PHP Fatal error: x\nStack trace:\n#0 /app/a.php(3): b()')
  checkStack(t, 'Error: x\n    at run (app.js:1:2)\nuser=7\nretry=no', 'Error: x\n    at run (app.js:1:2)')
  checkStack(t, 'one line at the end', null)
  checkStack(t, 'SELECT 1\n  FROM a', null)
  checkStack(t, '{"msg":"x"}', 'x\nError: x\n    at run (app.js:1:2)', {
    body: 'x',
    detail: 'Error: x\n    at run (app.js:1:2)\ncode=7',
  })
})

test('the first stack says where it stands', (t) => {
  const { firstStack } = reportOf(join(folder(t), 'a.db'), analysis)
  assert.deepEqual(firstStack, { source: 'logs/app.log', line: 12, lineEnd: 14, text: lineEvidence.excerpt })
})

test('connections: those of the server, port and client of a root cause, at its time', (t) => {
  const file = join(folder(t), 'a.db')
  const uids = (key: Finding['key'], role: Finding['role'] = 'root') => {
    const { connections } = reportOf(file, withFindings({ ...root, key, role }), (writer) => {
      writer.connection(1, { ...connection, uid: 'later', first: connection.first + 9 })
      writer.connection(1, connection)
      writer.connection(1, { ...connection, uid: 'port', respPort: 81 })
      writer.connection(1, { ...connection, uid: 'host', respHost: '198.51.100.8' })
      writer.connection(1, { ...connection, uid: 'after', first: START + 9_000_000, last: START + 9_000_000 })
      writer.connection(1, { ...connection, uid: 'before', first: START - 900_000_000, last: START - 900_000_000 })
      writer.dns(1, {
        time: START,
        client: 'c',
        clientPort: 1,
        server: 's',
        serverPort: 53,
        proto: 'udp',
        transId: 1,
        query: 'db.example',
        qtypeName: 'A',
        rcode: 0,
        rcodeName: 'NOERROR',
        rtt: 1,
        queries: 1,
        answered: true,
        answers: ['198.51.100.8'],
      })
    })
    return connections.map(({ uid }) => uid)
  }
  assert.deepEqual(uids({ server: '198.51.100.7', port: 8080 }), ['C1', 'later'])
  assert.deepEqual(uids({ server: '198.51.100.7', port: '8080' }), ['C1', 'later'])
  assert.deepEqual(uids({ server: '198.51.100.7' }), ['C1', 'port', 'later'])
  assert.deepEqual(uids({ server: 'db.example' }), ['host'])
  assert.deepEqual(uids({ client: '192.0.2.1', port: 81 }), ['port'])
  assert.deepEqual(uids({ client: '192.0.2.99' }), [])
  assert.deepEqual(uids({ port: 8080 }), [])
  assert.deepEqual(uids({ server: '198.51.100.7' }, 'suspect'), [])
  const [first] = reportOf(file, analysis, (writer) => writer.connection(1, connection)).connections
  assert.deepEqual(first, { ...connection, source: 1 })
})

test('connections: of many, those that are quoted, then those that failed', (t) => {
  const place = { kind: 'packet', packet: 7, offset: 0, length: 9, digest: 1 } as const
  const quoted = { ...lineEvidence, place, excerpt: '192.0.2.1:50999 > 198.51.100.7:8080 [S] seq 1' }
  const finding = { ...root, key: { server: '198.51.100.7' }, evidence: [quoted] }
  const { connections } = reportOf(join(folder(t), 'a.db'), withFindings(finding), (writer) => {
    for (let at = 0; at < 12; at++)
      writer.connection(1, { ...connection, uid: `fine ${at}`, connState: 'SF', retransmissions: 0, first: START + at })
    writer.connection(1, { ...connection, uid: 'failed', connState: 'S0', first: START + 20 })
    writer.connection(1, { ...connection, uid: 'quoted', connState: 'SF', origPort: 50999, first: START + 21 })
  })
  const names = connections.map(({ uid }) => uid)
  assert.deepEqual(names, [...Array.from({ length: 8 }, (_, at) => `fine ${at}`), 'failed', 'quoted'])
})

test('versions: the components that the bundle names', (t) => {
  const component = {
    kind: 'component',
    source: 0,
    time: null,
    quality: 'none',
    place: lineEvidence.place,
    excerpt: 'helm 3.1',
  } as const
  const { versions } = reportOf(join(folder(t), 'a.db'), analysis, (writer) => {
    writer.event({ ...component, fields: { name: 'redis', version: 7 } })
    writer.event({ ...component, fields: { name: 'helm', version: '3.1' } })
    writer.event({ ...component, fields: { name: 'helm', version: '3.1' } })
    writer.event({ ...component, fields: { name: 'unknown' } })
  })
  assert.deepEqual(versions, [
    { name: 'helm', version: '3.1', source: 'logs/app.log' },
    { name: 'redis', version: '7', source: 'logs/app.log' },
  ])
})

test('every figure has SQL that the guard lets through and that gives it', (t) => {
  const file = join(folder(t), 'a.db')
  reportOf(file, {
    ...withFindings({ ...symptom, title: "it's another" }),
    bundle: { paths: [], sha256: 'other', kinds: [] },
  })
  const { provenance } = reportOf(file, analysis, (writer) => writer.connection(1, connection))
  const store = openStore(file)
  const figures = provenance.map(({ figure, sql }) => {
    const { columns, rows } = store.query(sql)
    const all = [...rows]
    assert.deepEqual([columns.length, all.length], [1, 1], figure)
    return [figure, all[0]?.[0]]
  })
  store.close()
  assert.deepEqual(Object.fromEntries(figures), {
    'files read': 2,
    'bytes read': 2400,
    'records read': 80,
    'events that could matter': 6,
    'first time in the bundle': '2025-03-01T10:00:00.000Z',
    'last time in the bundle': '2025-03-01T10:00:05.000001Z',
    findings: 2,
    'root causes': 1,
    'start of the incident': '2025-03-01T10:00:01.000Z',
    'end of the incident': '2025-03-01T10:00:04.000Z',
    'causes looked at': 2,
    'causes looked at and clean': 1,
    'causes that stay open': 1,
    'messages no rule explains': 1,
    'what could not be read': 2,
    'lines counted': 40,
    'requests counted': 9,
    'requests answered 5xx': 2,
    connections: 1,
    '198.51.100.7:8080 refuses connections: events': 4,
    '198.51.100.7:8080 refuses connections: confidence': 0.9925,
    '198.51.100.7:8080 refuses connections: quotations': 2,
    '198.51.100.7:8080 refuses connections: refused': 4,
    '198.51.100.7:8080 refuses connections: share': 0.25,
    'Requests end with 502: events': 4,
    'Requests end with 502: confidence': 0.8,
    'Requests end with 502: quotations': 1,
  })
})
