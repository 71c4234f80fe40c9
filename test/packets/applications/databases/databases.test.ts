import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Application } from '../../../../src/packets/application.ts'
import { amqp } from '../../../../src/packets/applications/databases/amqp.ts'
import { memcached } from '../../../../src/packets/applications/databases/memcached.ts'
import { mqtt } from '../../../../src/packets/applications/databases/mqtt.ts'
import { mysqlOver } from '../../../../src/packets/applications/databases/mysql.ts'
import { postgresqlOver } from '../../../../src/packets/applications/databases/postgresql.ts'
import { redis } from '../../../../src/packets/applications/databases/redis.ts'
import { APPLICATIONS } from '../../../../src/packets/applications/index.ts'
import { tls } from '../../../../src/packets/applications/tls/tls.ts'
import { client, hex, play, recognised, type Step, server, summary } from '../play.ts'

const postgresql = postgresqlOver(tls)
const mysql = mysqlOver(tls)

/** The errors as `code message`; the answers of the server are also cut at every place. */
function check(application: Application, steps: readonly Step[], expected: readonly string[]): void {
  const errors = (played: readonly Step[]) =>
    summary(play(application, played), 'code', 'message').map((fact) => `${fact.code} ${fact.message}`)
  assert.deepEqual(errors(steps), expected)
  const last = steps.length - 1
  const said = steps[last].data ?? ''
  const data = typeof said === 'string' ? Buffer.from(said, 'latin1') : said
  for (let at = 1; at < data.length; at++) {
    const halves = [data.subarray(0, at), data.subarray(at)].map((half) => ({ ...steps[last], data: half }))
    assert.deepEqual(errors([...steps.slice(0, last), ...halves]), expected, `cut at ${at}`)
    play(application, [...steps.slice(0, last), { ...steps[last], data: data.subarray(0, at) }])
  }
}

const startup = hex('00000022 00030000 7573657200 616c69636500 646174616261736500 73686f7000 00')
const pgError = (fields: string) => {
  const body = Buffer.from(`${fields.replaceAll('|', '\0')}\0\0`, 'latin1')
  return Buffer.concat([hex(`45${(body.length + 4).toString(16).padStart(8, '0')}`), body])
}
const pgReady = hex('5a 00000005 49')

test('PostgreSQL: error responses among other messages', () => {
  const error = pgError('SFATAL|VFATAL|C53300|Msorry, too many clients already|Fproc.c|L353')
  check(postgresql, [client(startup), server(error)], ['53300 sorry, too many clients already'])
  const data = Buffer.from(Buffer.concat([hex('54 00000006 0000'), pgError('SERROR|C42P01|Mno table'), pgReady]))
  check(postgresql, [client('Q\0\0\0\x0dSELECT 1\0'), server(data)], ['42P01 no table'])
  const facts = play(postgresql, [server(error)], { ends: { port: 5433 } }).facts
  assert.equal(
    facts[0].excerpt,
    'postgresql error 53300 from 198.51.100.2:5433 to 192.0.2.1: sorry, too many clients already',
  )
  assert.deepEqual(facts[0].fields.severity, 'FATAL')
})

test('PostgreSQL: a server that cannot start a session answers in text', () =>
  check(
    postgresql,
    [client(startup), server('EFATAL:  sorry, too many clients already\n\0')],
    [' FATAL:  sorry, too many clients already'],
  ))

test('PostgreSQL: TLS after it was asked for', () => {
  const request = client(hex('00000008 04d2162f'))
  const hello = client(hex(`16 0301 0031 01 00002d 0303 ${'00'.repeat(32)} 00 0002 002f 0100 0002 0000`))
  const kinds = (steps: Step[]) => summary(play(postgresql, steps))
  assert.deepEqual(kinds([request, server('S'), hello]), [{ kind: 'tls.hello' }])
  assert.deepEqual(kinds([request, server('N'), server(pgError('SFATAL|C28000|Mno encryption'))]), [
    { kind: 'db.error' },
  ])
})

const GREETING = hex('0f000000 0a 382e302e3336 00 01000000 31323300').subarray(0, 19)

test('MySQL: error packets in the greeting and after it', () => {
  check(
    mysql,
    [server(`${hex('17000000 ff 1004').toString('latin1')}Too many connections`)],
    ['1040 Too many connections'],
  )
  const text = "#28000Access denied for user 'a'"
  const denied = Buffer.concat([hex('23000002 ff 1504'), Buffer.from(text)])
  check(
    mysql,
    [server(GREETING), client(hex('0300000100000003').subarray(0, 7)), server(denied)],
    ["1045 Access denied for user 'a'"],
  )
})

test('MySQL: rows are no errors, compressed packets are not looked into', () => {
  check(mysql, [server(hex('01000001 02  05000002 fe00000200'))], [])
  const login = client(hex('20000001 28a20000 00000001').toString('latin1').padEnd(36, '\0'))
  check(mysql, [server(GREETING), login, server(hex('09000002 ff 1504 233238303030'))], [])
})

test('Redis: errors, not what looks like one inside a value', () => {
  check(redis, [server('-ERR max number of clients reached\r\n')], ['ERR max number of clients reached'])
  check(redis, [server('+OK\r\n$12\r\n-ERR foo\r\nx\r\n\r\n-OOM command not allowed\r\n')], ['OOM command not allowed'])
  check(redis, [server('*2\r\n:1\r\n-MOVED 3999 192.0.2.1:6381\r\n')], ['MOVED 3999 192.0.2.1:6381'])
  check(redis, [server('!21\r\nSYNTAX invalid syntax\r\n')], ['SYNTAX invalid syntax'])
})

test('memcached: error lines, not what looks like one inside a value', () => {
  check(
    memcached,
    [server('VALUE k 0 14\r\nSERVER_ERROR x\r\nEND\r\nSERVER_ERROR out of memory storing object\r\n')],
    ['SERVER_ERROR out of memory storing object'],
  )
  check(memcached, [server('ERROR\r\n')], ['ERROR '])
  const binary = hex('81 01 0000 00 00 0082 0000000d 00000001 0000000000000000')
  check(memcached, [server(`${binary.toString('latin1')}Out of memory`)], ['130 Out of memory'])
})

test('AMQP 0-9-1: a closed connection, a closed channel, an alarm', () => {
  const method = (payload: string) => {
    const body = hex(payload)
    return Buffer.concat([hex(`01 0000 ${body.length.toString(16).padStart(8, '0')}`), body, hex('ce')])
  }
  const open = client('AMQP\0\0\x09\x01')
  check(amqp, [open, server(method('000a0032 0140 0c 434f4e4e5f464f52434544 21 0000 0000'))], ['320 CONN_FORCED!'])
  check(amqp, [open, server(method('00140028 0194 09 4e4f545f464f554e44 0000 0000'))], ['404 NOT_FOUND'])
  check(amqp, [open, server(method('000a003c 03 6c6f77'))], ['connection.blocked low'])
  check(amqp, [open, server(method('000a0032 00c8 03 627965 0000 0000'))], [])
})

test('AMQP 1.0: the condition of a close', () => {
  const body = hex('02000000 00 53 18 c0 26 01 00 53 1d c0 20 02 a3 12').toString('latin1')
  const frame = `${body}amqp:unauthorized-\xa1\x04nope`.replace('-', '!')
  const size = String.fromCharCode(frame.length + 4)
  check(amqp, [client('AMQP\0\x01\0\0'), server(`\0\0\0${size}${frame}`)], ['amqp:unauthorized! nope'])
})

test('MQTT: refused connections, ended sessions, refused subscriptions', () => {
  check(mqtt, [server(hex('20 02 00 05'))], ['5 not authorized'])
  check(mqtt, [server(hex('20 02 01 00 30 03 000161 e0 01 89'))], ['137 server busy'])
  check(mqtt, [server(hex('90 03 0001 80'))], ['128 unspecified error'])
  check(mqtt, [server(hex('90 03 0001 01'))], [])
})

test('each protocol is told by its first words, whatever the port', () => {
  const cases: readonly [Step, string | null][] = [
    [client(startup), 'postgresql'],
    [client(hex('00000008 04d2162f')), 'postgresql'],
    [server(pgError('SFATAL|C53300|Mx')), 'postgresql'],
    [server(GREETING), 'mysql'],
    [server(`${hex('17000000 ff 1004').toString('latin1')}Too many connections`), 'mysql'],
    [client('*1\r\n$4\r\nPING\r\n'), 'redis'],
    [server('-ERR max number of clients reached\r\n'), 'redis'],
    [client('set k 0 0 5\r\nhello\r\n'), 'memcached'],
    [client('AMQP\0\0\x09\x01'), 'amqp'],
    [client(hex('10 0c 0004 4d515454 04 02 003c 0000')), 'mqtt'],
    [server('220 mx.example ESMTP\r\n'), 'smtp'],
    [server('* OK IMAP4 ready\r\n'), 'imap'],
    [server('+OK POP3 ready\r\n'), 'pop3'],
    [server('220 FTP server\r\n'), 'ftp'],
    [client('GET / HTTP/1.1\r\n\r\n'), 'http'],
    [server('SSH-2.0-OpenSSH_9.6\r\n'), null],
    [client(''), null],
    [client(hex('00')), null],
  ]
  for (const [step, expected] of cases) assert.equal(recognised(APPLICATIONS, step, { port: 4711 }), expected)
})
