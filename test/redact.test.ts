// Redacted copies of bundles: what must be gone, what must stay, and captures that other programs still read.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { gunzipSync, gzipSync } from 'node:zlib'
import { buildJournal } from './logs/journal/journal-builder.ts'
import { pcap, tcp, udp } from './packets/build.ts'
import { PLANTED as EVERYWHERE } from './report/redaction/planted.ts'
import { faultline, scratch } from './run.ts'

const FIXTURES = fileURLToPath(new URL('../fixtures/', import.meta.url))

/** Lines of a log, and what of them must not survive. */
const PLANTED: readonly (readonly [string, string])[] = [
  ...EVERYWHERE.filter(([line]) => !line.includes('\n')),
  ['Authorization: Basic cGxhbnRlZDpiYXNpYw==', 'cGxhbnRlZDpiYXNpYw'],
  ['db password="planted pass word"', 'planted pass'],
  ['{"user":"x","client_secret":"plantedClientSecret1"}', 'plantedClientSecret1'],
  ['postgres://svc:plantedUrlPw3@db.internal/x', 'plantedUrlPw3'],
  ['Set-Cookie: sid=plantedCookie44; Path=/', 'plantedCookie44'],
  [`key AKIA${'Q7RW3ZLMK5TNY2XJ'}`, 'Q7RW3ZLMK5TNY2XJ'],
  ['mail planted.person@corp.cn', 'planted.person'],
  ['phone +86 13912345678', '13912345678'],
  ['host db-planted.prod.corp.cn', 'db-planted'],
  ['client 8.8.4.4 port 1', '8.8.4.4'],
  ['client 2400:cb00:77::9', '2400:cb00:77'],
  ['mac 00:1a:2b:3c:4d:5e', '3c:4d:5e'],
]
const KEY_BODY = Array.from({ length: 30 }, (_, at) => `plantedPem${at}`.padEnd(64, 'A')).join('\n')
const PEM = `-----BEGIN PRIVATE KEY-----\n${KEY_BODY}\n-----END PRIVATE KEY-----\n`

async function redacted(context: TestContext, files: Readonly<Record<string, string | Uint8Array>>) {
  const home = scratch(context)
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(home, 'bundle', name, '..'), { recursive: true })
    writeFileSync(join(home, 'bundle', name), content)
  }
  const run = await faultline(['redact', 'bundle', '-o', 'out.tar.gz'], { cwd: home })
  const tar = existsSync(join(home, 'out.tar.gz')) ? gunzipSync(readFileSync(join(home, 'out.tar.gz'))) : null
  return { ...run, home, tar, text: tar?.toString('latin1') ?? '' }
}

/** Content of a member by its name. */
function member(tar: Buffer | null, name: string): Buffer {
  for (let at = 0; tar !== null && at + 512 <= tar.length; ) {
    const size = Number.parseInt(tar.toString('latin1', at + 124, at + 135), 8) || 0
    if (tar.toString('latin1', at, at + 100).replace(/\0.*$/, '') === name)
      return tar.subarray(at + 512, at + 512 + size)
    at += 512 + Math.ceil(size / 512) * 512
  }
  assert.fail(`there is no member ${name}`)
}

test('no planted value survives, in whatever member it stands', async (context) => {
  const lines = PLANTED.map(([line]) => `2025-03-01 10:00:00,000 INFO [7] app - ${line}\n`).join('')
  const { code, text, stderr, tar } = await redacted(context, {
    'app.log': lines,
    'old/app.log.1.gz': gzipSync(lines),
    'wide.log': Buffer.from(`\ufeff${lines}`, 'utf16le'),
    'c.pcap': pcap([
      { time: 1_700_000_000_000_000, data: tcp({ sport: 4660, dport: 80, flags: 'PA', seq: 1, data: lines }) },
    ]),
  })
  assert.equal(code, 0, stderr)
  for (const [, value] of PLANTED) assert.ok(!text.includes(value), `${value} survived`)
  assert.equal(member(tar, 'bundle/app.log').toString().split('\n').length, PLANTED.length + 1)
  assert.deepEqual(member(tar, 'bundle/old/app.log.1'), member(tar, 'bundle/app.log'))
})

test('a private key is removed wherever the blocks of reading end', async (context) => {
  const filler = 'x'.repeat(1023)
  const files = Array.from({ length: 6 }, (_, at): [string, string] => {
    const before = [...Array.from({ length: 254 }, () => filler), 'y'.repeat(300 * at)].join('\n')
    return [`${at}.log`, `${before}\n${PEM}after the key\n`]
  })
  const { text, tar } = await redacted(context, Object.fromEntries(files))
  assert.doesNotMatch(text, /plantedPem/)
  for (const [name] of files)
    assert.match(member(tar, `bundle/${name}`).toString(), /\[secret:private-key\]\nafter the key\n$/)
})

test('binary fields of a journal export are redacted, and their lengths follow', async (context) => {
  const value = Buffer.from('first line\npassword=plantedField9 für 8.8.4.4\nlast line')
  const length = Buffer.alloc(8)
  length.writeUInt32LE(value.length)
  const head = Buffer.from('__REALTIME_TIMESTAMP=1795214762694290\n_HOSTNAME=reg-09\nPRIORITY=3\nMESSAGE\n')
  const entry = Buffer.concat([head, length, value, Buffer.from('\n_PID=7\n\n')])
  const { home, tar, text } = await redacted(context, { 'j.export': Buffer.concat([entry, entry]) })
  assert.doesNotMatch(text, /plantedField9|8\.8\.4\.4/)
  writeFileSync(join(home, 'j.export'), member(tar, 'bundle/j.export'))
  const { stdout } = await faultline(['parse', 'j.export'], { cwd: home })
  const bodies = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).body)
  assert.equal(bodies.length, 2)
  for (const body of bodies)
    assert.match(body, /^first line\npassword=\[secret:password\] für 2\d\d\.[\d.]+\nlast line$/)
})

test('a journal file becomes an export without its secrets', async (context) => {
  const entry = (realtime: number, message: string) => ({
    realtime,
    fields: [`MESSAGE=${message}`, '_HOSTNAME=reg-09', 'SYSLOG_IDENTIFIER=register', 'PRIORITY=3'],
  })
  const entries = [
    entry(1_795_214_762_694_290, 'login of planted.person@corp.cn from 8.8.4.4'),
    entry(1_795_214_763_694_290, 'trace\npassword=plantedJournal1 on reg-09'),
  ]
  const journal = buildJournal(entries, { compact: true, pack: 'zstd' })
  const { home, tar, text, stderr } = await redacted(context, { 'system.journal': journal })
  assert.match(stderr, /system\.journal: is written as/)
  assert.doesNotMatch(text, /plantedJournal1|planted\.person|8\.8\.4\.4|reg-09/)
  writeFileSync(join(home, 'j.export'), member(tar, 'bundle/system.export'))
  const { stdout } = await faultline(['parse', 'j.export'], { cwd: home })
  const records = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  assert.deepEqual(
    records.map(({ time }) => time),
    ['2026-11-20T22:46:02.694290Z', '2026-11-20T22:46:03.694290Z'],
  )
  assert.match(records[1].body, /^trace\npassword=\[secret:password\] on host-[0-9a-f]{8}$/)
})

test('machines that fields name are renamed wherever they stand', async (context) => {
  const { tar } = await redacted(context, {
    'a.log': '{"level":50,"hostname":"reg-03","msg":"x"}\n',
    'b.log': '2025-03-01 10:00:00,000 INFO [7] app - talked to reg-03, not to reg-030\n',
  })
  const [, name] = /"hostname":"(host-[0-9a-f]{8})"/.exec(member(tar, 'bundle/a.log').toString()) ?? []
  assert.ok(member(tar, 'bundle/b.log').toString().endsWith(`talked to ${name}, not to reg-030\n`))
})

test('names of members hide hosts; what is not understood is left out and said', async (context) => {
  const { stderr, text, tar } = await redacted(context, {
    'db-1.prod.corp.cn.log': 'started\n',
    'core.bin': Buffer.from('7f454c4602010100000000000000000002003e0001000000', 'hex'),
  })
  assert.match(stderr, /bundle\/core\.bin: is left out/)
  assert.doesNotMatch(text, /corp\.cn|core\.bin/)
  assert.match(text, /bundle\/host-[0-9a-f]{8}\.zone-[0-9a-f]{8}\.zone-[0-9a-f]{8}\.log/)
  assert.ok(tar !== null)
})

test('addresses have the same names in text and packets, and private ones stay', async (context) => {
  const packets = [
    udp(5000, 53, 'planted payload', { from: '10.0.0.1', to: '8.8.4.4' }),
    tcp({ sport: 4660, dport: 80, flags: 'S', seq: 1, from: '10.0.0.1', to: '8.8.4.4' }),
  ].map((data, at) => ({ time: 1_700_000_000_000_000 + at, data }))
  const { tar } = await redacted(context, { 'a.log': 'to 8.8.4.4\n', 'c.pcap': pcap(packets) })
  const name = member(tar, 'bundle/a.log').toString().slice(3, -1)
  const capture = member(tar, 'bundle/c.pcap')
  const [udpAt, tcpAt] = [24 + 16, 24 + 16 + 28 + 16]
  for (const at of [udpAt, tcpAt]) {
    assert.equal([...capture.subarray(at + 12, at + 16)].join('.'), '10.0.0.1')
    assert.equal([...capture.subarray(at + 16, at + 20)].join('.'), name)
  }
  assert.equal(capture.readUInt32LE(24 + 8), 28)
  assert.equal(capture.readUInt32LE(24 + 12), 28 + 'planted payload'.length)
  assert.equal(capture.length, 24 + 16 + 28 + 16 + 40)
})

test('the redacted fixtures have the same root causes, and tshark finds no wrong checksum', async (context) => {
  const hasTshark = existsSync('/usr/bin/tshark')
  if (!hasTshark) context.diagnostic('tshark is not there: checksums are not compared')
  for (const name of ['filtered-database', 'killed-for-memory', 'missing-name']) {
    const home = scratch(context)
    const out = join(home, 'out.tar.gz')
    await faultline(['redact', join(FIXTURES, `${name}.tar.gz`), '-o', out, '--store', join(home, 'f.db')])
    const { stdout } = await faultline(['analyze', out, '--json', '--store', join(home, 'f.db')])
    const expected = JSON.parse(readFileSync(join(FIXTURES, `${name}.expected.json`), 'utf8'))
    assert.deepEqual(JSON.parse(stdout).verdict.root_causes, expected.root_causes, name)
    if (hasTshark) assert.equal(wrongChecksums(home), '', name)
    assert.deepEqual(
      readdirSync(home).filter((one) => one.startsWith('.')),
      [],
    )
  }
})

function wrongChecksums(home: string): string {
  execFileSync('tar', ['xzf', 'out.tar.gz'], { cwd: home })
  const [capture = ''] = readdirSync(home, { recursive: true, encoding: 'utf8' }).filter((one) => /\.pcap/.test(one))
  const checks = ['ip', 'tcp', 'udp'].flatMap((name) => ['-o', `${name}.check_checksum:TRUE`])
  const wrong = ['ip', 'tcp', 'udp', 'icmp'].map((name) => `${name}.checksum.status==0`).join('||')
  const args = ['-n', '-r', join(home, capture), ...checks, '-Y', `${wrong}||tcp.payload`]
  return execFileSync('tshark', args, { stdio: ['ignore', 'pipe', 'ignore'] }).toString()
}

test('wrong use writes nothing', async (context) => {
  const home = scratch(context)
  writeFileSync(join(home, 'a.log'), 'hello\n')
  const check = async (args: readonly string[], said: RegExp) => {
    const { code, stderr } = await faultline(['redact', ...args], { cwd: home })
    assert.equal(code, 2, stderr)
    assert.match(stderr, said)
  }
  await check(['a.log'], /--output/)
  await check(['a.log', '-o', './a.log'], /the bundle itself/)
  await check(['-', '-o', 'o.tar.gz'], /stdin/)
  await check(['absent.log', '-o', 'o.tar.gz'], /absent\.log/)
  await check(['a.log', '-o', 'no/such/folder.tar.gz'], /Cannot write/)
  assert.equal(readFileSync(join(home, 'a.log'), 'utf8'), 'hello\n')
})

test('of an HTTP archive stays how requests went, and machines have the same names as in logs', async (context) => {
  const entry = {
    request: {
      method: 'GET',
      url: 'https://api-7.planted.corp.cn/v1/me?token=plantedQuery1',
      headers: [
        { name: 'cookie', value: 'sid=plantedCookie2' },
        { name: ':authority', value: 'api-7.planted.corp.cn' },
      ],
      postData: { mimeType: 'application/json', text: '{"prompt":"plantedPrompt3"}' },
    },
    response: {
      status: 503,
      headers: [
        { name: 'set-cookie', value: 'sid=plantedCookie4' },
        { name: 'x-request-id', value: '0b05b5d9-3795-446d-a5be-b2443943fed9' },
      ],
      content: { mimeType: 'application/json', text: '{"message":"plantedAnswer5"}' },
    },
    serverIPAddress: '8.8.4.4',
    startedDateTime: '2026-11-20T10:00:00.000Z',
    time: 12,
  }
  const document = { log: { version: '1.2', creator: { name: 'planted.person@corp.cn' }, entries: [entry] } }
  const { code, text, tar } = await redacted(context, {
    'customer.har': JSON.stringify(document),
    'app.log': '2026-11-20T10:00:00Z ERROR lost connection to api-7.planted.corp.cn\n',
  })
  assert.equal(code, 0)
  assert.doesNotMatch(text, /planted|8\.8\.4\.4/i)
  const { log } = JSON.parse(member(tar, 'bundle/customer.har').toString())
  const { request, response } = log.entries[0]
  const host = new URL(request.url).hostname
  assert.equal(request.headers[1].value, host)
  assert.ok(member(tar, 'bundle/app.log').toString().includes(host))
  assert.deepEqual([response.status, response.headers[1].value], [503, '0b05b5d9-3795-446d-a5be-b2443943fed9'])
})
