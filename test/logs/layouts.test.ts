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

// bunyan, pino-pretty, Play, MongoDB, Trino, Solr
check('[2026-11-20T22:35:19.868Z]  WARN: api/812 on web-1: slow (req_id=7)', {
  severity: 'warn',
  body: 'slow (req_id=7)',
  pid: 812,
  host: 'web-1',
})
check('22:35:19.868Z  INFO api: started', { severity: 'info', body: 'api: started', logger: 'api' })
check('[22:35:19.868] ERROR (812): boom', { severity: 'error', body: 'boom', pid: 812 })
check('2026-11-20 22:35:19,868 [ERROR] from play.api.Play in main - boom', {
  severity: 'error',
  body: 'boom',
  logger: 'play.api.Play',
  thread: 'main',
})
check('2026-11-20T22:35:19.868+0000 W NETWORK  [conn7] end connection', {
  severity: 'warn',
  body: 'end connection',
  logger: 'NETWORK',
  thread: 'conn7',
})
check('2026-11-20 22:35:19,868 WARN TLS [192.0.2.7] handshake failed', {
  severity: 'warn',
  body: 'TLS [192.0.2.7] handshake failed',
})
check('2026-11-20T22:35:19.868Z\tERROR\tmain\tio.trino.server.Server\tboom', {
  severity: 'error',
  body: 'boom',
  logger: 'io.trino.server.Server',
  thread: 'main',
})
check('2026-11-20T22:35:19.868Z\tWARN\tsetup\tSlow\t{"a": 1}', {
  severity: 'warn',
  body: 'Slow\t{"a": 1}',
  logger: 'setup',
})
check('1.795214119868e+09\tINFO\tsetup\tstarting manager', {
  severity: 'info',
  body: 'starting manager',
  logger: 'setup',
})
check('2026/11/20 22:35:19.868\tWARN\thttp\tautomatic HTTPS is off', {
  severity: 'warn',
  body: 'automatic HTTPS is off',
  logger: 'http',
})
check('2026-11-20 22:35:19.868 ERROR (qtp1-2) [   x:core] o.a.s.h.RequestHandlerBase boom', {
  severity: 'error',
  body: 'boom',
  logger: 'o.a.s.h.RequestHandlerBase',
})

// Colons and nothing else; a place in the code behind the level or before it
check('2026-11-20 22:35:19,868:ERROR:app.jobs.mail:no route', {
  severity: 'error',
  body: 'no route',
  logger: 'app.jobs.mail',
})
check('2026-11-20 22:35:19,868:ERROR:http://192.0.2.7/x', { severity: 'error', body: 'http://192.0.2.7/x' })
check('2026-11-20 22:35:19,868:ERROR:app::spec: boom', { severity: 'error', body: 'app::spec: boom' })
check('2026-11-20 22:35:19,868\tERROR worker.py:409 -- boom', {
  severity: 'error',
  body: 'boom',
  logger: 'worker.py:409',
})
check('2026/11/20 22:35:19 ...s/graceful/server.go:50:NewServer() [E] boom', {
  severity: 'error',
  body: 'boom',
  file: '...s/graceful/server.go:50',
})
check('[W 261120 22:35:19 web:2239] 404 GET /x', { severity: 'warn', body: '404 GET /x', file: 'web:2239' })
check('[I 2026-11-20 22:35:19.868 JupyterHub app:2349] Running', {
  severity: 'info',
  body: 'Running',
  file: 'app:2349',
})
check('INFO 11-20 22:35:19 engine.py:12] Started', { severity: 'info', body: 'Started', file: 'engine.py:12' })
check('(APIServer pid=812) INFO 11-20 22:35:19 [launcher.py:12] Started', {
  severity: 'info',
  body: 'Started',
  pid: 812,
})

// Servers
check('20-Nov-2026 22:35:19.868 query-errors: debug 1: client 192.0.2.7#1: query failed', {
  severity: 'debug',
  body: 'client 192.0.2.7#1: query failed',
  logger: 'query-errors',
})
check('20-Nov-2026 22:35:19.868 general: error: zone x: not loaded', {
  severity: 'error',
  body: 'zone x: not loaded',
  logger: 'general',
})
check('[2026-11-20 22:35:19 +0000] critical/ApiListener: Cannot bind', {
  severity: 'error',
  body: 'Cannot bind',
  logger: 'ApiListener',
})
check('2026-11-20T22:35:19.868Z|00012|ofproto(handler1)|WARN|boom', {
  severity: 'warn',
  body: 'boom',
  logger: 'ofproto(handler1)',
})
check('[11/20/26, 22:35:19:868 UTC] 0000002a com.ibm.ws.webcontainer   E SRVE0777E: boom', {
  severity: 'error',
  body: 'SRVE0777E: boom',
  thread: '0000002a',
  logger: 'com.ibm.ws.webcontainer',
})
check('[11/20/26 22:35:19:868 UTC] 00000001 WsServerImpl  A   WSVR0001I: open', {
  severity: 'info',
  body: 'WSVR0001I: open',
})
check('[#|2026-11-20T22:35:19.868+0000|SEVERE|glassfish3|javax.ejb|_ThreadID=1;|boom|#]', {
  severity: 'error',
  body: '_ThreadID=1;|boom|#]',
  logger: 'javax.ejb',
})
check('[ W 2026-11-20 22:35:19.8681 812/T1 age/Cor/CoreMain.cpp:1373 ]: Shutting down', {
  severity: 'warn',
  body: 'Shutting down',
  pid: 812,
  file: 'age/Cor/CoreMain.cpp:1373',
})
check('<W>2026-11-20 22:35:19.868 1 => Rejected', { severity: 'warn', body: '1 => Rejected' })
check('[812 - Suricata-Main] 2026-11-20 22:35:19 Error: boom', { severity: 'error', body: 'boom', pid: 812 })
check('2026-11-20 22:35:19,868 WARNI [app.tasks][MainThread] depth is 1', {
  severity: 'warn',
  body: 'depth is 1',
  logger: 'app.tasks',
})
check('192.0.2.7 - - [20/Nov/2026 22:35:19] code 404, message File not found', {
  severity: null,
  body: 'code 404, message File not found',
})
check('ERROR: [Nov 20 22:35:19.868] boom err=x', { severity: 'error', body: 'boom err=x' })
check('2026-11-20T22:35:19 [E|app|1f2e] boom', { severity: 'error', body: 'boom' })
check('[2026-11-20 22:35:19.868] [proxy:error] [pid 812] boom', { severity: 'error', body: 'boom', pid: 812 })
check('TID: [-1234] [] [2026-11-20 22:35:19,868] ERROR {org.wso2.carbon.Core} - boom', {
  severity: 'error',
  body: 'boom',
  logger: 'org.wso2.carbon.Core',
})
check('I20261120-22:35:19.868(0)? ready', { severity: 'info', body: 'ready' })
check('[ERROR 2026-11-20 22:35:19 app #812] boom', { severity: 'error', body: 'boom', pid: 812 })
check('2026-11-20T22:35:19.868Z cpu1:812)WARNING: lost', { severity: 'warn', body: 'cpu1:812)WARNING: lost' })
check('2026-11-20 22:35:19,868 FATAL rm.ResourceManager (ResourceManager.java:main(1562)) - boom', {
  severity: 'fatal',
  body: 'boom',
  logger: 'rm.ResourceManager',
  file: 'ResourceManager.java:main(1562)',
})
check('2026-11-20 22:35:19,868 ERROR org.apache.flink.Runner                [] - boom', {
  severity: 'error',
  body: 'boom',
  logger: 'org.apache.flink.Runner',
})
check('2026-11-20T22:35:19.868Z\t8ff78763-7800-4bb7-9c70-4153a3ad17d1\tERROR\tboom', {
  severity: 'error',
  body: 'boom',
  request_id: '8ff78763-7800-4bb7-9c70-4153a3ad17d1',
})

// TiKV, TiDB and PD put the message in a bracket of its own.
check('[2026/11/20 22:35:19.120 +00:00] [ERROR] [server.rs:811] ["disk full, reject write proposals"] [store=1]', {
  severity: 'error',
  body: '["disk full, reject write proposals"] [store=1]',
  thread: 'server.rs:811',
})
