import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRedactor, redactText } from '../../../src/report/index.ts'
import { rulesOf } from '../../../src/report/redaction/redactor.ts'
import { PLANTED } from './planted.ts'

const key = new Uint8Array(32).fill(7)

/** A token with alg RS256, iat 1735689600 and exp 1767225600, signed with nonsense. */
const JWT = [
  Buffer.from('{"alg":"RS256","typ":"JWT"}').toString('base64url'),
  Buffer.from('{"sub":"alice","iat":1735689600,"exp":1767225600}').toString('base64url'),
  'c2lnbmF0dXJlLW9mLW5vbnNlbnNl',
].join('.')

async function check(text: string, expected: string): Promise<void> {
  assert.equal((await redactText(text, { profile: 'strict', key })).text, expected)
}

async function stays(text: string): Promise<void> {
  await check(text, text)
}

test('a token keeps algorithm, issue and expiry', async () => {
  await check(
    `jwt expired: ${JWT}`,
    'jwt expired: [secret:jwt alg=RS256 iat=2025-01-01T00:00:00Z exp=2026-01-01T00:00:00Z]',
  )
  await check(
    `Authorization: Bearer ${JWT}`,
    'Authorization: Bearer [secret:jwt alg=RS256 iat=2025-01-01T00:00:00Z exp=2026-01-01T00:00:00Z]',
  )
  await check('token eyJhbGciOi.eyJzdWIiO.x', 'token [secret:jwt]')
})

test('passwords by name', async () => {
  await check('password=hunter2 ok', 'password=[secret:password] ok')
  await check('db.password: "hunter 2"', 'db.password: "[secret:password]"')
  await check('{"clientSecret":"s3cr3t","n":1}', '{"clientSecret":"[secret:secret]","n":1}')
  await check('{"msg":"{\\"password\\":\\"hunter2\\"}"}', '{"msg":"{\\"password\\":\\"[secret:password]\\"}"}')
  await check("IDENTIFIED BY 'hunter2'", "IDENTIFIED BY '[secret:password]'")
  await check('Server=db;Pwd=hunter2;Timeout=3', 'Server=db;Pwd=[secret:password];Timeout=3')
  await check('PGPASSWORD=hunter2 psql', 'PGPASSWORD=[secret:password] psql')
  await check('run --password hunter2 -v', 'run --password [secret:password] -v')
  await check('X-Api-Key: 0123456789', 'X-Api-Key: [secret:key]')
  await check('refresh_token=abc.def~1', 'refresh_token=[secret:token]')
  await check('snmp-server community s3cr3t RO', 'snmp-server community [secret:community] RO')
  await check('[password=hunter2]', '[password=[secret:password]]')
})

test('secrets by the place they stand in', async () => {
  await check('mysql -uroot -phunter2 -h db', 'mysql -uroot -p[secret:password] -h db')
  await check('sshpass -p hunter2 ssh x', 'sshpass -p [secret:password] ssh x')
  await check('curl -u admin:hunter2 https://localhost', 'curl -u admin:[secret:password] https://localhost')
  await check('<password>hunter2</password>', '<password>[secret:password]</password>')
  await check('<p name="password" value="hunter2"/>', '<p name="password" value="[secret:password]"/>')
  await check('password%3Dhunter2', 'password%3D[secret:password]')
  await check('密码：hunter2 口令=hunter2', '密码：[secret:secret] 口令=[secret:secret]')
  await check('bindpw hunter2', 'bindpw [secret:password]')
  await check('> AUTH hunter22', '> AUTH [secret:password]')
  await check('the password is hunter22.', 'the password is [secret:password]')
  await check('db.example:5432:shop:app:hunter2', 'db.example:5432:shop:app:[secret:password]')
  await check('x:$6$saltsalt$0123456789abcdef:18000', 'x:[secret:password-hash]:18000')
  await check('password="hun\\"ter2" ok', 'password="[secret:password]" ok')
  await check("password='hun''ter2' ok", "password='[secret:password]' ok")
  await check('[password] => hunter2', '[password] => [secret:password]')
  await check('client-key-data: TFMwdExTMUNSVWRKVGlC', 'client-key-data: [secret:key]')
  await check('Bearer abcdefghijklmnopqrstuvwxyz', 'Bearer [secret:token]')
})

test('what only speaks of secrets stays', async () => {
  await stays('FATAL: password authentication failed')
  await stays('invalid token: expired')
  await stays('token_type=x expires_in=3600 max_tokens=512 token_ttl=300')
  await stays('password: null, token: undefined')
  await stays('bypass=true compass: north author: someone')
  await stays('bearer credentials missing')
  await stays('the password is incorrect; password is required')
  await stays('密码错误 密码: 错误')
  await stays('AUTH failed; PASS test/a1.test.js; AUTH LOGIN')
  await stays('mysql -h db -P 3306; chown -u app x; <token> expected; cost $12.50 of $100')
})

test('credentials in addresses, headers and queries', async () => {
  await check('postgres://app:p@ss@192.0.2.4/x', 'postgres://app:[secret:password]@192.0.2.4/x')
  await check('app:hunter2@tcp(192.0.2.4:3306)/x', 'app:[secret:password]@tcp(192.0.2.4:3306)/x')
  await check('Authorization: Basic YWxpY2U6aHVudGVyMg==', 'Authorization: Basic [secret:authorization]')
  await check('Cookie: sid=abc; theme=dark', 'Cookie: [secret:cookie]')
  await check('GET /cb?code=4/abc&page=2 503', 'GET /cb?code=[removed]&page=2 503')
  await check('GET /u?name=bob&limit=5', 'GET /u?name=[removed]&limit=5')
})

test('keys and tokens of vendors', async () => {
  await check(`-----BEGIN RSA PRIVATE KEY-----\nMIIabc\n-----END RSA PRIVATE KEY----- x`, '[secret:private-key] x')
  await check('cut: -----BEGIN PRIVATE KEY-----\nMIIabc', 'cut: [secret:private-key]')
  await check(`id AKIA${'Q7RW3ZLMK5TNY2XJ'} x`, 'id [secret:api-key] x')
  await check(`with ghp_${'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'}`, 'with [secret:api-key]')
})

test('addresses: public ones get names with equal prefixes, others stay', async () => {
  await stays(
    '10.1.2.3 192.168.0.9 172.16.4.4 127.0.0.1 169.254.1.1 192.0.2.40 203.0.113.7 fe80::1 ::1 2001:db8::1 fd00::1',
  )
  await stays('at 10:00:03 version 1.2.3 build 120.0.6099.109')
  const { text } = await redactText('8.8.8.8 8.8.8.9 8.8.4.4 9.9.9.9 8.8.8.8', { profile: 'strict', key })
  const [a = '', b = '', c = '', d = '', again] = text.split(' ')
  const prefix = (address: string, count: number) => address.split('.').slice(0, count).join('.')
  assert.match(text, /^(?:2[45]\d\.\d+\.\d+\.\d+ ?){5}$/)
  assert.equal(prefix(a, 3), prefix(b, 3))
  assert.equal(prefix(a, 2), prefix(c, 2))
  assert.notEqual(prefix(a, 3), prefix(c, 3))
  assert.notEqual(prefix(a, 2), prefix(d, 2))
  assert.notEqual(a, b)
  assert.equal(a, again)
  const six = (await redactText('2400:cb00:1::1 2400:cb00:1::2', { profile: 'strict', key })).text.split(' ')
  assert.match(six.join(' '), /^2001:db8:[0-9a-f]{4}:[0-9a-f]{4}:\S+ 2001:db8:/)
  assert.equal(six[0]?.slice(0, 19), six[1]?.slice(0, 19))
  assert.notEqual(six[0], six[1])
})

test('all 256 addresses of a network stay apart', () => {
  const redactor = createRedactor({ profile: 'strict', key })
  const names = new Set(Array.from({ length: 256 }, (_, at) => redactor.redact(`8.8.8.${at}`)))
  assert.equal(names.size, 256)
})

async function becomes(text: string, pattern: RegExp): Promise<void> {
  assert.match((await redactText(text, { profile: 'strict', key })).text, pattern)
}

test('people and numbers get names', async () => {
  await becomes('to alice@corp.cn', /^to user-[0-9a-f]{8}@mail-[0-9a-f]{8}$/)
  await becomes('call +8613912345678 now', /^call phone-[0-9a-f]{8} now$/)
  await becomes('tel 13912345678', /^tel phone-[0-9a-f]{8}$/)
  await becomes('id 11010519491231002X', /^id id-[0-9a-f]{8}$/)
  await becomes('card 4111 1111 1111 1111', /^card card-[0-9a-f]{8}$/)
  await becomes(
    'Failed password for invalid user alice from',
    /^Failed password for invalid user user-[0-9a-f]{8} from$/,
  )
  await becomes('/home/alice/app', /^\/home\/user-[0-9a-f]{8}\/app$/)
  await becomes('ssn 123-45-6789', /^ssn id-[0-9a-f]{8}$/)
  await becomes('iban DE89 3704 0044 0532 0130 00', /^iban account-[0-9a-f]{8}$/)
  await becomes('call (415) 555-2671', /^call phone-[0-9a-f]{8}$/)
  await becomes('user alice logged in', /^user user-[0-9a-f]{8} logged in$/)
  await becomes('uid=1001(alice)', /^uid=1001\(user-[0-9a-f]{8}\)$/)
  await becomes('user=alice', /^user=user-[0-9a-f]{8}$/)
  await becomes('eth0 00:1a:2b:3c:4d:5e up', /^eth0 00:1a:2b(?::[0-9a-f]{2}){3} up$/)
  await stays('user=postgres seq 3155820011 at 1740823205117000 size 1234567890123')
})

test('hosts keep their suffix in common', async () => {
  const { text } = await redactText('db-1.prod.corp.cn web.prod.corp.cn api.corp.cn', { profile: 'strict', key })
  const [db = '', web = '', api = ''] = text.split(' ')
  assert.match(db, /^host-[0-9a-f]{8}\.zone-[0-9a-f]{8}\.zone-[0-9a-f]{8}$/)
  assert.equal(db.split('.').slice(1).join('.'), web.split('.').slice(1).join('.'))
  assert.equal(api.split('.')[1], db.split('.')[2])
  await becomes('_ldap._tcp.corp.cn', /^host-[0-9a-f]{8}\.zone-[0-9a-f]{8}\.zone-[0-9a-f]{8}$/)
  await stays(
    'error.log register.log.1 java.net.ConnectException app.js:12 node:net connection-manager.js localhost https://github.com/x',
  )
})

test('a machine that syslog names is renamed where it stands alone', async () => {
  await becomes(
    'Mar  1 18:00:01 db-gw nft[811]: lost db-gw, not db-gw2',
    /^Mar {2}1 18:00:01 (host-[0-9a-f]{8}) nft\[811\]: lost \1, not db-gw2$/,
  )
})

test('request ids stay', () =>
  stays('request_id=req-7f19c2 trace 4bf92f3577b34da6a3ce929d0e0e4736 1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed'))

test('the internal profile takes secrets only, none takes nothing', async () => {
  const text = 'alice@corp.cn password=hunter2 8.8.8.8'
  assert.equal(
    (await redactText(text, { profile: 'internal', key })).text,
    'alice@corp.cn password=[secret:password] 8.8.8.8',
  )
  assert.equal((await redactText(text, { profile: 'none', key })).text, text)
})

test('another key gives other names', async () => {
  const other = new Uint8Array(32).fill(8)
  const [a, b] = await Promise.all(
    [key, other].map((one) => redactText('8.8.8.8 a@b.cn', { profile: 'strict', key: one })),
  )
  assert.notEqual(a?.text, b?.text)
})

test('what is redacted stays as it is when redacted again', async () => {
  const text = `password=hunter2 ${JWT} a@b.cn 8.8.8.8 2400:cb00::1 db.corp.cn 13912345678 ?q=1 postgres://u:p@x/ Cookie: a=b`
  const once = (await redactText(text, { profile: 'strict', key })).text
  await stays(once)
})

test('counts are by class', async () => {
  const { counts } = await redactText('password=a1 pwd=b2 8.8.8.8', { profile: 'strict', key })
  assert.deepEqual(counts, { 'named-secret': 2, 'public-ip': 1 })
})

test('a short key is refused', () => {
  assert.throws(() => createRedactor({ profile: 'strict', key: new Uint8Array(4) }), { code: 'redaction-key' })
})

test('nothing planted survives in a line of its own, and a second pass finds nothing more', async () => {
  for (const [line, secret] of PLANTED) {
    const { text } = await redactText(line, { profile: 'strict', key })
    assert.ok(!text.includes(secret), `${secret} survives in ${text}`)
    await check(text, text)
  }
})

test('a JSON line stays one', async () => {
  const lines = PLANTED.map(([line]) => JSON.stringify({ message: line, cookie: ['a=planted'], cookies: { a: 'b' } }))
  for (const line of lines) JSON.parse((await redactText(line, { profile: 'strict', key })).text)
})

test('words of programs and of their makers are no machines', async () => {
  await stays('app-1.2.jar my-app.service a-b.tar.gz web-ui.war.deployed vimc-sensor.0.auto (server-main.ts:12)')
  await stays('upstream prematurely closed; server error.log; connect to the peer; proxy: GDBus.Error; host: localhost')
  await stays('could not find user-agent: x; the server could not find the requested resource; lookup failed')
  await stays('queryA ENOTFOUND code=ENOTFOUND req_id=b679d237 status=500')
  await stays('http://localhost:8080/x http://127.0.0.1/x https://192.0.2.4/x unix:///run/x.sock file:///etc/x')
  await stays('systemd: Started user@1000.service; root@localhost; npm lodash@4.17.21; community edition 7')
  await stays("issuer: C=US, O=Let's Encrypt, CN=R3; UID=48, GID=48; O=3; CN=localhost")
  await stays('Authorization: missing; Authorization header required; Cookie: - ; cookies: enabled; key 0 value')
  await stays('"Cookie":"-" community string mismatch; SNMP community is not set; trap: the community of users')
})

test('what a rule needs stands wherever it matches', () => {
  const asking = rulesOf('strict').filter(({ needs }) => needs !== undefined)
  assert.ok(asking.length > 0)
  for (const { name, pattern, needs = [] } of asking)
    for (const [line] of PLANTED) {
      const isFound = line.matchAll(pattern).next().done !== true
      assert.ok(!isFound || needs.some((part) => line.includes(part)), `${name}: ${line}`)
    }
})
