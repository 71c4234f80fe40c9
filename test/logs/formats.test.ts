import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FORMATS } from '../../src/logs/index.ts'
import type { Reading } from '../../src/logs/reading.ts'

/** What a format makes of a record: its lines one by one, then all of them where it asks for that. */
function read(name: string, record: string): Reading | null {
  const format = FORMATS.find((one) => one.name === name)
  const reader = format?.open()
  if (format === undefined || reader === undefined) throw new Error(`There is no format ${name}.`)
  const lines = record.split('\n')
  const answers = lines.map((line) => reader(line))
  return format.rereads === true ? reader(record) : (answers.at(-1) ?? reader(record))
}

test('names of formats differ', () => {
  assert.equal(new Set(FORMATS.map(({ name }) => name)).size, FORMATS.length)
})

for (const { name, takes, leaves } of FORMATS) {
  for (const sample of takes) test(`${name} takes ${sample}`, () => assert.notEqual(read(name, sample), null))
  for (const sample of leaves) test(`${name} leaves ${sample}`, () => assert.equal(read(name, sample), null))
}

const SAMPLES = FORMATS.flatMap(({ takes, leaves }) => [...takes, ...leaves].flatMap((sample) => sample.split('\n')))

for (const { name } of FORMATS.filter(({ alone }) => alone === true)) {
  test(`no line that ${name} reads goes on with another`, () => {
    const joining = SAMPLES.filter((line) => {
      const { joins = null, weak = false } = read(name, line) ?? {}
      return joins !== null || weak
    })
    assert.deepEqual(joining, [])
  })
}

interface Expected {
  readonly time?: string
  readonly severity?: string
  readonly host?: string
  readonly program?: string
  readonly pid?: number
  readonly body?: string
  readonly fields?: Readonly<Record<string, unknown>>
}

/** Parts that are not named must be unknown; fields are compared where named. */
function check(name: string, record: string, expected: Expected): void {
  test(`${name} reads ${record}`, () => {
    const reading = read(name, record)
    assert.notEqual(reading, null)
    if (reading === null) return
    const { severity, host, program, pid } = reading
    const want = { severity: null, host: null, program: null, pid: null, ...expected }
    assert.deepEqual(
      { severity, host, program, pid },
      { severity: want.severity, host: want.host, program: want.program, pid: want.pid },
    )
    if (expected.body !== undefined) assert.equal(reading.body, expected.body)
    if (expected.time !== undefined)
      assert.equal(new Date(Math.floor((reading.stamp?.at ?? 0) / 1000)).toISOString(), expected.time)
    for (const [field, value] of Object.entries(expected.fields ?? {}))
      assert.equal(reading.fields[field], value, field)
  })
}

check('text', '2026-11-20 22:35:19,868 INFO  [61] register-service - done method=GET status=200', {
  time: '2026-11-20T22:35:19.868Z',
  severity: 'info',
  pid: 61,
  body: 'done method=GET status=200',
  fields: { logger: 'register-service', method: 'GET', status: 200 },
})
check('text', '[2026-11-20T22:45:26.939+00:00] [regsvc] info: listening port=4000', {
  severity: 'info',
  body: 'listening port=4000',
  fields: { logger: 'regsvc', port: 4000 },
})
check('text', '17/06/09 20:10:40 INFO executor.Backend: Registered', {
  time: '2017-06-09T20:10:40.000Z',
  severity: 'info',
  body: 'Registered',
  fields: { logger: 'executor.Backend' },
})
check('text', '2016-11-09 14:36:38.717 26656 INFO glance.common.wsgi [-] Starting 4 workers', {
  severity: 'info',
  pid: 26656,
  body: 'Starting 4 workers',
  fields: { logger: 'glance.common.wsgi' },
})
check('text', '2025-06-10 02:41:14,359 - app.db - WARNING - slow', {
  severity: 'warn',
  body: 'slow',
  fields: { logger: 'app.db' },
})
check('text', '2024-01-15 11:00:01.123  INFO 12345 --- [nio-8080-exec-1] c.e.demo.App : Started', {
  severity: 'info',
  pid: 12345,
  body: 'Started',
  fields: { thread: 'nio-8080-exec-1', logger: 'c.e.demo.App' },
})
check('text', '[2018-05-17T08:19:35,939][INFO ][o.e.n.Node               ] [node1] initializing ...', {
  severity: 'info',
  body: 'initializing ...',
  fields: { logger: 'o.e.n.Node', thread: 'node1' },
})
check('text', '[2018-10-31 15:03:32,474] DEBUG [Controller id=10] Topics (kafka.controller.KafkaController)', {
  severity: 'debug',
  body: 'Topics',
  fields: { logger: 'kafka.controller.KafkaController', thread: 'Controller id=10' },
})
check('text', 'W, [2023-03-13T09:25:23.245316 #1]  WARN -- : Failed login', {
  severity: 'warn',
  pid: 1,
  body: 'Failed login',
})
check('text', '[2023-05-15 18:19:32] local.ERROR: Target class [A\\B] does not exist.', {
  severity: 'error',
  body: 'Target class [A\\B] does not exist.',
  fields: { logger: 'local' },
})
check('text', '[7] 2025/04/25 02:01:04.339092 [ERR] nats: permissions violation', {
  severity: 'error',
  pid: 7,
  body: 'nats: permissions violation',
  fields: { logger: 'nats' },
})
check('text', 'Thread-15::DEBUG::2011-12-07 11:44:17,737::clientIF::54::vds', {
  severity: 'debug',
  time: '2011-12-07T11:44:17.737Z',
})
check('text', '03-17 16:13:38.811  1702  2395 D WindowManager: printing', {
  severity: 'debug',
  pid: 1702,
  body: 'printing',
  fields: { thread: 2395, logger: 'WindowManager' },
})
check('text', '2025-07-21 11:54:06.968837+00:00 [warning] <0.367.0> memory resource limit alarm set', {
  severity: 'warn',
  body: '<0.367.0> memory resource limit alarm set',
})
check('text', '2017-03-12T11:56:55.053Z|00002|ovsdb_server|INFO|ovsdb-server started', {
  severity: 'info',
  body: 'ovsdb-server started',
  fields: { logger: 'ovsdb_server' },
})
check('text', '2026/11/20 22:41:17 Failed to connect: refused', { body: 'Failed to connect: refused' })
check('syslog-rfc3164', '<34>Oct 11 22:14:15 mymachine su[8]: failed', {
  severity: 'error',
  host: 'mymachine',
  program: 'su',
  pid: 8,
  body: 'failed',
  fields: { facility: 4 },
})
check('text', '2026/11/20 22:35:19 cmd/web.go:223:runWeb() [W] slow', { severity: 'warn' })
check('text', '2026-11-20T22:35:19.868Z pool-worker-5  ERROR  a.b.Store refused', { severity: 'error' })
check('text', '2026-11-20T22:35:19.868Z [pool-5  WARN  a.b.Store  opId=] refused', {
  severity: 'warn',
  body: 'refused',
})
check('text', '2026.11.20 22:35:19.868123 [ 12 ] {q1} <Error> run: refused', { severity: 'error', pid: 12 })
check('text', '2026-11-20T22:35:19Z E! [outputs.http] refused', { severity: 'error' })
check('text', '2026.11.20 22:35:19 LOG4[12]: refused', { severity: 'warn' })
check('text', 'nov/20/2026 22:35:19 system,error,critical login failure', { severity: 'error' })
check('text', '20-Nov-2026 22:35:19.868 security: error: client refused', { severity: 'error' })
check('text', '2026-11-20 22:35:19,868 - a.http - 123 - ERROR - GET-12 - refused', { severity: 'error' })
check('text', '2026-11-20 22:35:19 Connection to the error: page', {})
check('text', '2026-11-20 22:35:19 running: /bin/serve --level INFO now', {})
check('text', '[22:35:19] [Server thread/WARN]: late', {
  severity: 'warn',
  body: 'late',
  fields: { thread: 'Server thread/WARN' },
})
check('text', '2026-11-20 22:35:19,868 db1 keeper[4986] db1 (192.0.2.7): refused', {
  host: 'db1',
  program: 'keeper',
  pid: 4986,
  body: 'db1 (192.0.2.7): refused',
})
check('text', '[1795214119] resolver[123:0] error: SERVFAIL', {
  time: '2026-11-20T22:35:19.000Z',
  severity: 'error',
  program: 'resolver',
  pid: 123,
})
check('text', '2026-11-20 22:35:19,868 ban.actions        [1234]: NOTICE  [web] Ban 192.0.2.7', {
  severity: 'info',
  program: 'ban.actions',
  pid: 1234,
  body: '[web] Ban 192.0.2.7',
})
check('text', '2026-11-20 22:35:19.868+0000: 1234: error : qemuMonitorIO:575 : End of file', {
  severity: 'error',
  pid: 1234,
})
check('text', '[20-Nov-2026 22:35:19] WARNING: [pool www] busy', { severity: 'warn', body: '[pool www] busy' })
check('text', 'ERROR  | wrapper  | 2026/11/20 22:35:19 | JVM exited.', {
  time: '2026-11-20T22:35:19.000Z',
  severity: 'error',
  body: 'JVM exited.',
})
check('text', 'INFO   | jvm 1    | 2026/11/20 22:35:19 | 2026-11-20 22:35:19,868 [main] WARN  a.b.Task - slow', {
  time: '2026-11-20T22:35:19.868Z',
  severity: 'warn',
  body: 'slow',
})
check('text', '[ns:error,2026-11-20T22:35:19.868Z,n1@db:<0.1.0>:x:f:1]boom', {
  time: '2026-11-20T22:35:19.868Z',
  severity: 'error',
})
check('text', '  1234:20261120:223519.868 cannot send list', { time: '2026-11-20T22:35:19.868Z', pid: 1234 })
check('text', 'E [20/Nov/2026:22:35:19 +0000] [Job 12] stopped', {
  time: '2026-11-20T22:35:19.000Z',
  severity: 'error',
})
check('text', '[p-1] 2026-11-20 22:35:19,868 ERROR boom', { severity: 'error', body: 'boom' })
check('text', '2026-11-20 22:35:19,868 | INFO  | store is open | org.a.b.Store | main', {
  severity: 'info',
  body: 'store is open',
  fields: { logger: 'org.a.b.Store' },
})
check('syslog-rfc3164', 'Nov 20 22:35:19 [2314] n1 engine:   notice: start', {
  host: 'n1',
  program: 'engine',
  pid: 2314,
})
check('syslog-rfc3164', 'Nov 20 22:35:19 n1 controld  [2319] (pop) info: timeout', {
  host: 'n1',
  program: 'controld',
  pid: 2319,
})
check('syslog-rfc3164', 'Nov 20 22:35:19 lb1 err mcpd[12]: down', {
  severity: 'error',
  host: 'lb1',
  program: 'mcpd',
  pid: 12,
})
check('syslog-rfc3164', 'Nov 20 22:35:19 r1 rpd[12]: %DAEMON-4-OSPF_DOWN: gone', {
  severity: 'warn',
  host: 'r1',
  program: 'rpd',
  pid: 12,
})
check('syslog-rfc3164', 'Nov 20 22:35:19 <local0.err> ns1 EVENT: down', {
  severity: 'error',
  host: 'ns1',
  program: 'EVENT',
})
check('syslog-rfc3164', '<189>date=2026-11-20 time=22:35:19 devname=FG1 type=event', { severity: 'info' })
check('logfmt', 'date=2026-11-20 time=22:35:19 tz="+0200" devname="FG1" level="warning" msg="deny"', {
  time: '2026-11-20T20:35:19.000Z',
  severity: 'warn',
  host: 'FG1',
  body: 'deny',
})
check('text', '2026-11-20 22:35:19 (WARN) slow', { severity: 'warn' })
check('text', '2026-11-20 22:35:19 ***ERROR*** boom', { severity: 'error' })
check('text', '2026-11-20 22:35:19 lvl=ERROR boom', { severity: 'error' })
check('text', '2026-11-20 22:35:19 FEHLER boom', { severity: 'error', body: 'boom' })
check('text', '<ERROR> 2026-11-20 22:35:19 boom', { severity: 'error', body: 'boom' })
check('text', 'ERROR|2026-11-20 22:35:19|boom', { severity: 'error', body: 'boom' })
check('syslog-rfc3164', '<11>2026-11-20 22:35:19,868 web1 app[12]: boom', {
  severity: 'error',
  host: 'web1',
  program: 'app',
  pid: 12,
  body: 'boom',
})
check('postgresql', '2026-11-20 22:35:19 UTC-60cb2a12.7b-LOG:  checkpoint', {
  severity: 'info',
  program: 'postgres',
  pid: 123,
})
check('mysql-error', '2026-11-20 22:35:19 7f12345 InnoDB: Error: x', { severity: 'error', program: 'mysqld' })
check('cisco', '*apTask0: Nov 20 22:35:19.868: %CAPWAP-3-ERRORLOG: capwap.c:12 gone', {
  severity: 'error',
  program: '%CAPWAP-3-ERRORLOG',
})
check(
  'json',
  '{"TimeCreated":"2026-11-20T22:35:19.868Z","LevelDisplayName":"Error","MachineName":"w1","Message":"boom"}',
  {
    time: '2026-11-20T22:35:19.868Z',
    severity: 'error',
    host: 'w1',
    body: 'boom',
  },
)
check('json', '{"event_timestamp":1795214119868,"LOG_LEVEL":"warn","msg":"slow","process-id":12}', {
  time: '2026-11-20T22:35:19.868Z',
  severity: 'warn',
  pid: 12,
  body: 'slow',
})
check('json', '{"_index":"a","_source":{"@timestamp":"2026-11-20T22:35:19.868Z","message":"boom"}}', {
  time: '2026-11-20T22:35:19.868Z',
  body: 'boom',
})
check(
  'json',
  '{"Id":"3f2a","Created":"2026-11-20T22:00:00Z","State":{"ExitCode":137,"FinishedAt":"2026-11-20T22:21:13.5Z"}}',
  {
    time: '2026-11-20T22:21:13.500Z',
  },
)
check(
  'json',
  '{"Created":"2026-11-20T22:00:00Z","State":{"StartedAt":"2026-11-20T22:00:01Z","FinishedAt":"0001-01-01T00:00:00Z"}}',
  { time: '2026-11-20T22:00:01.000Z' },
)
check('json', '{"user.created":"2026-11-20T22:35:19.868Z","priority":"high"}', {})
check('vmware', '2026-11-20T22:35:19Z Wa(12)[+] profile[1001430319]: slow', {
  severity: 'warn',
  program: 'profile',
  pid: 1001430319,
})
check('vmware', '2026-11-20T22:35:19.868Z In(05) host-16250 <x> Skip', {
  severity: 'info',
  program: 'host',
  pid: 16250,
})
check('vmware', '2026-11-20T22:35:19.868Z info vsan[1000212707] [Originator@6876 sub=Libs] read', {
  severity: 'info',
  program: 'vsan',
  pid: 1000212707,
})
check('docker-compose', 'INFO     | listening', { program: 'INFO', body: 'listening' })
check(
  'ibm-mq',
  '20/11/2026 22:35:19 - Process(9884.1) User(mqm) Program(amqzmur0)\n                      Host(mq1) Installation(Installation1)\n                      Time(2026-11-20T20:35:19.868Z)\n\nAMQ7463E: The log for queue manager QM7 is full.',
  {
    time: '2026-11-20T20:35:19.868Z',
    severity: 'error',
    host: 'mq1',
    program: 'amqzmur0',
    pid: 9884,
    body: 'AMQ7463E: The log for queue manager QM7 is full.',
  },
)
check(
  'db2-diag',
  '2026-11-20-22.35.19.868123+060 E2211A512           LEVEL: Severe\nPID     : 7321                 TID : 140     PROC : db2sysc 0\nHOSTNAME: db1\nMESSAGE : ADM0001C',
  {
    time: '2026-11-20T21:35:19.868Z',
    severity: 'error',
    host: 'db1',
    program: 'db2sysc',
    pid: 7321,
    body: 'MESSAGE : ADM0001C',
  },
)
check('openldap', '6a87e1c7 conn=1000 op=0 BIND dn="" method=128', {
  time: '2026-08-21T05:27:35.000Z',
  program: 'slapd',
  fields: { conn: 1000, op: 0 },
})
check('lambda', 'REPORT RequestId: a-1\tDuration: 3003.17 ms\tMemory Size: 128 MB', {
  fields: { requestid: 'a-1', duration: 3003.17, memory_size: 128 },
})
check('text', 'Sep 17, 2025 @ 14:02:31.123 ERROR connect failed', {
  time: '2025-09-17T14:02:31.123Z',
  severity: 'error',
  body: 'connect failed',
})
check('syslog-rfc3164', 'Jun 14 15:16:01 combo sshd(pam_unix)[19939]: authentication failure; uid=0', {
  host: 'combo',
  program: 'sshd(pam_unix)',
  pid: 19939,
  body: 'authentication failure; uid=0',
  fields: { uid: 0 },
})
check('syslog-rfc3164', 'Feb  9 21:20:08  sshd[8317]: last message repeated 2 times', {
  program: 'sshd',
  pid: 8317,
  body: 'last message repeated 2 times',
})
check('syslog-rfc3164', '2026-11-20T22:45:26.390533+00:00 ip-10-0-1-17 postfix/smtpd[1]: NOQUEUE', {
  host: 'ip-10-0-1-17',
  program: 'postfix/smtpd',
  pid: 1,
  body: 'NOQUEUE',
})
check(
  'syslog-rfc5424',
  '<165>1 2003-08-24T05:14:15.000003-07:00 192.0.2.1 myproc 8710 ID47 [a@1 x="q\\"]"][b] It\'s time.',
  {
    time: '2003-08-24T12:14:15.000Z',
    severity: 'info',
    host: '192.0.2.1',
    program: 'myproc',
    pid: 8710,
    body: "It's time.",
    fields: { msgid: 'ID47', x: 'q"]', facility: 20 },
  },
)
check(
  'nginx-error',
  '2026/11/20 22:41:17 [crit] 51#52: *1 connect() to 192.0.2.7:80 failed, client: 192.0.2.19, server: a.example, request: "GET /x HTTP/1.1", upstream: "http://192.0.2.7:80/x", host: "a.example"',
  {
    severity: 'error',
    program: 'nginx',
    pid: 51,
    fields: {
      client: '192.0.2.19',
      upstream: 'http://192.0.2.7:80/x',
      method: 'GET',
      path: '/x',
      host: 'a.example',
      connection: 1,
    },
  },
)
check('nginx-access', '2001:db8::1 - bob [10/Oct/2000:13:55:36 -0700] "GET /a%20b HTTP/1.0" 304 -', {
  time: '2000-10-10T20:55:36.000Z',
  fields: { client: '2001:db8::1', user: 'bob', method: 'GET', path: '/a%20b', status: 304 },
})
check(
  'nginx-access',
  '192.0.2.1 - - [07/Jul/2025:01:15:58 +0000] "GET /s HTTP/1.1" 500 170 "-" "curl/8.5.0" 80 0.012 [default-app-8080] [] 192.0.2.6:8080 66 0.001 500 b5008e1c98555a22a4e5d97ebe167337',
  {
    fields: {
      status: 500,
      bytes: 170,
      user_agent: 'curl/8.5.0',
      duration: 12_000,
      upstream: '192.0.2.6:8080',
      request_id: 'b5008e1c98555a22a4e5d97ebe167337',
    },
  },
)
check(
  'nginx-access',
  '192.0.2.1 - - [08/Dec/2021:09:16:05 +0000] "GET /x HTTP/1.1" 200 414 "-" "-" 500 "test@docker" "http://192.0.2.3:80" 7ms',
  { fields: { status: 200, duration: 7000 } },
)
check('nginx-access', 'www.example.com 192.0.2.1 - - [29/Jul/2023:10:26:06 -0700] "GET / HTTP/1.1" 400 157 "-" "-"', {
  fields: { host: 'www.example.com', client: '192.0.2.1', status: 400 },
})
check(
  'proxy-access',
  '192.0.2.1:33317 [06/Feb/2009:12:14:14.655] http-in static/srv1 10/0/30/69/109 503 2750 - - SC-- 1/1/1/1/0 0/0 {a} {} "GET /i HTTP/1.1"',
  {
    program: 'haproxy',
    fields: {
      client: '192.0.2.1',
      status: 503,
      duration: 109_000,
      upstream: 'static/srv1',
      termination: 'SC--',
      path: '/i',
    },
  },
)
check(
  'json-access',
  '{"time":"2026-11-20T22:18:02+00:00","remote_addr":"192.0.2.1","request":"GET /boom HTTP/1.1","status":500,"rt":0.001,"ua":"curl/8"}',
  { fields: { client: '192.0.2.1', method: 'GET', path: '/boom', status: 500, duration: 1000, user_agent: 'curl/8' } },
)
check(
  'w3c',
  '#Fields: date time c-ip cs-method cs-uri-stem sc-status time-taken\n2026-01-13 00:32:17 192.0.2.81 GET /robots.txt 404 242',
  { time: '2026-01-13T00:32:17.000Z', fields: { client: '192.0.2.81', status: 404, duration: 242_000 } },
)
check(
  'apache-error',
  '[Fri Sep 09 10:42:29.902022 2011] [core:error] [pid 35708:tid 43] [client 192.0.2.187:80] AH00128: File does not exist',
  {
    severity: 'error',
    program: 'httpd',
    pid: 35708,
    body: 'AH00128: File does not exist',
    fields: { module: 'core', client: '192.0.2.187', code: 'AH00128' },
  },
)
check('redis', '13681:M 20 Nov 2026 22:46:02.175 # Warning', {
  severity: 'warn',
  program: 'redis',
  pid: 13681,
  body: 'Warning',
  fields: { role: 'master' },
})
check('redis', '=== REDIS BUG REPORT START: Cut & paste starting from here ===', {
  severity: 'fatal',
  program: 'redis',
  body: '=== REDIS BUG REPORT START: Cut & paste starting from here ===',
})
check('postgresql', '2026-11-20 22:46:02 UTC [13680]: user=app,db=shop,app=web,client=192.0.2.7 FATAL:  53300: sorry', {
  severity: 'fatal',
  program: 'postgres',
  pid: 13680,
  body: 'sorry',
  fields: { user: 'app', db: 'shop', client: '192.0.2.7', code: '53300' },
})
check(
  'postgresql-csv',
  '2026-11-20 22:18:45.549 UTC,"app","app",23390,"192.0.2.7:51",6b,1,"SELECT",2026-11-20 22:18:45 UTC,3/1,0,ERROR,40P01,"dead\nlock ""x""","Process 1 waits",,,,,"SELECT 1",,,"psql","client backend",,0',
  {
    severity: 'error',
    program: 'postgres',
    pid: 23390,
    body: 'dead\nlock "x"',
    fields: { code: '40P01', db: 'app' },
  },
)
check('mysql-error', '2020-08-06T14:25:02.936146Z 0 [ERROR] [MY-010068] [Server] Broken', {
  severity: 'error',
  program: 'mysqld',
  body: 'Broken',
  fields: { code: 'MY-010068', subsystem: 'Server' },
})
check(
  'mysql-slow',
  '# Time: 2021-01-26T23:45:57.678222Z\n# User@Host: app[app] @ web [192.0.2.7]  Id:     2\n# Query_time: 4.071491  Lock_time: 0.000212 Rows_sent: 1  Rows_examined: 9\nSELECT 1;',
  {
    program: 'mysqld',
    time: '2021-01-26T23:45:57.678Z',
    fields: { user: 'app', client: '192.0.2.7', query_time: 4.071491, duration: 4_071_491, rows_examined: 9 },
  },
)
check('kernel', '<4>[ 1819.646100][ T585] python3 invoked oom-killer', {
  severity: 'warn',
  program: 'kernel',
  body: 'python3 invoked oom-killer',
  fields: { thread: 'T585' },
})
check('kernel', '[Sun Feb 23 16:24:18 2025] NVRM: Xid', {
  time: '2025-02-23T16:24:18.000Z',
  program: 'kernel',
  body: 'NVRM: Xid',
})
check('glog', 'F261120 22:35:19.868642 211 server/node.go:710  [n3] clock synchronization error', {
  time: '2026-11-20T22:35:19.868Z',
  severity: 'fatal',
  pid: 211,
  body: '[n3] clock synchronization error',
  fields: { file: 'server/node.go:710' },
})
check('glog', 'E0708 18:09:49.328642 1906352 evented.go:365] "Get cache" err="context deadline exceeded"', {
  severity: 'error',
  pid: 1906352,
  fields: { err: 'context deadline exceeded', file: 'evented.go:365' },
})
check('auditd', 'type=SYSCALL msg=audit(1684329817.579:2995): arch=c000003e success=no pid=27032 comm="ls"', {
  time: '2023-05-17T13:23:37.579Z',
  program: 'audit',
  pid: 27032,
  fields: { type: 'SYSCALL', success: 'no', comm: 'ls' },
})
check('jvm-gc', '[2022-08-16T11:30:42.834+0800][0.257s][warning][gc,init] Humongous', {
  time: '2022-08-16T03:30:42.834Z',
  severity: 'warn',
  body: 'Humongous',
  fields: { tags: 'gc,init' },
})
check('java-util-logging', 'Nov 10, 2015 8:52:38 AM org.apache.jk.common.MsgAjp processHeader\nSEVERE: BAD packet', {
  severity: 'error',
  body: 'BAD packet',
  fields: { logger: 'org.apache.jk.common.MsgAjp' },
})
check(
  'coredns',
  '[ERROR] plugin/errors: 2 api.vendor.example. A: read udp 192.0.2.31:40112->192.0.2.53:53: i/o timeout',
  {
    severity: 'error',
    body: 'plugin/errors: 2 api.vendor.example. A: read udp 192.0.2.31:40112->192.0.2.53:53: i/o timeout',
  },
)
check(
  'log15-console',
  'WARN [2025-04-09|19:30:14.627] Dial failed                  peer=192.0.2.7:30303 err="refused"',
  {
    time: '2025-04-09T19:30:14.627Z',
    severity: 'warn',
    body: 'Dial failed                  peer=192.0.2.7:30303 err="refused"',
    fields: { peer: '192.0.2.7:30303', err: 'refused' },
  },
)
check('quoted', '> > {"level":"error","msg":"failed"}', { body: '{"level":"error","msg":"failed"}' })
check('quoted', '>     at run (/srv/a.js:3:7)', { body: '    at run (/srv/a.js:3:7)' })
check('kubernetes-events', '2025-06-01T17:16:40Z Warning Unhealthy pod/coredns-1 Readiness probe failed', {
  severity: 'warn',
  program: 'kubernetes',
  body: 'Readiness probe failed',
  fields: { reason: 'Unhealthy', object: 'pod/coredns-1' },
})
check('supercomputer', '- 1117838570 2005.06.03 R02 2005-06-03-15.42.50.363779 R02 RAS KERNEL FATAL cache', {
  time: '2005-06-03T22:42:50.363Z',
  severity: 'fatal',
  host: 'R02',
  program: 'KERNEL',
  body: 'cache',
})
check('logfmt', 'ts=2026-11-20T22:28:30.372Z level=warn msg="upstream \\"a\\"" port=9000', {
  time: '2026-11-20T22:28:30.372Z',
  severity: 'warn',
  body: 'upstream "a"',
  fields: { port: 9000 },
})
check(
  'logfmt',
  'time=2026-11-20T22:28:30Z level=error msg=An error occurred port=9000 error=map[reason:no such client] service=login',
  {
    time: '2026-11-20T22:28:30.000Z',
    severity: 'error',
    body: 'An error occurred',
    program: 'login',
    fields: { port: 9000, error: 'map[reason:no such client]' },
  },
)
check(
  'json',
  '{"t":{"$date":"2022-07-28T18:00:00.903+02:00"},"s":"W","c":"ACCESS","ctx":"conn1","msg":"Authentication failed","attr":{"remote":"192.0.2.1"}}',
  {
    time: '2022-07-28T16:00:00.903Z',
    severity: 'warn',
    body: 'Authentication failed',
    fields: { 'attr.remote': '192.0.2.1' },
  },
)
check(
  'journald-json',
  '{"__REALTIME_TIMESTAMP":"1795214762694290","PRIORITY":"3","_HOSTNAME":"reg-09","SYSLOG_IDENTIFIER":"api","_PID":"1","MESSAGE":[104,105,27],"_SYSTEMD_UNIT":"api.service"}',
  {
    time: '2026-11-20T22:46:02.694Z',
    severity: 'error',
    host: 'reg-09',
    program: 'api',
    pid: 1,
    fields: { unit: 'api.service' },
  },
)

check(
  'journalctl-verbose',
  'Fri 2026-11-20 22:46:02.694290 UTC [s=ab;i=1f;b=3a;m=12;t=65;x=1]\n    PRIORITY=3\n    _HOSTNAME=reg-09\n    SYSLOG_IDENTIFIER=api\n    _PID=12\n    MESSAGE=connect\n             refused',
  {
    time: '2026-11-20T22:46:02.694Z',
    severity: 'error',
    host: 'reg-09',
    program: 'api',
    pid: 12,
    body: 'connect\nrefused',
  },
)
check('journalctl-monotonic', '[   12.345690 <    0.000012 >] reg-09 systemd[1]: Started b.', {
  host: 'reg-09',
  program: 'systemd',
  pid: 1,
  body: 'Started b.',
})
check('syslog-rfc3164', 'Fri 2026-11-20 22:46:02 +03 reg-09 api.service[3]: x', {
  time: '2026-11-20T19:46:02.000Z',
  host: 'reg-09',
  program: 'api.service',
  pid: 3,
  body: 'x',
})
check('syslog-rfc3164', '2026-10-11T22:14:15+02:00 gw daemon.err app[1]: refused', {
  severity: 'error',
  host: 'gw',
  program: 'app',
  pid: 1,
  body: 'refused',
})
check('syslog-rfc3164', '<6>kernel: [ 12.345678] usb 1-1: new', {
  severity: 'info',
  program: 'kernel',
  body: '[ 12.345678] usb 1-1: new',
})
check('syslog-rfc3164', 'Oct 11 2026 22:14:15 fw01 %ASA-4-106023: Deny tcp src', {
  severity: 'warn',
  host: 'fw01',
  program: '%ASA-4-106023',
  body: 'Deny tcp src',
})
check('syslog-rfc3164', '2026-11-20 22:35:19.868123-0800  localhost kernel[0]: (AppleACPI) sleep', {
  time: '2026-11-21T06:35:19.868Z',
  host: 'localhost',
  program: 'kernel',
  pid: 0,
  body: '(AppleACPI) sleep',
})
check('cisco', '<189>31: router1: *Oct 11 22:14:15.123: %LINEPROTO-5-UPDOWN: Line protocol down', {
  severity: 'info',
  host: 'router1',
  program: '%LINEPROTO-5-UPDOWN',
  body: 'Line protocol down',
  fields: { facility: 23, sequence: '31' },
})
check('cisco', '2026 Oct 11 22:14:15 switch1 %ETHPORT-5-IF_UP: Interface Ethernet1/1 is up', {
  time: '2026-10-11T22:14:15.000Z',
  severity: 'info',
  host: 'switch1',
  program: '%ETHPORT-5-IF_UP',
})
check('kernel', 'kern  :crit  : [Fri Nov 20 22:35:19 2026] Out of memory', {
  time: '2026-11-20T22:35:19.000Z',
  severity: 'error',
  program: 'kernel',
  body: 'Out of memory',
})
check('php', '[20-Nov-2026 22:35:19 Europe/Berlin] PHP Fatal error:  Uncaught PDOException: refused', {
  time: '2026-11-20T21:35:19.000Z',
  severity: 'fatal',
  program: 'php',
  body: 'PHP Fatal error:  Uncaught PDOException: refused',
})
check('dotnet-console', 'fail: Npgsql.Connection[20004]\n      An error occurred\n      System.Exception: x', {
  severity: 'error',
  body: 'An error occurred\nSystem.Exception: x',
  fields: { logger: 'Npgsql.Connection', event_id: 20004 },
})
check(
  'rails',
  '[8ff78763-7800-4bb7-9c70-4153a3ad17d1] Completed 500 Internal Server Error in 12ms (ActiveRecord: 3.0ms)',
  {
    fields: { status: 500, duration: 12_000, request_id: '8ff78763-7800-4bb7-9c70-4153a3ad17d1' },
  },
)
check('pod-prefix', '[pod/web-0/app] 2026-11-20T22:35:19.868123456Z ERROR boom', {
  time: '2026-11-20T22:35:19.868Z',
  program: 'app',
  body: 'ERROR boom',
  fields: { pod: 'web-0', container: 'app' },
})
check('pod-prefix', 'shop web-7d4b9c6f5-x2vbz app › started', {
  program: 'app',
  body: 'started',
  fields: { namespace: 'shop', pod: 'web-7d4b9c6f5-x2vbz' },
})
check('postgresql', '2026-11-20 22:35:19: pid 12: LOG:  pgpool started', {
  severity: 'info',
  program: 'pgpool',
  pid: 12,
  body: 'pgpool started',
})
check('postgresql', '2026-11-20 22:35:19 UTC psql app 192.0.2.7(123) 10773 LOG:  duration: 1234.5 ms', {
  severity: 'info',
  program: 'postgres',
  pid: 10773,
  body: 'duration: 1234.5 ms',
})
check(
  'proxy-access',
  '[2026-11-20T22:35:19.868Z] "GET /x HTTP/1.1" 200 - via_upstream - "-" 0 91 12 11 "-" "curl/8" "8ff78763" "a.example" "192.0.2.7:8080" outbound|80||a',
  {
    program: 'envoy',
    fields: { duration: 12_000, user_agent: 'curl/8', host: 'a.example', upstream: '192.0.2.7:8080' },
  },
)
check('proxy-access', '2026-11-20T22:35:19+00:00 192.0.2.1 - "GET /x HTTP/1.1" 502 157 rt=0.103', {
  fields: { client: '192.0.2.1', method: 'GET', path: '/x', status: 502, duration: 103_000 },
})
check('proxy-access', '[2026-11-20 22:35:19 +0000] [12] [INFO] 192.0.2.1:52782 - "GET /x HTTP/1.1" 404', {
  time: '2026-11-20T22:35:19.000Z',
  severity: 'info',
  fields: { client: '192.0.2.1', method: 'GET', path: '/x', status: 404 },
})
check('nginx-access', '192.0.2.1, 198.51.100.7 - - [20/Nov/2026:22:35:19 +0000] "GET / HTTP/2.0" 200 1 "-" "x"', {
  fields: { client: '192.0.2.1', status: 200 },
})
check('nginx-access', 'INFO:werkzeug:192.0.2.1 - - [20/Nov/2026 22:35:19] "GET / HTTP/1.1" 200 -', {
  fields: { client: '192.0.2.1', status: 200 },
})
check(
  'kubernetes-events',
  '5m    Warning   BackOff   pod/web-0   spec.containers{web}   kubelet, node-1   Back-off restarting   10m   12   web-0.17a',
  {
    severity: 'warn',
    program: 'kubernetes',
    body: 'Back-off restarting',
    fields: { count: 12, source: 'kubelet, node-1' },
  },
)
check(
  'kubernetes-yaml',
  'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web-0\n  namespace: shop\nstatus:\n  containerStatuses:\n  - lastState:\n      terminated:\n        exitCode: 137\n        finishedAt: "2026-11-20T22:35:19Z"\n        reason: OOMKilled\n    name: app',
  {
    time: '2026-11-20T22:35:19.000Z',
    program: 'kubernetes',
    body: 'Pod shop/web-0',
    fields: {
      'status.containerStatuses.0.lastState.terminated.reason': 'OOMKilled',
      'status.containerStatuses.0.name': 'app',
    },
  },
)
check(
  'kubernetes-yaml',
  '- apiVersion: v1\n  involvedObject:\n    apiVersion: v1\n    kind: Pod\n    name: web-0\n  kind: Event\n  lastTimestamp: "2026-11-20T22:35:19Z"\n  message: \'Failed to pull image "web:9": rpc error: code = NotFound\n    desc = it\'\'s gone\'\n  note: two lines of\n    plain: text\n  type: Warning',
  {
    time: '2026-11-20T22:35:19.000Z',
    severity: 'warn',
    program: 'kubernetes',
    body: 'Failed to pull image "web:9": rpc error: code = NotFound desc = it\'s gone',
    fields: { object: 'pod/web-0' },
  },
)
check(
  'windows-event',
  "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='A'/><EventID>4625</EventID><Level>0</Level><Keywords>0x8010000000000000</Keywords><TimeCreated SystemTime='2026-11-20T22:35:19.868Z'/><Computer>WIN1</Computer></System><EventData><Data Name='TargetUserName'>a &amp; b</Data></EventData></Event>",
  {
    time: '2026-11-20T22:35:19.868Z',
    severity: 'warn',
    host: 'WIN1',
    program: 'A',
    fields: { event_id: 4625, TargetUserName: 'a & b' },
  },
)
check('cef', 'CEF:0|Security|tm|1.0|100|worm stopped|High|dvchost=fw1 rt=1795214762694 msg=a\\=b c', {
  time: '2026-11-20T22:46:02.694Z',
  severity: 'error',
  host: 'fw1',
  program: 'tm',
  fields: { msg: 'a=b c' },
})
check(
  'cmtrace',
  '<![LOG[Failed]LOG]!><time="19:33:19.766-330" date="11-28-2014" component="AppEnforce" context="" type="3" thread="8744" file="a.cpp:1">',
  {
    time: '2014-11-28T14:03:19.766Z',
    severity: 'error',
    body: 'Failed',
    fields: { logger: 'AppEnforce' },
  },
)
check('haproxy', '[NOTICE] 323/223519 (1) : New worker (8) forked', { severity: 'info', program: 'haproxy', pid: 1 })
check('mysql-error', '2026-11-20 22:35:19 0x7f12abcd INNODB MONITOR OUTPUT', { program: 'mysqld' })
check('weblogic', '[11/20/26 22:35:19:868 UTC] 0000001a webapp        E SRVE0293E: [Servlet Error]', {
  time: '2026-11-20T22:35:19.868Z',
  severity: 'error',
  program: 'websphere',
  body: 'SRVE0293E: [Servlet Error]',
})

check('syslog-rfc3164', 'Jun 27 09:02:22 gw gw sshd[454008]: Failed password', {
  host: 'gw',
  program: 'sshd',
  pid: 454008,
  body: 'Failed password',
})
check('syslog-rfc3164', 'Apr  4 03:39:57 --- last message repeated 1 time ---', {
  body: '--- last message repeated 1 time ---',
})

check('sssd', '(Fri Nov 20 22:35:19 2026) [[sssd[krb5_child[7231]]]] [main] (0x0020): no reply', {
  time: '2026-11-20T22:35:19.000Z',
  severity: 'error',
  program: 'sssd',
  pid: 7231,
  body: 'no reply',
  fields: { component: 'krb5_child', function: 'main' },
})
check('sssd', '(2026-11-20 22:35:19:868123): [be[example.com]] [done] (0x0080): [RID#7] failed [5]: EIO', {
  time: '2026-11-20T22:35:19.868Z',
  severity: 'warn',
  program: 'sssd',
  body: 'failed [5]: EIO',
  fields: { component: 'be[example.com]', request: 'RID#7' },
})
check('shell-history', '#+1795214763\nsystemctl restart api', {
  time: '2026-11-20T22:46:03.000Z',
  body: 'systemctl restart api',
})
check('heroku', '2026-11-20T22:35:19.868123+00:00 heroku[web.1]: State changed from up to crashed', {
  time: '2026-11-20T22:35:19.868Z',
  program: 'heroku',
  body: 'State changed from up to crashed',
  fields: { dyno: 'web.1' },
})
check(
  'heroku',
  'at=error code=H12 desc="Request timeout" method=GET path="/" host=a.example fwd="192.0.2.7" dyno=web.1 connect=1ms service=30000ms status=503 bytes=0',
  { severity: 'error', fields: { code: 'H12', status: 503, duration: 30_000_000, client: '192.0.2.7' } },
)
check('syslog-rfc5424', '<45>1 2026-11-20T22:35:19Z host app web.1 - [ERROR] boom', {
  severity: 'info',
  host: 'host',
  program: 'app',
  body: '[ERROR] boom',
  fields: { procid: 'web.1' },
})
check('syslog-rfc3164', '<15>Nov 20 22:35:19 reg-09 log_tag this is debug', {
  severity: 'debug',
  host: 'reg-09',
  program: 'log_tag',
  body: 'this is debug',
})
check('syslog-rfc3164', '<13>Nov 20 22:35:19 reg-09 last message repeated', {
  severity: 'info',
  host: 'reg-09',
  body: 'last message repeated',
})
check(
  'otlp',
  '{"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"api"}},{"key":"host.name","value":{"stringValue":"n1"}},{"key":"process.pid","value":{"intValue":"12"}}]},"scopeLogs":[{"logRecords":[{"timeUnixNano":"1795214763214000000","severityNumber":17,"body":{"stringValue":"boom"},"traceId":"5b8efff798038103d269b633813fc60c","attributes":[{"key":"k8s.pod.name","value":{"stringValue":"web-0"}},{"key":"exception.stacktrace","value":{"stringValue":"Error: boom"}}]}]}]}]}',
  {
    time: '2026-11-20T22:46:03.214Z',
    severity: 'error',
    host: 'n1',
    program: 'api',
    pid: 12,
    body: 'boom',
    fields: { trace_id: '5b8efff798038103d269b633813fc60c', pod: 'web-0' },
  },
)
check(
  'csv-table',
  'Ebene,Datum und Uhrzeit,Quelle,Ereignis-ID,Aufgabenkategorie\nFehler,20.11.2026 22:35:19,DCOM,10016,Keine,"a ""b"", c"',
  {
    time: '2026-11-20T22:35:19.000Z',
    severity: 'error',
    program: 'DCOM',
    body: 'a "b", c',
    fields: { 'Ereignis-ID': 10016 },
  },
)
check(
  'csv-table',
  '"Message","Id","Level","MachineName","TimeCreated","LevelDisplayName"\n"stopped","7036","3","WIN1","11/20/2026 10:35:19 PM","Warning"',
  {
    time: '2026-11-20T22:35:19.000Z',
    severity: 'warn',
    host: 'WIN1',
    body: 'stopped',
  },
)

/** A table's rows are read with what stands above them. */
function table(head: readonly string[], row: string, expected: Expected): void {
  check('samples', [...head, row].join('\n'), expected)
}

const SYSSTAT = 'Linux 6.1.0-18-amd64 (db5) \t03/01/2025 \t_x86_64_\t(8 CPU)'
table(
  [SYSSTAT, '', '03/01/2025 01:00:10 PM', 'Device            r/s     w/s  r_await  w_await  aqu-sz  %util'],
  'vdb              10.00  30.00     2.00    42.00    3.10  97,20',
  { time: '2025-03-01T13:00:10.000Z', host: 'db5', fields: { device: 'vdb', await: 32_000, util: 0.972, queue: 3.1 } },
)
table(
  [SYSSTAT, '11:59:50 PM  CPU    %usr   %nice    %sys %iowait   %steal   %idle'],
  '12:00:00 AM  all   20.00    0.00    5.00   70.00    0.00    5.00',
  { time: '2025-03-01T00:00:00.000Z', host: 'db5', fields: { cpu: 'all', busy: 0.25, iowait: 0.7 } },
)
table(
  [
    'procs -----------memory---------- ---swap-- -----io---- -system-- ------cpu----- -----timestamp-----',
    ' r  b   swpd   free   buff  cache   si   so    bi    bo   in   cs us sy id wa st                 UTC',
  ],
  ' 9  2      0 812044  10220 204880    0    0     1    18  512 9120 90  5  3  2  0 2025-03-01 10:00:05',
  { time: '2025-03-01T10:00:05.000Z', fields: { busy: 0.95, running: 9, blocked: 2 } },
)
table(
  ['top - 10:00:00 up 9 days,  load average: 17.20, 12.01, 8.30'],
  '%Cpu(s): 96.1 us,  3.1 sy,  0.0 ni,  0.5 id,  0.1 wa',
  {
    fields: { cpu: 'all', busy: 0.994 },
  },
)
table(
  ['               total        used        free      shared  buff/cache   available'],
  'Mem:           16003       15102         212          10         688         512',
  {
    fields: { total: 16_003 * 1024 ** 2, available: 512 * 1024 ** 2 },
  },
)
table(
  ['Filesystem     1K-blocks     Used Available Use% Mounted on', '/dev/mapper/a-very-long-name-of-a-volume'],
  '                41943040 41943040         0 100% /var/lib/data',
  {
    fields: {
      device: '/dev/mapper/a-very-long-name-of-a-volume',
      mount: '/var/lib/data',
      used: 1,
      available: 0,
      inodes: false,
    },
  },
)
table(['Listing queues for vhost / ...', 'name\tmessages\tconsumers'], 'embeddings\t182331\t0', {
  fields: { queue: 'embeddings', waiting: 182_331, consumers: 0 },
})
table(
  [
    '=== 2025-03-01T10:00:00Z',
    'name\tmessages\tmessages_ready\tconsumers',
    'mail\t3\t3\t0',
    '=== 2025-03-01T10:01:00Z ===',
  ],
  'mail\t31\t31\t0',
  { time: '2025-03-01T10:01:00.000Z', fields: { queue: 'mail', waiting: 31, consumers: 0 } },
)
table(
  ['GROUP    TOPIC     PARTITION  CURRENT-OFFSET  LOG-END-OFFSET  LAG   CONSUMER-ID  HOST         CLIENT-ID'],
  'billing  invoices  3          4023111         4027001         3890  billing-1    /192.0.2.9   billing-1',
  { fields: { queue: 'invoices-3', waiting: 3890, consumers: null } },
)
table(['    1000000 segments sent out'], '    60000 segments retransmitted', {
  fields: { segments: 1_000_000, resent_share: 0.06 },
})
check('syslog-rfc3164', '2026-11-20T22:35:19.868+00:00 fe80::1%eth0 sshd[12]: Failed', {
  host: 'fe80::1%eth0',
  program: 'sshd',
  pid: 12,
  body: 'Failed',
})

for (const line of ['Nov 20 22:35:19 ERROR [main] a.B - boom', 'Fri Nov 20 22:35:19 2026 [ERROR] boom']) {
  test(`a level in the place of the host is text: ${line}`, () => {
    assert.equal(read('syslog-rfc3164', line), null)
    assert.equal(read('text', line)?.severity, 'error')
  })
}

test('a time before a bar is no name of a container', () => {
  assert.equal(read('docker-compose', '1795214119.868 | ERROR    | app.main:run:12 - boom'), null)
  assert.equal(read('docker-compose', '0|api      | started')?.program, 'api')
})

// Tags that have no host before them, and times of the calendar that no syslog wrote
check('syslog-rfc3164', 'Nov 20 22:35:19 unbound[812:0] notice: init module 0: iterator', {
  program: 'unbound',
  pid: 812,
  body: 'notice: init module 0: iterator',
})
check('syslog-rfc3164', 'Nov 20 22:35:19 sogod [812]: SOGoRootPage Login failed', {
  program: 'sogod',
  pid: 812,
  body: 'SOGoRootPage Login failed',
})
check('syslog-rfc3164', 'Nov 20 22:35:19 auth-worker(812): Error: passwd-file: no such user', {
  program: 'auth-worker',
  pid: 812,
  body: 'Error: passwd-file: no such user',
})
check('syslog-rfc3164', 'Nov 20 22:35:19 imap(a@shop.example)<812><x7Q>: Info: Disconnected', {
  program: 'imap',
  body: 'Info: Disconnected',
})
check('syslog-rfc3164', 'Nov 20 22:35:19 n1 pacemakerd          [812] (cb) error: lost', {
  host: 'n1',
  program: 'pacemakerd',
  pid: 812,
  body: '(cb) error: lost',
})
check('syslog-rfc3164', 'Nov 20 22:35:19 [812] n1 corosync error   [TOTEM ] FAILED TO RECEIVE', {
  host: 'n1',
  program: 'corosync',
  pid: 812,
  body: 'error   [TOTEM ] FAILED TO RECEIVE',
})
check('text', 'Fri Nov 20 22:35:19 2026 - DAMN ! worker 1 (pid: 8) died, killed by signal 9', {
  time: '2026-11-20T22:35:19.000Z',
  body: 'DAMN ! worker 1 (pid: 8) died, killed by signal 9',
})
check('text', 'Fri Nov 20 22:35:19 2026 : Error: Failed opening /etc/x', {
  severity: 'error',
  body: 'Failed opening /etc/x',
})
check('text', 'Fri Nov 20 22:35:19 2026 -> ERROR: Database is old', { severity: 'error', body: 'Database is old' })
check('text', 'Fri Nov 20 22:35:19 2026 [pid 812] [ftp] FAIL LOGIN: Client "192.0.2.7"', {
  pid: 812,
  body: 'FAIL LOGIN: Client "192.0.2.7"',
})
check('text', 'Fri Nov 20 22:35:19 2026 1 192.0.2.7 528 /pub/a b _ o a x@shop.example ftp 0 * c', {
  body: '1 192.0.2.7 528 /pub/a b _ o a x@shop.example ftp 0 * c',
})
test('a calendar time with its year makes no line syslog by itself', () => {
  for (const line of ['Fri Nov 20 22:35:19 2026 - OK - [192.0.2.7] x', 'Fri Nov 20 22:35:19 2026 us=868 TLS Error: x'])
    assert.equal(read('syslog-rfc3164', line), null)
})

check('java-util-logging', 'nov 20, 2026 8:52:38 AM com.example.cache.Node\nWARNING: [192.0.2.7]:5701 lost', {
  severity: 'warn',
  body: '[192.0.2.7]:5701 lost',
  fields: { logger: 'com.example.cache.Node', method: undefined },
})
check('chromium', '[1234:5678:1120/223519.868123:WARNING:gpu_host.cc(991)] exited', {
  time: '1972-11-20T22:35:19.868Z',
  severity: 'warn',
  pid: 1234,
  body: 'exited',
  fields: { thread: '5678', file: 'gpu_host.cc(991)' },
})
check('leveled', '[main] WARN com.example.Pool - exhausted', {
  severity: 'warn',
  body: 'exhausted',
  fields: { thread: 'main', logger: 'com.example.Pool' },
})
check('leveled', '173 [pool-1] ERROR com.example.App  - lost', {
  severity: 'error',
  body: 'lost',
  fields: { thread: 'pool-1', logger: 'com.example.App' },
})
check('leveled', '[     0.001234s]  WARN ThreadId(01) linkerd2_proxy: lost', {
  severity: 'warn',
  body: 'ThreadId(01) linkerd2_proxy: lost',
  fields: { thread: undefined },
})

// Access lines
check(
  'proxy-access',
  '<6>192.0.2.7:51000 [20/Nov/2026:22:35:19.868] a b/s1 0/0/0/7/7 503 182 - - SC-- 1/1/0/0/0 0/0 "GET /x"',
  {
    program: 'haproxy',
    fields: { client: '192.0.2.7', status: 503 },
  },
)
check('proxy-access', '192.0.2.7 -  20/Nov/2026:22:35:19 +0100 "GET /index.php" 502', {
  time: '2026-11-20T21:35:19.000Z',
  fields: { client: '192.0.2.7', method: 'GET', path: '/index.php', status: 502 },
})
check(
  'nginx-access',
  '[httpd] 192.0.2.7 - u [20/Nov/2026:22:35:19 +0000] "POST /write?db=x HTTP/1.1 " 500 0 "-" "x" 1 12',
  {
    time: '2026-11-20T22:35:19.000Z',
    fields: { client: '192.0.2.7', user: 'u', status: 500 },
  },
)
check('nginx-access', '192.0.2.7 shop.example:8080 - [20/Nov/2026:22:35:19 +0000] "GET / HTTP/1.1" 200 5', {
  fields: { client: '192.0.2.7', host: 'shop.example:8080', user: undefined },
})
check('nginx-access', '192.0.2.7 - - [20/Nov/2026:22:35:19 +0000] "GET / HTTP/1.1" 200 5 "-" "x" 1/1200345', {
  fields: { duration: 1_200_345 },
})
check('nginx-access', '192.0.2.7 - - [20/Nov/2026:22:35:19 +0000] "GET / HTTP/1.1" 200 5 "-" "x" 3/1200345', {
  fields: { duration: undefined },
})

check('nginx-access', '[812] 192.0.2.7 - - [20/Nov/2026:22:35:19 +0000] "GET /x HTTP/1.1" 503 - 0.0002', {
  time: '2026-11-20T22:35:19.000Z',
  fields: { client: '192.0.2.7', status: 503, duration: 200 },
})
check('openldap', '6740c3f0.2b15e41a 0x7f5c7e1ff200 connections_destroy: nothing to destroy.', {
  program: 'slapd',
  body: 'connections_destroy: nothing to destroy.',
})
check('syslog-rfc3164', 'Nov 20 22:35:19 Unable to launch, no backends', { body: 'Unable to launch, no backends' })
check('syslog-rfc3164', 'Nov 20 22:35:19 web1 message repeated 2 times', {
  host: 'web1',
  body: 'message repeated 2 times',
})
check('syslog-rfc3164', '<131>  id=firewall sn=1 time="2026-11-20 22:35:19 UTC" pri=3', {
  severity: 'error',
  fields: { id: 'firewall' },
})
check('syslog-rfc3164', 'Nov 20 22:35:19 web-1 krb5kdc[812](Error): preauth failed', {
  severity: 'error',
  host: 'web-1',
  program: 'krb5kdc',
  pid: 812,
  body: 'preauth failed',
})
check('syslog-rfc3164', 'Nov 20 22:35:19 web-1 krb5kdc[812](info): AS_REQ', {
  severity: 'info',
  host: 'web-1',
  program: 'krb5kdc',
  pid: 812,
  body: 'AS_REQ',
})
check('vmware', '2026-11-20T22:35:19.868Z Wa(180) vmkwarning: cpu3:812)WARNING: lost', {
  severity: 'warn',
  program: 'vmkwarning',
  body: 'cpu3:812)WARNING: lost',
})
check(
  'proxy-access',
  '[20/Nov/2026:22:35:19 +0000] - 502 502 - GET https shop.example "/x" [Client 192.0.2.1] [Length 5] [Gzip -] [Sent-to 192.0.2.7] "curl/8" "-"',
  {
    time: '2026-11-20T22:35:19.000Z',
    fields: {
      client: '192.0.2.1',
      method: 'GET',
      path: '/x',
      host: 'shop.example',
      status: 502,
      upstream: '192.0.2.7',
    },
  },
)
check('jvm-gc', '[1795214119868ms][gc] GC(0) Pause Young', {
  time: '2026-11-20T22:35:19.868Z',
  body: 'GC(0) Pause Young',
  fields: { tags: 'gc' },
})
check('jvm-gc', '[1795214119868123456ns][warning][gc] lost', {
  time: '2026-11-20T22:35:19.868Z',
  severity: 'warn',
  body: 'lost',
})
check('jvm-gc', '[32ms][info] Using G1', { time: '1970-01-01T00:00:00.032Z', severity: 'info', body: 'Using G1' })
check('jvm-gc', '[4500000000ns][gc] GC(1)', { time: '1970-01-01T00:00:04.500Z', body: 'GC(1)' })
check('leveled', 'npm ERR! code ELIFECYCLE', { severity: 'error', body: 'npm ERR! code ELIFECYCLE' })
check('leveled', '[WARN  tini (7)] Tini is not running as PID 1', {
  severity: 'warn',
  body: 'Tini is not running as PID 1',
})
check('leveled', '[ERROR Swap]: running with swap on', { severity: 'error', body: 'running with swap on' })
check('syslog-rfc3164', 'Nov 20 22:35:19 web1 sshd[812]: [ID 800047 auth.error] refused', {
  severity: 'error',
  host: 'web1',
  program: 'sshd',
  pid: 812,
  body: 'refused',
})
check('proxy-access', '      INFO   192.0.2.7:52782 - "POST /login HTTP/1.1" 500', {
  severity: 'info',
  fields: { client: '192.0.2.7', method: 'POST', path: '/login', status: 500 },
})

check(
  'kubernetes-describe',
  [
    '    State:          Waiting',
    '      Reason:       CrashLoopBackOff',
    '    Last State:     Terminated',
    '      Reason:       OOMKilled',
    '      Exit Code:    137',
    '      Started:      Fri, 20 Nov 2026 22:20:00 +0000',
    '      Finished:     Fri, 20 Nov 2026 22:21:13 +0000',
    '    Ready:          False',
    '    Restart Count:  7',
  ].join('\n'),
  {
    time: '2026-11-20T22:21:13.000Z',
    program: 'kubernetes',
    fields: {
      state: 'Waiting',
      reason: 'CrashLoopBackOff',
      last_state: 'Terminated',
      last_reason: 'OOMKilled',
      last_exit_code: '137',
      restart_count: '7',
    },
  },
)
check(
  'proxy-access',
  '192.0.2.1,192.0.2.7 | https | o@W0J2EIx1117x2x1 | joe | 2026-11-20 22:35:19,868 | "GET /x HTTP/1.1" | "" "curl/8" | - | 502 | 0 | 0 | - | 53 | xyz | ',
  {
    time: '2026-11-20T22:35:19.868Z',
    fields: { client: '192.0.2.1', method: 'GET', path: '/x', status: 502, duration: 53_000 },
  },
)
check(
  'json-access',
  '{"time":"[20/Nov/2026:22:35:19 +0100]","remoteIP":"192.0.2.7","host":"shop.example","request":"/x","method":"GET","status":"502"}',
  { time: '2026-11-20T21:35:19.000Z', fields: { client: '192.0.2.7', method: 'GET', path: '/x', status: 502 } },
)
test('an address before a bar is no name of a container', () => {
  assert.equal(read('docker-compose', '192.0.2.7 | https | o@W0J2EIx1117x2 | joe | x'), null)
})
check(
  'minio',
  'API: PutObject(bucket=b, object=a/b)\nTime: 22:35:19 UTC 11/20/2026\nDeploymentID: 6f1d\nError: Drive not found (*errors.errorString)\n       2: cmd/x.go:12:cmd.f()',
  {
    time: '2026-11-20T22:35:19.000Z',
    severity: 'error',
    program: 'minio',
    body: 'Error: Drive not found (*errors.errorString)\n       2: cmd/x.go:12:cmd.f()',
    fields: { api: 'PutObject(bucket=b, object=a/b)' },
  },
)
