// Layouts of application text: what stands between time and message, and what belongs to the message.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readText } from '../../src/logs/formats/text.ts'

interface Expected {
  readonly severity: string | null
  readonly body: string
  readonly [field: string]: unknown
}

/** Further names are parts of the reading (`pid`, `host`, `program`) or fields. */
function check(line: string, { severity, body, ...others }: Expected): void {
  test(`reads ${line}`, () => {
    const reading = readText(line)
    assert.notEqual(reading, null)
    if (reading === null) return
    assert.deepEqual([reading.severity, reading.body], [severity, body])
    const parts: Readonly<Record<string, unknown>> = { ...reading.fields, pid: reading.pid, host: reading.host }
    for (const [name, value] of Object.entries(others)) assert.equal(parts[name], value, name)
  })
}

// logback and log4j
check('22:35:19.868 [main] INFO  com.example.App - Hello', {
  severity: 'info',
  body: 'Hello',
  thread: 'main',
  logger: 'com.example.App',
})
check('2026-11-20 22:35:19,868 [http-nio-8080-exec-1] WARN  c.e.web.Handler [req=abc] - slow', {
  severity: 'warn',
  body: 'slow',
  logger: 'c.e.web.Handler',
})
check('2026-11-20T22:35:19.868+01:00  INFO 1 --- [demo] [           main] c.e.demo.DemoApplication : Started', {
  severity: 'info',
  body: 'Started',
  pid: 1,
  context: 'demo',
  thread: 'main',
  logger: 'c.e.demo.DemoApplication',
})
check('2026-11-20T22:35:19Z ERROR 1 --- [exec-3] o.a.c.c.C.[.[.[/].[dispatcherServlet]    : Servlet.service() threw', {
  severity: 'error',
  body: 'Servlet.service() threw',
})
check('[INFO ] 2026-11-20 22:35:19.868 [main] App - level first', { severity: 'info', body: 'level first' })
check('ERROR [ReadStage-2] 2026-11-20 22:35:19,868 ReadCommand.java:169 - Uncaught exception', {
  severity: 'error',
  body: 'Uncaught exception',
  thread: 'ReadStage-2',
})
check('2026-11-20 22:35:19,868 main ERROR Unable to locate appender', {
  severity: 'error',
  body: 'Unable to locate appender',
  thread: 'main',
})
check('2026-11-20 22:35:19.868 | ERROR | pool-2 | com.x.Y | refused', {
  severity: 'error',
  body: 'refused',
  thread: 'pool-2',
  logger: 'com.x.Y',
})
check('20-Nov-2026 22:35:19.868 SEVERE [main] org.apache.catalina.core.StandardService.initInternal Failed to bind', {
  severity: 'error',
  body: 'Failed to bind',
})
check('20.11.2026 22:35:19.868 *ERROR* [qtp-1] com.day.cq.Service boom', {
  severity: 'error',
  body: 'com.day.cq.Service boom',
})

// Python
check('[2026-11-20 22:35:19,868: ERROR/ForkPoolWorker-1] Task app.tasks.x[3c2b] raised', {
  severity: 'error',
  body: 'Task app.tasks.x[3c2b] raised',
  thread: 'ForkPoolWorker-1',
})
check('[2026-11-20, 22:35:19 UTC] {taskinstance.py:1103} ERROR - boom', {
  severity: 'error',
  body: 'boom',
  file: 'taskinstance.py:1103',
})
check('2026.11.20 22:35:19.868311 [ 512 ] {7d0c-41aa} <Debug> executeQuery: (from 192.0.2.4:41660) SELECT 1', {
  severity: 'debug',
  body: '(from 192.0.2.4:41660) SELECT 1',
  pid: 512,
  query_id: '7d0c-41aa',
  logger: 'executeQuery',
})
check('2026.11.20 22:35:19.868311 [ 1 ] {} <Warning> Context: odd', { severity: 'warn', body: 'Context: odd' })
check('2026-11-20 22:35:19,868 app.py:12 INFO fine', { severity: 'info', body: 'fine', file: 'app.py:12' })
check('[2026-11-20 22:35:19 +0000] [12] [CRITICAL] WORKER TIMEOUT (pid:13)', {
  severity: 'error',
  body: 'WORKER TIMEOUT (pid:13)',
  pid: 12,
})

// .NET, Rust, Node, Ruby, Elixir, Go
check('[22:35:19 ERR] HTTP GET / responded 500', { severity: 'error', body: 'HTTP GET / responded 500' })
check('[2026-11-20T22:35:19Z WARN  my_app::db] slow', { severity: 'warn', body: 'slow', logger: 'my_app::db' })
check('[2026-11-20][22:35:19][my_app][ERROR] boom', { severity: 'error', body: 'boom' })
check('[2026-11-20 22:35:19.868 +0000] INFO (api/12 on web-1): listening', {
  severity: 'info',
  body: 'listening',
  pid: 12,
  host: 'web-1',
})
check('[Nest] 7  - 11/20/2026, 10:35:19 PM   ERROR [ExceptionsHandler] Connection terminated', {
  severity: 'error',
  body: 'Connection terminated',
  pid: 7,
})
check('2026-11-20T22:35:19.868Z pid=1 tid=abc class=HardJob jid=123 INFO: start', {
  severity: 'info',
  body: 'start',
  pid: 1,
  class: 'HardJob',
})
check('22:35:19.868 request_id=F2 [warning] slow', { severity: 'warn', body: 'slow', request_id: 'F2' })
check('10:35PM ERR boom', { severity: 'error', body: 'boom' })
check('2026-11-20T22:35:19.868Z\tERROR\tsetup\tunable to start', {
  severity: 'error',
  body: 'unable to start',
  logger: 'setup',
})

// What belongs to the message
check('2026-11-20 22:35:19 panic: runtime error', { severity: 'fatal', body: 'panic: runtime error' })
check('2026-11-20 22:35:19 error connecting to db', { severity: 'error', body: 'error connecting to db' })
check('2026/11/20 22:35:19 http: panic serving 192.0.2.1', { severity: null, body: 'http: panic serving 192.0.2.1' })
check('2026-11-20T22:35:19Z HTTP parse error', { severity: null, body: 'HTTP parse error' })
check('2026-11-20T22:35:19Z [error] IDX10503: Signature validation failed', {
  severity: 'error',
  body: 'IDX10503: Signature validation failed',
  logger: undefined,
})
check('2026-11-20T22:35:19Z [info] INFO: twice', { severity: 'info', body: 'INFO: twice' })
check('2026-11-20T22:35:19Z ERROR java.net.ConnectException: Connection refused', {
  severity: 'error',
  body: 'java.net.ConnectException: Connection refused',
})
check('2026-11-20T22:35:19Z ERROR db:5432: connection refused', {
  severity: 'error',
  body: 'db:5432: connection refused',
})
check('2026-11-20T22:35:19Z ERROR http://192.0.2.7/x: refused', {
  severity: 'error',
  body: 'http://192.0.2.7/x: refused',
})
check('2026-11-20T22:35:19Z ERROR raft: heartbeat timeout', {
  severity: 'error',
  body: 'raft: heartbeat timeout',
  logger: 'raft',
})

check('2026-11-20 22:35:19,868 7 INFO shop odoo.addons.base.models.res_users: Login failed', {
  severity: 'info',
  body: 'Login failed',
  pid: 7,
  db: 'shop',
  logger: 'odoo.addons.base.models.res_users',
})
check('11/20/26 22:35:19.868123 zmc_m1[2211].WAR-zm_monitor.cpp/1680 [Front: lost] [again]', {
  severity: 'warn',
  body: '[Front: lost] [again]',
  pid: 2211,
  file: 'zm_monitor.cpp/1680',
})
