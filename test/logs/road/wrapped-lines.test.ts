// Container logs read by their bytes come to what reading every line of them comes to.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createScanner } from '../../../src/engine/scanner/index.ts'
import { stampedTrace } from '../../../src/logs/formats/stamped-trace.ts'
import { Log } from '../../../src/logs/log.ts'
import { recognise } from '../../../src/logs/recognise.ts'
import { Repeats } from '../../../src/logs/repeats.ts'
import { readEveryLine } from '../../../src/logs/road/every-line.ts'
import { keeper } from '../../../src/logs/road/keep.ts'
import { readWrappedLines } from '../../../src/logs/road/wrapped-lines.ts'
import type { Event, Notice, Scanner } from '../../../src/model/index.ts'
import { bytesOf, wordScanner } from '../reading-bench.ts'

type Road = 'kernels' | 'bytes' | 'lines'

/** By their words: each takes memory of its own. */
const scanners = new Map<string, Scanner>()

function kernelScanner(words: readonly string[]): Scanner {
  const key = words.join(' ')
  const scanner = scanners.get(key) ?? createScanner(words.map((text) => ({ text, anyCase: false })))
  scanners.set(key, scanner)
  return scanner
}

async function outcome(road: Road, content: Buffer, words: readonly string[], pieces: readonly number[] = []) {
  const scanner = road === 'kernels' ? kernelScanner(words) : wordScanner(words)
  const events: Event[] = []
  const notices: Notice[] = []
  const sink = new Repeats({ event: (event) => events.push(event), notice: (notice) => notices.push(notice) })
  const head = content.subarray(0, 1 << 16)
  const found = recognise(head)
  // Heads made by chance seldom hold enough lines with a time in front: the road is taken nevertheless.
  const likely = found.formats.find(({ format }) => format.wraps !== undefined)?.format ?? stampedTrace
  const known = { ...found, wrapper: found.wrapper ?? (found.writers.length === 0 ? stampedTrace : likely) }
  const log = new Log({ source: 0, path: 'a.log', head, zone: null, year: 2026, modified: null, scanner }, sink, known)
  const bytes = bytesOf(content, pieces)
  if (road !== 'lines') await readWrappedLines(bytes, log, scanner)
  else await readEveryLine(bytes, log, keeper(log, scanner))
  sink.end()
  const { tally, ...summary } = log.summary()
  return { events, notices, summary, lines: tally.lines(), requests: tally.requests(), witnesses: tally.witnesses() }
}

async function same(content: string | Buffer, words: readonly string[] = ['refused'], pieces: readonly number[] = []) {
  const bytes = Buffer.from(content)
  const expected = await outcome('lines', bytes, words)
  assert.deepEqual(await outcome('bytes', bytes, words, pieces), expected)
  assert.deepEqual(await outcome('kernels', bytes, words, pieces), expected)
}

const MESSAGES = [
  '2026-11-20 22:35:19,868 INFO  [61] svc - cache miss key=plans',
  '2026-11-20 22:35:19,868 INFO  [61] svc - 192.0.2.1 refused',
  '2026-11-20 22:35:19,868 ERROR [61] svc - boom',
  '2026-11-20 22:35:19.868 [worker-7] WARN  svc - the error was refused',
  '2026-11-20 22:35:19,868 svc - the level of this one is not said',
  '2026-11-20T22:35:19.868Z info: listening',
  'java.lang.IllegalStateException: boom',
  '\tat a.b.C.run(C.java:7)',
  '    at Object.run (/srv/a.js:7:3)',
  'Caused by: java.net.ConnectException: refused',
  '\t... 3 more',
  'Traceback (most recent call last):',
  '  File "/app/x.py", line 3, in run',
  'ConnectionRefusedError: refused',
  'During handling of the above exception, another exception occurred:',
  '',
  '   ',
  '{"level":30,"time":1795214763214,"msg":"listening"}',
  '{"level":50,"time":1795214764214,"msg":"timeout","err":{"stack":"Error\\n    at a.js:1"}}',
  '{"level":"info","ts":1795214763.2,"msg":"statusCode","res":{"statusCode":200}}',
  '{"ts":"2026-11-20T22:35:19Z","level":"WARN","event":"refused"}',
  '{"time":"2026-11-20T22:18:02+00:00","remote_addr":"192.0.2.1","request":"GET /boom HTTP/1.1","status":500,"rt":0.001}',
  '{"time":"2026-11-20T22:18:02+00:00","remote_addr":"192.0.2.1","request":"GET /fine HTTP/1.1","status":200,"rt":0.001}',
  '{"severity":"ERROR","message":"a {brace}"}',
  '{"level":30,"req":{"method":"GET","url":"/a"},"res":{"statusCode":200},"responseTime":12.5,"msg":"request completed"}',
  '{"level":30,"req":{"method":"GET","url":"/a"},"res":{"statusCode":404},"responseTime":3}',
  '{"level":50,"req":{"method":"GET","url":"/boom"},"res":{"statusCode":503},"responseTime":30,"msg":"request errored"}',
  '[GIN] 2026/11/20 - 10:49:33 | 503 |     505.317µs |       192.0.2.3 | POST     "/client"',
  '{"level":"warn","msg":"a \\"quoted\\" word","n":[1,{"a":null}]}',
  '{"level":"error","msg":"cut of',
  'I1120 22:46:03.003000       1 reflector.go:150] found',
  'E1120 22:46:03.003000       1 reflector.go:150] "lost" err="refused"',
  'level=warn ts=2026-11-20T22:35:19Z msg="slow"',
  'level=warn and no more',
  'time="2026-11-20T22:35:19Z" level=error msg="refused" err="level=info"',
  'msg="level=info" level=error',
  'caller=a.go:1 level=debug msg=fine',
  'at=info method=GET path="/" host=a.example fwd="192.0.2.7" dyno=web.1 connect=1ms service=3ms status=200 bytes=0',
  'INFO svc ready',
  'INFO processed job 5 in 3 ms',
  'INFO served "GET /a HTTP/1.1" 200',
  'INFO Started GET "/a" for 192.0.2.1 at 2026-11-20 22:35:19 +0000',
  'WARN  words, refused behind two blanks',
  'DEBUG: with a colon',
  'ERROR jan 5 words',
  'ERROR method=GET status=502',
  'FATAL panic behind a level',
  '[Debug] mixed case',
  '[INFO] audit(1: of a kind)',
  'LOG words only',
  'NOTICE of words %ASA-4-1: CEF:0',
  'info: svc ready',
  'ERROR a line of words refused',
  '[WARN] slow "GET /a HTTP/1.1"',
  'nginx ERROR boom',
  'I am next',
  'host-1 app[7]: INFO ready',
  'Worker E failed',
  '0 [Warning] [MY-010068] [Server] CA certificate is self signed.',
  'app net/http 192.0.2.1:44740 192.0.2.1:80 0.086 0.048 0.037 200 200 0 57 "GET https://a.example:443/r HTTP/1.1" "curl/7" -',
  'Accepted publickey for deploy',
  'Starting up, with words only',
  'INFO:     192.0.2.1:52782 - "POST /login HTTP/1.1" 200 OK',
  'INFO:     192.0.2.1:52782 - "POST /login HTTP/1.1" 503 Unavailable',
  'INFO:     Application startup complete.',
  'ERROR:root:refused',
  '192.0.2.15 - - [20/Nov/2026:22:46:04 +0000] "GET /a HTTP/1.1" 200 11 "-" "x" rt=0.003',
  '192.0.2.15 - - [20/Nov/2026:22:46:04 +0000] "GET /a HTTP/1.1" 200 11 "-" "curl/8"',
  '192.0.2.15 - - [20/Nov/2026:22:46:04 +0000] "GET /\\"a HTTP/1.1" 404 11 "https://a.example/" "curl/8"',
  '192.0.2.15 - - [20/Nov/2026:22:46:04 +0000] "GET /a HTTP/1.1" 502 11 "-" "curl/8"',
  '192.0.2.15 - - [20/Nov/2026:22:46:04 +0000] "GET /a HTTP/1.1" 200 11 "-" "curl/8" 317 0.219 [web-80] [] 192.0.2.7:80 11 0.219 200 ed167041f92f4cfd',
  '[GIN] 2026/11/20 - 10:49:33 | 200 |     505.317µs |       192.0.2.3 | POST     "/client"',
  '1:M 20 Nov 2026 22:46:02.175 * Ready to accept connections',
  '2026-11-20 22:18:51.437 UTC [25710] ERROR:  canceling statement due to lock timeout',
  '[INFO] 192.0.2.1:53 - 7 "A IN a.example."',
  '\u001b[32mINFO\u001b[0m svc ready',
  '2026-11-20 22:35:19 \u001b[31mERROR\u001b[0m svc lost',
  '#033[31mred#033[0m',
  "thread 'main' panicked at 'refused', src/main.rs:2",
  'note: run with `RUST_BACKTRACE=1`',
  'goroutine 1 [running]:',
  'main.run(0x1)',
  '/srv/app/index.js:12',
  'a.so(run+0x1)[0x7f12]',
  'ünïcödé refused',
  '\u3000wide',
  'back\\slash and "quotes"',
]

const TIMES = [
  '2026-11-20T22:35:19.868123456Z',
  '2026-11-20T22:35:19.8681Z',
  '2026-11-20T22:35:20Z',
  '2026-11-20T23:35:20.1+01:00',
]
const time = fc.constantFrom(...TIMES)
const stream = fc.constantFrom('stdout', 'stdout', 'stderr')
const message = fc.constantFrom(...MESSAGES)
const OTHERS = [
  '',
  '  ',
  'no header',
  '\tat a.b.C.run(C.java:8)',
  '2026-11-20T22:35:19.868Z stdout',
  '{"log":"cut',
  'x refused',
]

const criLine = fc
  .tuple(time, stream, fc.constantFrom('F', 'F', 'F', 'F', 'F', 'P', 'F:tag'), message)
  .map(([at, name, tag, said]) => `${at} ${name} ${tag} ${said}`)
const dockerLine = fc
  .tuple(time, stream, fc.constantFrom('\n', '\n', '\n', '\n', '\r\n', ' \n', ''), message)
  .map(([at, name, end, said]) => JSON.stringify({ log: said + end, stream: name, time: at }))
const tagged = fc
  .tuple(time, stream, message)
  .map(([at, name, said]) => JSON.stringify({ log: `${said}\n`, stream: name, attrs: { tag: 'a' }, time: at }))
const stampedLine = fc.tuple(time, message).map(([at, said]) => `${at} ${said}`)
const names = fc.constantFrom('web-1 | ', 'web-1 | ', 'db-1  | ', 'worker-10 | ', '')
const composeLine = fc.tuple(names, time, message).map(([name, at, said]) => `${name}${at} ${said}`)
const pods = fc.constantFrom('[pod/web-0/app] ', 'web-7d4b9c6f5-x2vbz app ', 'default/db-0[db]: ')
const podLine = fc.tuple(pods, time, message).map(([name, at, said]) => `${name}${at} ${said}`)
const other = fc.constantFrom(...OTHERS)

const KINDS = {
  cri: fc.oneof({ weight: 20, arbitrary: criLine }, other),
  docker: fc.oneof({ weight: 20, arbitrary: dockerLine }, tagged, other),
  compose: fc.oneof({ weight: 20, arbitrary: composeLine }, other, fc.constant('web-1 exited with code 1')),
  pods: fc.oneof({ weight: 20, arbitrary: podLine }, other),
  runtimes: fc.oneof({ weight: 20, arbitrary: stampedLine }, other),
  'runtimes with traces': fc.oneof({ weight: 20, arbitrary: stampedLine }, other),
}
const FIRST: Readonly<Record<keyof typeof KINDS, string>> = {
  cri: `${TIMES[0]} stdout F first`,
  docker: `{"log":"first\\n","stream":"stdout","time":"${TIMES[0]}"}`,
  compose: Array.from({ length: 9 }, () => `db-1  | ${TIMES[0]} first`).join('\n'),
  pods: Array.from({ length: 9 }, () => `[pod/web-0/app] ${TIMES[0]} first`).join('\n'),
  runtimes: `${TIMES[0]} {"level":30,"msg":"first"}`,
  'runtimes with traces': `${TIMES[0]} ERROR first\n${TIMES[0]} \tat a.b.C.run(C.java:7)`,
}
const words = fc.uniqueArray(fc.constantFrom('refused', 'timeout', 'Caused', 'boom', 'ready'), {
  minLength: 1,
  maxLength: 3,
})
const ends = fc.constantFrom('\n', '\n', '\r\n')

const NAMES: readonly (keyof typeof KINDS)[] = ['cri', 'docker', 'compose', 'pods', 'runtimes', 'runtimes with traces']
for (const name of NAMES) {
  test(`lines of ${name} by their bytes are what they are when all are read`, async () => {
    const text = fc
      .tuple(fc.array(KINDS[name], { maxLength: 60 }), ends)
      .map(([lines, end]) => [FIRST[name], ...lines].join(end))
    await fc.assert(
      fc.asyncProperty(text, words, (content, some) => same(content, some)),
      { numRuns: 400 },
    )
  })
}

test('what is learned from lines that were read holds for those that follow', async () => {
  for (const name of NAMES) {
    const text = fc
      .array(KINDS[name], { minLength: 20, maxLength: 60 })
      .map((lines) => [FIRST[name], ...Array.from({ length: 60 }, () => lines).flat()].join('\n'))
    await fc.assert(
      fc.asyncProperty(text, words, (content, some) => same(content, some)),
      { numRuns: 15 },
    )
  }
})

test('bytes that are no text are told', async () => {
  const line = (text: string) => Buffer.from(`${TIMES[0]} stdout F ${text}\n`, 'latin1')
  await same(Buffer.concat([line('fine'), line('broken \xff'), line('fine')]))
})

test('writers who are silent for long begin anew, those who are not go on', async () => {
  const cri = (name: string, text: string) => `${TIMES[0]} ${name} F ${text}\n`
  for (const count of [250, 255, 256, 257, 258, 259, 300]) {
    const others = cri('stdout', 'all is well').repeat(count)
    const trace =
      cri('stderr', 'java.lang.IllegalStateException: refused') + others + cri('stderr', '\tat a.b.C.run(C.java:7)')
    await same(cri('stdout', 'first') + trace + cri('stderr', '\tat a.b.C.run(C.java:8)') + others)
    await same(cri('stdout', 'first') + trace + others + trace, ['Illegal'])
  }
})

test('windows end anywhere', async () => {
  const cri = (name: string, text: string) => `${TIMES[0]} ${name} F ${text}\n`
  const filler = cri('stdout', `${MESSAGES[0]} ${'x'.repeat(900)}`)
  const trace =
    cri('stderr', 'ERROR refused') + cri('stdout', 'between') + cri('stderr', '\tat a.b.C.run(C.java:7)').repeat(40)
  const fill = Math.floor((4 << 20) / filler.length)
  for (const before of [0, 1, 2, 250, 260, 300])
    await same(filler.repeat(fill - before) + trace + filler.repeat(300) + trace)
})

test('lines of any length are read', async () => {
  const cri = (text: string) => `${TIMES[0]} stdout F ${text}\n`
  for (const length of [1 << 17, 1 << 19, 1 << 21, 5 << 20])
    await same(`${cri('first')}${cri('x'.repeat(length))}${cri('\tat a.b.C.run(C.java:7)')}${cri('refused')}`)
})
