import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { createScanner } from '../../src/engine/scanner/index.ts'
import { createPlainScanner } from '../../src/engine/scanner/plain.ts'
import type { Event, SourceSummary } from '../../src/model/index.ts'
import { bytesOf, lineScanner, readText, wordScanner } from './reading-bench.ts'

const WORDS = ['refused', 'timeout', 'SELECT', 'at a.js', '503', 'level', 'Z']
const LINES = [
  '2026-11-20 22:35:19,868 INFO  [61] svc - cache miss key=plans',
  '2026-11-20 22:35:19,869 ERROR [61] svc - connect refused 192.0.2.7:5432',
  '2026-11-20 22:35:20,001 WARN  [61] svc - timeout after 3000ms',
  '2026-11-20 22:35:20,001 [worker-7] ERROR svc - gave up',
  '2026-11-20 22:35:20,001 [io] INFO  svc - INFO was asked for',
  'Error: refused',
  '    at a.js:12:3',
  '\tat com.example.A.b(A.java:7)',
  'Caused by: java.net.ConnectException: refused',
  '',
  '  ',
  '{"level":30,"time":1795214763214,"msg":"listening"}',
  '{"level":50,"time":1795214764214,"msg":"timeout","err":{"stack":"Error\\n    at a.js:1"}}',
  'Nov 20 22:46:02 reg-09 systemd[1]: Started.',
  'Nov 20 22:46:03 reg-09 api[7]: refused',
  'Nov 20 22:46:03 reg-09 api[7]: TypeError: refused',
  'Nov 20 22:46:03 reg-09 api[7]: \tat com.example.A.b(A.java:7)',
  'Nov 20 22:46:04 reg-09 api[7]: Caused by: java.net.ConnectException: timeout',
  'Nov 20 22:46:04 reg-09 api[8]: Traceback (most recent call last):',
  'Nov 20 22:46:04 reg-09 api[8]:   File "a.py", line 3, in level',
  'Nov 20 22:46:05 reg-09 api[8]: psycopg.OperationalError: refused',
  '<27>Nov 20 22:46:03 reg-09 api[7]: #011at com.example.A.b(A.java:7)',
  '<165>1 2026-11-20T22:46:03.003Z reg-09 api - ID47 - \tat com.example.A.b(A.java:7)',
  '<134>Nov 20 22:46:03 reg-09 api[7]: Started in error handler',
  '<27>Nov 20 22:46:03 reg-09 api[7]: gave up',
  '<165>1 2026-11-20T22:46:03.003Z reg-09 api - ID47 - refused',
  '<162>1 2026-11-20T22:46:03.003Z reg-09 api - ID47 - lost',
  '[2026-11-20 22:46:03 INF] started',
  '[2026-11-20 22:46:03 ERR] lost',
  'E1120 22:46:03.003000       1 reflector.go:150] lost',
  'I1120 22:46:03.003000       1 reflector.go:150] found',
  '2026-11-20 22:35:20,001 svc - the level of this one is not said',
  '192.0.2.15 - - [20/Nov/2026:22:46:04 +0000] "GET /a HTTP/1.1" 200 11 "-" "x" rt=0.003',
  '192.0.2.5 - - [20/Nov/2026:22:46:05 +0000] "GET /a HTTP/1.1" 503 11 "-" "x" rt=0.003',
  '2026-11-20 22:18:51.437 UTC [25710] app@app ERROR:  canceling statement due to lock timeout',
  '2026-11-20 22:18:51.437 UTC [25710] app@app STATEMENT:  SELECT 1',
  '2026-11-20 22:18:51.438 UTC [25711] app@app DETAIL:  refused',
  '2026-11-20 22:18:52.438 UTC [25711] app@app LOG:  duration: 0.211 ms  bind <unnamed>: SELECT $1',
  '2026-11-20 22:18:52.438 UTC [25711] app@app DETAIL:  parameters: $1 = 7',
  '{"instant":{"epochSecond":1795214763,"nanoOfSecond":484000000},"level":"INFO","message":"found"}',
  '{"instant":{"epochSecond":1795214765,"nanoOfSecond":4000000},"level":"INFO","message":"found"}',
  '2026-11-20T22:46:03.764+0000: 0.229: [GC pause (young) 0.229: [G1Ergonomics (CSet Construction) start',
  ' 0.229: [G1Ergonomics (CSet Construction) add young regions to CSet, eden: 14 regions',
  '   [Parallel Time: 10.2 ms, GC Workers: 4]',
  '[12345.678901] Out of memory: Killed process 7',
  'plain words, nothing more',
  'Nov 20 22:46:05 reg-09 nginx: 192.0.2.15 - - [20/Nov/2026:22:46:04 +0000] "GET /a HTTP/1.1" 200 11 "-" "x" rt=0.003',
  'Nov 20 22:46:05 reg-09 nginx: 192.0.2.5 - - [20/Nov/2026:22:46:04 +0000] "GET /a HTTP/1.1" 503 11 "-" "x" rt=0.003',
  'Nov 20 22:46:05 reg-09 haproxy[902]: 192.0.2.133:2144 [20/Nov/2026:22:46:04.838] fe app/app-02 0/0/1/220/26 200 41 - - ---- 12/12/3/1/0 0/0 "GET / HTTP/1.1"',
  'Nov 20 22:46:05 reg-09 api[7]: said "GET /a HTTP/1.1" and no more',
  'ünïcödé refused',
  '192.0.2.5 - - [20/Nov/2026:22:46:05 +0000] "GET /a HTTP/1.1" 502 11 "-" "x" rt=-',
]
const text = fc
  .array(fc.constantFrom(...LINES), { maxLength: 60 })
  .chain((lines) => fc.constantFrom('\n', '\r\n').map((end) => lines.join(end)))
const options = { year: 2026 }

/** Of lines that are only counted the earliest and latest are known by their seconds where those do not begin and end the log. */
function roughly({ tally, first, last, ...summary }: SourceSummary): object {
  return {
    ...summary,
    first: Math.floor((first ?? 0) / 1e6),
    last: Math.floor((last ?? 0) / 1e6),
    lines: tally.lines(),
  }
}

test('with a scanner exactly the records that hold a literal come out, and requests that failed', async () => {
  await fc.assert(
    fc.asyncProperty(
      text,
      fc.uniqueArray(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 3 }),
      async (content, words) => {
        const bytes = Buffer.from(content)
        const scanner = wordScanner(words)
        const all = await readText(content, options)
        const some = await readText(content, { ...options, scanner })
        const isHeld = ({ place }: Event) => scanner.find(bytes, place.offset, place.offset + place.length) >= 0
        const isFailed = ({ kind, fields }: Event) => kind === 'http.request' && Number(fields.status) >= 500
        const isAlone = (event: Event) => event.kind !== 'http.repeated' && !(isFailed(event) && !isHeld(event))
        assert.deepEqual(
          some.events.filter(isAlone),
          all.events.filter((event) => event.kind !== 'http.repeated' && isHeld(event)),
        )
        assert.equal(some.events.filter(isFailed).length, all.events.filter(isFailed).length)
        assert.deepEqual(some.summary.tally.requests(), all.summary.tally.requests())
        assert.deepEqual(some.summary.tally.witnesses(), all.summary.tally.witnesses())
      },
    ),
    { numRuns: 400 },
  )
})

test('lines that are only counted are counted as they would be read', async () => {
  // Server messages in several records, and lines of blanks, count as records of their own where nobody looks.
  const kinds = LINES.filter((line) => !/^\s*$| (?:STATEMENT|DETAIL|ERROR): /.test(line))
  const content = fc.array(fc.constantFrom(...kinds), { maxLength: 60 }).map((lines) => lines.join('\n'))
  await fc.assert(
    fc.asyncProperty(content, fc.constantFrom(...WORDS), async (log, word) => {
      const all = await readText(log, options)
      const some = await readText(log, { ...options, scanner: wordScanner([word]) })
      assert.deepEqual(roughly(some.summary), roughly(all.summary))
    }),
    { numRuns: 400 },
  )
})

test('what is indented behind an empty line goes on with what stands before that, or with nothing', async () => {
  const request = '192.0.2.5 - - [20/Nov/2026:22:46:05 +0000] "GET /a HTTP/1.1" 200 11 "-" "x"'
  for (const first of [request, '2026-11-20 22:35:19,868 INFO  [61] svc - fine']) {
    const content = [first, first, '', '    at a.js:12:3'].join('\n')
    const all = await readText(content, options)
    const some = await readText(content, { ...options, scanner: wordScanner(['refused']) })
    assert.deepEqual(some.summary.tally.lines(), all.summary.tally.lines())
  }
})

test('a line that goes on with another is no record, though a time and a level stand where records have them', async () => {
  const said = (word: string, text: string) => `2026-11-20 22:45:25.891 UTC [10773] ${word}:  ${text}`
  const lines = [
    said('LOG', 'ready'),
    said('ERROR', 'connection refused'),
    said('STATEMENT', 'select 1'),
    said('LOG', 'ready'),
    said('ERROR', 'refused again'),
    '\tin two lines',
    said('LOG', 'ready'),
  ]
  const some = await readText(lines.join('\n'), { ...options, scanner: wordScanner(['refused']) })
  const ends = some.events.flatMap(({ place }) => (place.kind === 'line' ? [[place.line, place.lineEnd]] : []))
  assert.deepEqual(ends, [
    [2, 3],
    [5, 6],
  ])
})

test('a record ends where the next one begins, in the same second or later', async () => {
  const header = (time: string, level: string) => `2026-11-20 22:35:${time} ${level} [main] a.b.C - said`
  const lines = [
    header('19,868', 'INFO '),
    `${header('19,869', 'ERROR')} refused`,
    '    at a.js:12:3',
    header('19,870', 'INFO '),
    `${header('19,871', 'ERROR')} refused`,
    '2026-11-20 22:35:19 is no level',
    header('20,000', 'DEBUG'),
    `${header('20,001', 'ERROR')} refused {`,
    '"2026-11-20 22:35:20": 1',
    '}',
    header('20,001', 'WARN '),
  ]
  const all = await readText(lines.join('\n'), options)
  const some = await readText(lines.join('\n'), { ...options, scanner: wordScanner(['refused']) })
  const refused = all.events.filter(({ excerpt }) => excerpt.includes('refused'))
  assert.equal(refused.length, 3)
  assert.deepEqual(some.events, refused)
})

test('a log begins and ends at exact times, whether its lines are read or counted', async () => {
  const line = (at: string, said = 'INFO  [61] svc - fine') => `2026-11-20 22:35:${at} ${said}`
  const check = async (lines: readonly string[], first: string, last: string) => {
    const ends = [first, last].map((at) => Date.parse(`2026-11-20T22:35:${at}Z`) * 1000)
    for (const scanner of [wordScanner(['refused']), lineScanner(['refused'])]) {
      const { summary } = await readText(lines.join('\n'), { ...options, scanner })
      assert.deepEqual([summary.first, summary.last], ends)
    }
  }
  const many = ['19,868', '19,901', '20,001', '20,002', '20,907'].map((at) => line(at))
  await check(many, '19.868', '20.907')
  await check([...many, '\tat com.example.A.b(A.java:7)', ''], '19.868', '20.907')
  await check([...many, line('20,908', 'ERROR [61] svc - refused')], '19.868', '20.908')
  await check([line('19,868', 'ERROR [61] svc - refused'), ...many], '19.868', '20.907')
  await check(
    ['19,100', '19,200', '19,900'].map((at) => line(at)),
    '19.100',
    '19.900',
  )
  // Latest in the middle: its second is all that is known of it.
  await check(
    ['19,100', '21,100', '21,900', '20,500'].map((at) => line(at)),
    '19.100',
    '21.000',
  )
})

test('an access line behind a header has the time of the header, whatever came before', async () => {
  const lines = [25, 31, 33, 14, 33, 0].map((index) => LINES[index]).join('\n')
  const all = await readText(lines, options)
  const some = await readText(lines, { ...options, scanner: wordScanner(['refused']) })
  assert.deepEqual(some.summary.tally.requests(), all.summary.tally.requests())
})

test('lines counted in runs count as they do one by one', async () => {
  const words = fc.uniqueArray(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 3 })
  await fc.assert(
    fc.asyncProperty(text, words, async (content, some) => {
      const one = await readText(content, { ...options, scanner: wordScanner(some) })
      const many = await readText(content, { ...options, scanner: lineScanner(some) })
      assert.deepEqual(many, one)
      assert.deepEqual(many.summary.tally.lines(), one.summary.tally.lines())
      assert.deepEqual(many.summary.tally.requests(), one.summary.tally.requests())
    }),
    { numRuns: 400 },
  )
})

test('a request without a duration does not hide those of others', async () => {
  const [ok = '', failed = ''] = [24, 36].map((index) => LINES[index])
  const lines = [failed, ok, ok, failed, ok, ok, failed, ok].join('\n')
  const all = await readText(lines, options)
  for (const scanner of [lineScanner(['refused']), createScanner([])]) {
    const some = await readText(lines, { ...options, scanner })
    assert.deepEqual(some.summary.tally.requests(), all.summary.tally.requests())
  }
})

test('lines that the scanner itself reads together count as they do one by one', async () => {
  const seconds = fc.array(fc.constantFrom('04', '04', '04', '05', '11'), { maxLength: 80 })
  const kinds = fc.array(fc.constantFrom(...[13, 14, 24, 24, 24, 25, 31, 33, 33, 33, 34, 35, 36]), {
    minLength: 1,
    maxLength: 4,
  })
  const content = fc
    .tuple(seconds, kinds)
    .map(([times, some]) =>
      times
        .map((time, at) => (LINES[some[at % some.length] ?? 0] ?? '').replace(/22:46:0\d/, `22:46:${time}`))
        .join('\n'),
    )
  await fc.assert(
    fc.asyncProperty(content, fc.constantFrom('refused', 'plain'), async (log, word) => {
      const literals = [{ text: word, anyCase: false }]
      const all = await readText(log, { ...options, scanner: createPlainScanner(literals) })
      const some = await readText(log, { ...options, scanner: createScanner(literals) })
      assert.deepEqual(some, all)
      assert.deepEqual(some.summary.tally.lines(), all.summary.tally.lines())
      assert.deepEqual(some.summary.tally.requests(), all.summary.tally.requests())
      assert.deepEqual(some.summary.tally.witnesses(), all.summary.tally.witnesses())
    }),
    { numRuns: 300 },
  )
})

test('requests behind a header count the same among lines of their second and of others', async () => {
  const [started, refused, inner, failed, proxied, said, json, access] = [13, 14, 31, 32, 33, 34, 11, 24].map(
    (index) => LINES[index] ?? '',
  )
  const later = proxied?.replace('22:46:05', '22:46:06')
  const kinds = fc.constantFrom(started, refused, inner, failed, proxied, later, said, json, access)
  const run = fc.tuple(kinds, fc.integer({ min: 1, max: 70 })).map(([line, times]) => Array(times).fill(line))
  await fc.assert(
    fc.asyncProperty(fc.array(run, { maxLength: 12 }), async (runs) => {
      const content = runs.flat().join('\n')
      const all = await readText(content, options)
      const some = await readText(content, { ...options, scanner: lineScanner(['refused']) })
      assert.deepEqual(roughly(some.summary), roughly(all.summary))
      assert.deepEqual(some.summary.tally.requests(), all.summary.tally.requests())
      assert.deepEqual(some.summary.tally.witnesses(), all.summary.tally.witnesses())
    }),
    { numRuns: 200 },
  )
})

test('any pieces of the same bytes give the same events', async () => {
  const pieces = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(text, pieces, async (content, sizes) => {
      assert.deepEqual(
        (await readText(content, { ...options, pieces: sizes })).events,
        (await readText(content, options)).events,
      )
    }),
    { numRuns: 100 },
  )
})

test('places quote the bytes they name, in order and without overlap', async () => {
  await fc.assert(
    fc.asyncProperty(text, async (content) => {
      const bytes = Buffer.from(content)
      const { records } = await readText(content, options)
      let end = 0
      for (const { place } of records) {
        assert.ok(place.offset >= end)
        end = place.offset + place.length
        assert.equal(place.digest, crc32(bytes.subarray(place.offset, end)))
      }
      const between = records.reduce((sum, { place }) => sum + place.length, 0)
      assert.ok(between <= bytes.length)
    }),
  )
})

test('CRLF reads as LF does', async () => {
  const lines = fc.array(fc.constantFrom(...LINES), { maxLength: 40 })
  await fc.assert(
    fc.asyncProperty(lines, async (some) => {
      const strip = async (end: string): Promise<unknown> =>
        (await readText(some.join(end), options)).records.map(({ place: _, excerpt: __, ...rest }) => rest)
      assert.deepEqual(await strip('\r\n'), await strip('\n'))
    }),
  )
})

test('no bytes make a reader throw or hang', async () => {
  const start = fc.constantFrom(
    '',
    ...LINES,
    '__REALTIME_TIMESTAMP=1\n',
    '#Fields: date time\n',
    '{"log":"',
    '<34>1 - - - - - -',
  )
  await fc.assert(
    fc.asyncProperty(start, fc.uint8Array({ maxLength: 400 }), fc.boolean(), async (first, rest, scanned) => {
      const scanner = scanned ? wordScanner(['e']) : null
      const { summary } = await readText(Buffer.concat([Buffer.from(first), rest]), { scanner, year: 2026 })
      assert.equal(summary.bytes, Buffer.byteLength(first) + rest.length)
    }),
    { numRuns: 500 },
  )
})

test('a record that lies across two windows is read once and whole', async () => {
  const filler = '2026-11-20 22:35:19,868 INFO  [61] svc - nothing to see here, move along please\n'
  const trace = `2026-11-20 22:35:20,868 ERROR [61] svc - needle\n${'    at a.js:12:3\n'.repeat(400)}`
  const head = filler.repeat(Math.floor(((4 << 20) - 3000) / filler.length))
  const { records, summary } = await readText(head + trace + filler.repeat(1000), { scanner: wordScanner(['needle']) })
  assert.equal(records.length, 1)
  const place = records[0]?.place
  assert.deepEqual(place?.kind === 'line' && [place.lineEnd - place.line, place.offset], [400, head.length])
  assert.equal(summary.records, Math.floor(((4 << 20) - 3000) / filler.length) + 1001)
})

test('reading stops where the bytes do', async () => {
  const reader = bytesOf(Buffer.from('abc'))
  assert.equal(await reader.read(new Uint8Array(2)), 2)
  assert.equal(await reader.read(new Uint8Array(2)), 1)
  assert.equal(await reader.read(new Uint8Array(2)), 0)
})
