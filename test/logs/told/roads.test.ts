// Requests that applications tell of count alike on every road.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createScanner } from '../../../src/engine/scanner/index.ts'
import type { Scanner } from '../../../src/model/index.ts'
import { lineScanner, type Outcome, readText, wordScanner } from '../reading-bench.ts'

const PINO = (second: number, status: number, took: number | string): string =>
  `{"level":30,"time":17952147${String(second).padStart(2, '0')}214,"req":{"method":"GET","url":"/x"},"res":{"statusCode":${status}},"responseTime":${took},"msg":"request completed"}`

/** Lines of one source each: some tell of requests. */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  pino: [
    PINO(60, 200, 12),
    PINO(60, 201, 0),
    PINO(60, 404, 3),
    PINO(60, 200, 2.4310839995741844),
    PINO(61, 503, 12),
    PINO(61, 200, 1200),
    '{"level":30,"time":1795214761214,"res":{"statusCode":200,"headers":{"a":"b"}},"responseTime":7,"msg":"request completed"}',
    '{"level":50,"time":1795214761214,"err":{"response":{"statusCode":503}},"res":{"statusCode":200},"responseTime":7,"msg":"refused"}',
    '{"level":30,"time":1795214761214,"res":{"statusCode":20},"responseTime":7,"msg":"cut"}',
    '{"level":30,"time":1795214761214,"msg":"\\"res\\":{\\"statusCode\\":200},\\"responseTime\\":586"}',
    '{"level":30,"time":1795214762214,"msg":"cache hit"}',
    'Error: refused',
    '    at a.js:12:3',
  ],
  flat: [
    '{"level":"info","ts":1795214763.1,"msg":"request","method":"GET","path":"/x","status":200,"latency":0.0123,"proto":"HTTP/1.1"}',
    '{"level":"info","ts":1795214763.2,"msg":"request","method":"GET","path":"/x","status":404,"latency":0.0123}',
    '{"level":"error","ts":1795214764.2,"msg":"request","method":"GET","path":"/x","status":503,"latency":0.0123}',
    '{"level":"warn","ts":1795214764.2,"msg":"upstream refused","method":"GET","path":"/x","status":503,"latency":0.0123}',
    '{"level":"warn","ts":1795214764.2,"msg":"bank","method":"GET","url":"https://bank.example","status":200,"latency":0.0123}',
    '{"level":"info","ts":1795214764.3,"msg":"status","status":"ok"}',
  ],
  headed: [
    '2026-11-20 22:35:19,868 INFO  [61] svc - request finished method=GET path=/x status=200 duration=12ms',
    '2026-11-20 22:35:19,869 INFO  [61] svc - request finished method=GET path=/é status=201 duration=1ms',
    '2026-11-20 22:35:20,001 WARN  [61] svc - request finished method=GET path=/x status=503 duration=12ms',
    '2026-11-20 22:35:20,002 ERROR [61] svc - refused',
    '2026-11-20 22:35:20,002 INFO  [61] svc - \u001b[32mrequest\u001b[0m finished method=GET path=/x \u001b[32mstatus=200\u001b[0m duration=12ms',
    '    at a.js:12:3 method=GET path=/x status=200 duration=12ms',
    '2026-11-20 22:35:21,002 INFO  [61] svc - cache status=hit',
  ],
  worded: [
    '2026-11-20 22:35:19.868  INFO 1 --- [nio-8080-exec-1] c.e.AccessLog : GET /x 200 12ms',
    '2026-11-20 22:35:19.869  INFO 1 --- [nio-8080-exec-12] c.e.AccessLog : POST /x 503 12ms',
    '2026-11-20 22:35:20.869  INFO 1 --- [nio-8080-exec-12] c.e.AccessLog : read /etc/hosts',
    '2026-11-20 22:35:20.870  INFO 1 --- [main] c.e.App : refused',
    '192.0.2.15 - - [20/Nov/2026:22:46:04 +0000] "GET /a HTTP/1.1" 200 11 "-" "x" rt=0.003',
  ],
  uvicorn: [
    '2026-11-20 22:35:19,868 - uvicorn.access - INFO - 192.0.2.1:5122 - "GET /x HTTP/1.1" 200',
    '2026-11-20 22:35:19,868 - uvicorn.access - INFO - 192.0.2.1:5122 - "GET /x HTTP/1.1" 503',
    '2026-11-20 22:35:20,868 - uvicorn.error - INFO - refused',
    'Nov 20 22:46:05 reg-09 nginx: 192.0.2.15 - - [20/Nov/2026:22:46:04 +0000] "GET /a HTTP/1.1" 200 11 "-" "x" rt=0.003',
  ],
  aspnet: [
    '2026-11-20 22:35:19 info: Microsoft.AspNetCore.Hosting.Diagnostics[2]',
    '      Request finished HTTP/1.1 GET http://shop.example/x - 200 - text/plain 12.34ms',
    '      Request finished HTTP/1.1 GET http://shop.example/x - 503 - text/plain 12.34ms',
    '2026-11-20 22:35:20 warn: Shop.Orders[0]',
    '      refused',
  ],
}

const cri = (line: string, at: number): string =>
  `2026-11-20T22:35:${String(10 + (at >> 2))}.868123456Z stdout F ${line}`
const docker = (line: string, at: number): string =>
  JSON.stringify({ log: `${line}\n`, stream: 'stdout', time: `2026-11-20T22:35:${String(10 + (at >> 2))}.868123456Z` })
const syslog = (line: string, at: number): string => `Nov 20 22:46:${String(10 + (at >> 2))} reg-09 api[7]: ${line}`
const traced = (line: string, at: number): string => `2026-11-20T22:35:${String(10 + (at >> 2))}.868123456Z ${line}`
const WRAPPINGS = { bare: (line: string) => line, cri, docker, syslog, traced }

/** What is told of requests, whoever reads. */
function told({ summary, events }: Outcome): object {
  const { servers, applications } = summary.tally
  const failed = events.filter(({ kind, fields }) => kind === 'http.request' && Number(fields.status) >= 500)
  const facts = failed.map(({ time, place, fields }) => [time, place.offset, fields])
  return [servers.cells(), applications.cells(), applications.witnesses(), facts]
}

const scanned = createScanner([{ text: 'refused', anyCase: false }])
const SCANNERS: Readonly<Record<string, Scanner>> = {
  words: wordScanner(['refused']),
  lines: lineScanner(['refused']),
  built: scanned,
}

for (const [kind, lines] of Object.entries(SOURCES)) {
  for (const [wrapping, wrap] of Object.entries(WRAPPINGS)) {
    test(`requests of ${kind} lines count alike on every road: ${wrapping}`, async () => {
      const [first = '', second = ''] = lines
      const some = fc.array(fc.constantFrom(...lines), { maxLength: 40 })
      await fc.assert(
        fc.asyncProperty(some, fc.constantFrom('\n', '\r\n'), async (chosen, end) => {
          const content = [first, second, ...chosen].map((line, at) => wrap(line, at)).join(end)
          const all = told(await readText(content, { year: 2026 }))
          for (const [name, scanner] of Object.entries(SCANNERS))
            assert.deepEqual(told(await readText(content, { year: 2026, scanner })), all, name)
        }),
        { numRuns: 60 },
      )
    })
  }
}

test('a source whose head tells of no request counts none', async () => {
  const { summary } = await readText(
    `${'2026-11-20 22:35:19,868 INFO  [61] svc - started\n'.repeat(500)}${SOURCES.headed?.[0]}\n`,
  )
  assert.ok(summary.tally.applications.isEmpty)
})
