import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crc32 } from 'node:zlib'
import { formatInstant } from '../../src/model/index.ts'
import { readText, wordScanner } from './reading-bench.ts'

const NODE_TRACE = `2026-11-20 22:35:19,868 ERROR [61] register-service - POST /api/register failed: connect ECONNREFUSED 192.0.2.7:5432 req_id=8ff78763-7800-4bb7-9c70-4153a3ad17d1
Error: connect ECONNREFUSED 192.0.2.7:5432
    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1607:16)

    at async /srv/server.js:122:72
2026-11-20 22:35:20,001 INFO  [61] register-service - cache miss key=plans
`

test('a stack trace folds into its record, with its range of lines and bytes', async () => {
  const { records } = await readText(NODE_TRACE)
  assert.equal(records.length, 2)
  const first = records[0]
  assert.deepEqual(
    [first?.place.kind === 'line' && first.place.line, first?.place.kind === 'line' && first.place.lineEnd],
    [1, 5],
  )
  assert.match(first?.body ?? '', /ECONNREFUSED[\s\S]*server\.js:122:72$/)
  assert.equal(first?.requestId, '8ff78763-7800-4bb7-9c70-4153a3ad17d1')
  const raw = Buffer.from(NODE_TRACE).subarray(0, first?.place.length)
  assert.equal(raw.toString().endsWith('server.js:122:72'), true)
  assert.equal(first?.place.digest, crc32(raw))
})

test('what one process goes on with behind headers of syslog is one record, whose lines count each', async () => {
  const said = (tag: string, text: string, second = 3) => `Nov 20 22:46:0${second} reg-09 ${tag}: ${text}`
  const lines = [
    said('api[7]', 'ERROR in app: Exception on /register [POST]'),
    said('api[7]', 'Traceback (most recent call last):'),
    said('api[7]', '  File "/app/a.py", line 3, in register', 4),
    said('api[7]', 'psycopg.OperationalError: refused', 4),
    said('api[8]', '#011at a.b.another.process(P.java:1)'),
    said('sudo', '    root : TTY=pts/0 ; COMMAND=/bin/true'),
    said('api[8]', '    at another.second', 7),
  ]
  const { records, summary } = await readText(lines.join('\n'))
  const ranges = records.map(({ place }) => place.kind === 'line' && [place.line, place.lineEnd])
  assert.deepEqual(ranges, [
    [1, 4],
    [5, 5],
    [6, 6],
    [7, 7],
  ])
  assert.equal(records[1]?.body, 'at a.b.another.process(P.java:1)')
  assert.match(records[0]?.body ?? '', /Traceback[^\n]*\n\s+File[^\n]*\npsycopg\.OperationalError: refused$/)
  assert.equal(records[0]?.place.digest, crc32(lines.slice(0, 4).join('\n')))
  assert.equal(summary.records, lines.length)
  const apart = await readText(lines.join('\n'), { apart: true })
  assert.equal(apart.records.length, lines.length)
})

test('a console of Node begins its records with a sign behind a blank', async () => {
  const said =
    ' ✓ Ready in 1412ms\n ⨯ TypeError: x is not a function\n    at Page (/app/page.js:1:4123)\n ○ Compiling /_error ...\n'
  const { records } = await readText(said)
  assert.deepEqual(
    records.map(({ body }) => body.trim()),
    [
      '✓ Ready in 1412ms',
      '⨯ TypeError: x is not a function\n    at Page (/app/page.js:1:4123)',
      '○ Compiling /_error ...',
    ],
  )
})

test('line ends, byte order mark and colours are no part of a record', async () => {
  const { records, notices } = await readText(
    '\ufeff2026-11-20T22:15:16.633Z [\x1b[32mINFO\x1b[0m] a - one\r\n\r\n2026-11-20T22:15:17Z [INFO] a - two',
  )
  assert.deepEqual(
    records.map(({ body, severity }) => [body, severity]),
    [
      ['one', 'info'],
      ['two', 'info'],
    ],
  )
  assert.deepEqual(
    records.map(({ place }) => place.offset),
    [0, 55],
  )
  assert.deepEqual(notices, [])
})

test('a source that was only counted begins and ends at its own times', async () => {
  const text = '2026-11-20T22:15:16.633Z INFO a - one\n2026-11-20T22:15:16.901Z INFO a - two\n'
  const { summary } = await readText(text, { scanner: wordScanner(['nothing']) })
  assert.deepEqual(
    [formatInstant(summary.first), formatInstant(summary.last)],
    ['2026-11-20T22:15:16.633Z', '2026-11-20T22:15:16.901Z'],
  )
})

test('a message that states its level alone has it behind the times of what wraps it', async () => {
  const lines = [
    '2026-11-20T22:35:19.868123456Z stderr F ERROR lost',
    '2026-11-20T22:35:20.868123456Z stdout F [main] WARN com.example.Pool - exhausted',
    '2026-11-20T22:35:21.868123456Z stdout F Information for you',
  ]
  const { records } = await readText(`${lines.join('\n')}\n`)
  assert.deepEqual(
    records.map(({ severity }) => severity),
    ['error', 'warn', null],
  )
})

test('what ends one session is an error, however its daemon calls it', async () => {
  const { records } = await readText(
    'Nov 20 22:35:19 web1 sshd[7]: fatal: no matching cipher\nNov 20 22:35:20 web1 app[8]: {"level":"fatal","msg":"x"}\n',
  )
  assert.deepEqual(
    records.map(({ severity }) => severity),
    ['error', 'fatal'],
  )
})

test('a carriage return alone ends lines where nothing else does', async () => {
  const { records } = await readText('2026-11-20T22:15:16Z INFO one\r2026-11-20T22:15:17Z INFO two\r')
  assert.deepEqual(
    records.map(({ body }) => body),
    ['one', 'two'],
  )
})

test('invalid UTF-8 is replaced and told once', async () => {
  const { records, notices } = await readText(
    Buffer.from('2026-11-20T22:15:16Z INFO a\xff\n2026-11-20T22:15:17Z INFO b\xfe\n', 'latin1'),
  )
  assert.deepEqual(
    records.map(({ body }) => body),
    ['a\ufffd', 'b\ufffd'],
  )
  assert.deepEqual(
    notices.map(({ code, offset }) => [code, offset]),
    [['invalid-encoding', 0]],
  )
})

for (const scanner of [null, wordScanner(['needle'])]) {
  test(`a line of 5 MB is kept to its first MiB, its true length is told (${scanner === null ? 'every line' : 'candidates'})`, async () => {
    const long = `2026-11-20T22:15:16Z INFO needle ${'x'.repeat(5_000_000)}`
    const { records, notices, summary } = await readText(`${long}\n2026-11-20T22:15:17Z INFO needle two\n`, { scanner })
    assert.deepEqual(
      records.map(({ place }) => [place.offset, place.length]),
      [
        [0, 5_000_033],
        [5_000_034, 36],
      ],
    )
    assert.equal(records[0]?.place.digest, crc32(long))
    assert.deepEqual(
      notices.map(({ code, offset }) => [code, offset]),
      [['line-cut', 0]],
    )
    assert.equal(summary.bytes, 5_000_071)
  })
}

test('a file that changes its format midway is read by both', async () => {
  const { records, summary } = await readText(
    'Nov 20 22:46:02 reg-09 systemd[1]: Started.\n{"level":50,"time":1795214763214,"msg":"boom"}\n2026/11/20 22:46:17 [error] 51#51: *13 upstream timed out\n',
    { year: 2026 },
  )
  assert.deepEqual(
    records.map(({ reader }) => reader),
    ['syslog-rfc3164', 'json', 'nginx-error'],
  )
  assert.equal(summary.coverage, 1)
})

test('a crash among JSON lines is a record of its own and inherits the time', async () => {
  const { records } = await readText(
    '{"level":30,"time":1795214763214,"msg":"listening"}\nnode:events:497\n      throw er;\n      ^\n\nError: listen EADDRINUSE\n    at Server.listen (node:net:1:1)\n',
  )
  assert.deepEqual(
    records.map(({ reader, quality }) => [reader, quality]),
    [
      ['json', 'exact'],
      ['plain', 'inherited'],
    ],
  )
  assert.equal(formatInstant(records[1]?.time ?? null), '2026-11-20T22:46:03.000Z')
  assert.match(records[1]?.body ?? '', /EADDRINUSE[\s\S]*net:1:1\)$/)
})

test('a structured record tells error, stack and fields beside its message', async () => {
  const { records } = await readText(
    '{"level":50,"time":1795214763214,"pid":40,"hostname":"reg-09","name":"api","rss_mb":512,"err":{"type":"Error","message":"connect ECONNREFUSED 192.0.2.7:5432","stack":"Error: connect\\n    at a.js:1"},"msg":"failed"}\n',
  )
  const [record] = records
  assert.equal(record?.body, 'failed')
  assert.deepEqual([record?.host, record?.program, record?.pid, record?.severity], ['reg-09', 'api', 40, 'error'])
  assert.equal(
    record?.detail,
    'connect ECONNREFUSED 192.0.2.7:5432\nError: connect\n    at a.js:1\nrss_mb=512\nerr.type=Error\nerr.message=connect ECONNREFUSED 192.0.2.7:5432',
  )
})

test('an access line states its request', async () => {
  const { facts, summary } = await readText(
    '192.0.2.15 - - [20/Nov/2026:22:46:04 +0000] "GET /api HTTP/1.1" 502 11 "-" "axios/1.7.2" rt=0.103 uct="0.000" urt="0.103" us=502 id=ed167041-f92f-4cfd-bad1-a824318933c4\n',
  )
  assert.deepEqual(
    facts.map(({ kind, fields }) => [kind, fields]),
    [
      [
        'http.request',
        {
          client: '192.0.2.15',
          server: null,
          port: null,
          method: 'GET',
          path: '/api',
          host: null,
          service: null,
          status: 502,
          duration: 103_000,
          request_id: 'ed167041-f92f-4cfd-bad1-a824318933c4',
          user_agent: 'axios/1.7.2',
          upstream: null,
          origin: 'log',
        },
      ],
    ],
  )
  assert.deepEqual(
    summary.tally.requests().map(({ status, count }) => [status, count]),
    [[502, 1]],
  )
})

test('requests of lines without a time are told of, not counted in a second that is not theirs', async () => {
  const line = (status: number): string => `INFO:     192.0.2.5:50412 - "GET /a HTTP/1.1" ${status} OK\n`
  const text = `2026-11-20 22:46:03,120 INFO     [shop] started\n${line(200)}${line(500)}${line(200)}`
  const { events, summary } = await readText(text)
  assert.deepEqual(
    events.filter(({ kind }) => kind === 'http.request').map(({ fields }) => fields.status),
    [200, 500, 200],
  )
  assert.deepEqual([summary.records, summary.tally.requests()], [4, []])
})

test('a source says who answers the requests that its head shows', async () => {
  const access = '192.0.2.5 - - [20/Nov/2026:22:46:04 +0000] "GET /a HTTP/1.1" 200 11 "-" "x"'
  const check = async (lines: readonly string[], service: string | null, path = 'a.log') => {
    const { summary } = await readText(lines.join('\n'), { path, year: 2026 })
    assert.deepEqual(summary.served, { service, host: null })
  }
  const from = (program: string) => `Nov 20 22:46:05 web-1 ${program}[7]: ${access}`
  await check([access], null)
  await check([access], 'checkout', 'pods/shop/checkout-7d4b9c6f5-x2vbz/checkout.log')
  await check([from('nginx'), from('nginx'), 'Nov 20 22:46:05 web-1 sshd[9]: fine'], 'nginx')
  await check([from('nginx'), from('apache2'), ''], null)
  await check(['Nov 20 22:46:05 web-1 api[9]: fine', 'Nov 20 22:46:06 web-1 api[9]: fine'], 'api')
})

test('every request is counted, also where no rule looks', async () => {
  const line = (second: number, status: number): string =>
    `192.0.2.${second} - - [20/Nov/2026:22:46:${second} +0000] "GET /a HTTP/1.1" ${status} 11 "-" "x" rt=0.010\n`
  const text = [line(10, 200), line(10, 200), line(11, 301), line(12, 503)].join('')
  const { events, summary } = await readText(text, { scanner: wordScanner(['nothing']) })
  assert.deepEqual(
    events.map(({ kind, fields }) => [kind, fields.status]),
    [['http.request', 503]],
  )
  assert.equal(summary.records, 4)
  assert.deepEqual(
    summary.tally.requests().map(({ status, count, duration }) => [status, count, duration]),
    [
      [200, 2, 9742],
      [301, 1, 9742],
      [503, 1, 9742],
    ],
  )
})

test('the same failing request again and again is stated when it is noticed and when it ends', async () => {
  const line = (second: number): string =>
    `192.0.2.15 - - [20/Nov/2026:22:46:${second} +0000] "POST /a HTTP/1.1" 503 1 "-" "x"\n`
  const text = [10, 11, 12, 13, 14, 15, 16].map(line).join('')
  for (const scanner of [null, wordScanner(['nothing'])]) {
    const { facts } = await readText(text, { scanner })
    const repeated = facts.filter(({ kind }) => kind === 'http.repeated')
    assert.deepEqual(
      repeated.map(({ fields }) => [fields.count, fields.seconds, fields.interval]),
      [
        [5, 4, 1_000_000],
        [7, 6, 1_000_000],
      ],
    )
  }
})

test('a refused request is one that comes again only under its own id', async () => {
  const line = (second: number, id: number): string =>
    `192.0.2.15 - - [20/Nov/2026:22:46:${second} +0000] "POST /a HTTP/1.1" 422 1 "-" "x" rt=0.002 id=7a81b2c3-0000-4000-8000-00000000000${id}\n`
  const seconds = [10, 11, 12, 13, 14, 15]
  const repeatedIn = async (text: string): Promise<number> =>
    (await readText(text)).facts.filter(({ kind }) => kind === 'http.repeated').length
  assert.equal(await repeatedIn(seconds.map((second) => line(second, 1)).join('')), 2)
  assert.equal(await repeatedIn(seconds.map((second, at) => line(second, at)).join('')), 0)
})

test('settings and prose report nothing to those who look for something', async () => {
  const scanner = wordScanner(['OOMKilled'])
  const rules = 'groups:\n  - alert: OOMKilled\n    expr: up == 0\n'
  assert.equal((await readText(rules, { scanner, path: 'etc/rules.yml' })).records.length, 0)
  assert.equal((await readText(rules, { scanner, path: 'rules.log' })).records.length, 1)
  assert.equal((await readText(`2026-11-20T22:15:16Z x\n${rules}`, { scanner, path: 'rules.yml' })).records.length, 1)
  assert.equal((await readText(`apiVersion: v1\n${rules}`, { scanner, path: 'pods.yaml' })).records.length, 1)
})

test('a request whose line is stamped when it came was answered later', async () => {
  const line =
    '[2026-11-20T22:15:16.000Z] "GET /a HTTP/1.1" 504 UT response_timeout - "-" 0 24 5000 - "-" "x" "a1" "h" "192.0.2.9:80"\n'
  const own = await readText(line)
  assert.deepEqual(
    own.facts.map(({ time }) => time && formatInstant(time)),
    ['2026-11-20T22:15:21.000Z'],
  )
  const json =
    '{"start_time":"2026-11-20T22:15:16.000Z","method":"GET","path":"/a","response_code":504,"duration":5000,"downstream_remote_address":"192.0.2.1:5000"}\n'
  const told = await readText(json)
  assert.deepEqual(
    told.facts.map(({ time }) => time && formatInstant(time)),
    ['2026-11-20T22:15:21.000Z'],
  )
})

test('details of PostgreSQL join the message of the same process only', async () => {
  const { records } = await readText(
    `2026-11-20 22:18:51.437 UTC [25710] app@app ERROR:  canceling statement due to lock timeout
2026-11-20 22:18:51.437 UTC [25710] app@app STATEMENT:  UPDATE a
	SET b = 1
2026-11-20 22:18:51.438 UTC [25711] app@app LOG:  connection received
2026-11-20 22:18:51.439 UTC [25710] app@app DETAIL:  late
`,
  )
  assert.deepEqual(
    records.map(({ body, pid }) => [body, pid]),
    [
      ['canceling statement due to lock timeout\nSTATEMENT:  UPDATE a\n\tSET b = 1', 25710],
      ['connection received', 25711],
      ['DETAIL:  late', 25710],
    ],
  )
})

test('pieces of one line that a container runtime cut are joined', async () => {
  const cri = await readText(
    '2026-01-28T16:04:05.1Z stdout P {"level":"er\n2026-01-28T16:04:05.2Z stdout F ror","msg":"boom"}\n2026-01-28T16:04:06Z stderr F next\n',
  )
  assert.deepEqual(
    cri.records.map(({ severity, detail, body }) => [severity, detail, body]),
    [
      ['error', 'boom', '{"level":"error","msg":"boom"}'],
      [null, '', 'next'],
    ],
  )
  const docker = await readText(
    '{"log":"one ","stream":"stdout","time":"2026-01-28T16:04:05Z"}\n{"log":"line\\n","stream":"stdout","time":"2026-01-28T16:04:05Z"}\n{"log":"two\\n","stream":"stdout","time":"2026-01-28T16:04:06Z"}\n',
  )
  assert.deepEqual(
    docker.records.map(({ body }) => body),
    ['one line', 'two'],
  )
})

test('a journal export keeps values with line feeds, and the whole fields of an entry that is cut', async () => {
  const length = Buffer.alloc(8)
  length.writeUInt32LE(7)
  const whole = Buffer.concat([
    Buffer.from(
      '__REALTIME_TIMESTAMP=1795214762694290\nPRIORITY=3\n_HOSTNAME=reg-09\nSYSLOG_IDENTIFIER=api\n_PID=7\nMESSAGE\n',
    ),
    length,
    Buffer.from('a\n\nb\nc!\n\n'),
  ])
  const cut = Buffer.from('__REALTIME_TIMESTAMP=1795214763694290\nMESSAGE=second\n_CMDLINE=cut he')
  const { records, notices } = await readText(Buffer.concat([whole, cut]))
  assert.deepEqual(
    records.map(({ body, severity, host, program, pid }) => [body, severity, host, program, pid]),
    [
      ['a\n\nb\nc!', 'error', 'reg-09', 'api', 7],
      ['second', null, null, null, null],
    ],
  )
  assert.deepEqual(
    records.map(({ place }) => place.kind === 'line' && [place.line, place.lineEnd]),
    [
      [1, 10],
      [12, 13],
    ],
  )
  assert.deepEqual(
    notices.map(({ code }) => code),
    ['record-damaged'],
  )
})

test('records without any time are told', async () => {
  const { notices, summary } = await readText('Hello, World!\nHow are you?\n')
  assert.deepEqual(
    notices.map(({ code }) => code),
    ['time-missing'],
  )
  assert.deepEqual([summary.reader, summary.records, summary.coverage, summary.first], ['plain', 2, 0, null])
})

test('an empty source has no records and no notice', async () => {
  const { events, notices, summary } = await readText('')
  assert.deepEqual([events.length, notices.length, summary.records, summary.coverage], [0, 0, 0, 1])
})

test('a file of nothing but empty lines has no records', async () => {
  const { records, notices } = await readText('\n'.repeat(20_000))
  assert.deepEqual([records, notices], [[], []])
})

test('what CoreDNS says of questions stands for itself between the lines of its client', async () => {
  const klog =
    'E0301 10:00:20.049977       1 reflector.go:205] controller.go:318: Failed to list *v1.Namespace: dial tcp 192.0.2.1:443: i/o timeout'
  const said = (sign: string, name: string) =>
    `${sign}[ERROR] plugin/errors: 2 ${name}. A: read udp 192.0.2.31:40112->192.0.2.53:53: i/o timeout`
  const { records } = await readText(
    [klog, said('', 'api.vendor.example'), said(' ', 'db.vendor.example'), klog].join('\n'),
  )
  assert.deepEqual(
    records.map(({ place }) => place.kind === 'line' && place.line),
    [1, 2, 3, 4],
  )
  assert.deepEqual(
    records.map(({ severity }) => severity),
    ['error', 'error', 'error', 'error'],
  )
})

test('a log that a mail quotes is read as it was, with its traces', async () => {
  const text = `> 2025-03-01 10:00:00,120 ERROR orders failed
> Traceback (most recent call last):
>   File "/srv/a.py", line 3, in run
>     go()
> ValueError: no such thing
> 198.51.100.9 - - [01/Mar/2025:10:00:01 +0000] "GET / HTTP/1.1" 504 562 "-" "curl/8.5.0"

Thank you, we look at it.
> npm run build
`
  const { records } = await readText(text)
  const ranges = records.map(({ place }) => place.kind === 'line' && [place.line, place.lineEnd])
  assert.deepEqual(ranges, [
    [1, 5],
    [6, 6],
    [8, 8],
    [9, 9],
  ])
  assert.equal(records[0]?.severity, 'error')
  assert.match(
    records[0]?.body ?? '',
    /failed\nTraceback[^\n]*\n {2}File[^\n]*\n {4}go\(\)\nValueError: no such thing$/,
  )
  assert.equal(records[3]?.body, '> npm run build')
  assert.equal(records[1]?.fields.status, 504)
})

test('a log that blanks make the code of a ticket is read as it was', async () => {
  const text = `    Mar  1 10:00:00 mx1 postfix/smtp[811]: connect to mx1.vendor.example[192.0.2.25]:25: Connection timed out
    Mar  1 10:00:30 mx1 postfix/smtp[811]: connect to mx2.vendor.example[192.0.2.26]:25: Connection timed out
    2025/03/01 10:00:35 [error] 7#7: *1 no live upstreams while connecting to upstream
    2025-03-01 10:00:40,120 ERROR orders failed
        at run (/srv/a.js:3:7)
    E0301 10:00:41.120311       1 reflector.go:205] Failed to list *v1.Service
`
  const { records } = await readText(text)
  const told = records.map(({ place, program, severity }) => [
    place.kind === 'line' ? place.line : 0,
    place.kind === 'line' ? place.lineEnd : 0,
    program,
    severity,
  ])
  assert.deepEqual(told, [
    [1, 1, 'postfix/smtp', null],
    [2, 2, 'postfix/smtp', null],
    [3, 3, 'nginx', 'error'],
    [4, 5, null, 'error'],
    [6, 6, null, 'error'],
  ])
})

test('what is indented in a log that is not belongs to its records', async () => {
  const text = `2025-03-01 10:00:00,120 ERROR orders failed, last seen:
    2025-03-01 09:58:00 order 14
    2025-03-01 09:59:00 order 15
2025-03-01 10:00:01,120 INFO orders goes on
`
  const { records } = await readText(text)
  assert.deepEqual(
    records.map(({ place }) => place.kind === 'line' && [place.line, place.lineEnd]),
    [
      [1, 3],
      [4, 4],
    ],
  )
})
