// The command line from outside: what goes to which stream, exit codes, damaged input, equal output for equal bundles.
import assert from 'node:assert/strict'
import { copyFileSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { faultline, scratch } from './run.ts'

const FIXTURES = fileURLToPath(new URL('../fixtures/', import.meta.url))
const BUNDLE = join(FIXTURES, 'healthy-words.tar.gz')
const REFUSED = Array.from(
  { length: 8 },
  (_, at) => `2025-03-01 10:00:0${at},000 ERROR [7] app - call failed: connect ECONNREFUSED 192.0.2.7:8080`,
).join('\n')

async function analyse(context: TestContext, args: readonly string[]) {
  const store = join(scratch(context), 'store.db')
  const run = await faultline(['analyze', ...args, '--json', '--store', store])
  return { ...run, store, result: run.stdout === '' ? null : JSON.parse(run.stdout) }
}

function folder(context: TestContext, files: Readonly<Record<string, string | Uint8Array>>): string {
  const home = scratch(context)
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(home, name, '..'), { recursive: true })
    writeFileSync(join(home, name), content)
  }
  return home
}

test('a path without a verb is analysed, and the summary goes to stdout', async (context) => {
  const home = folder(context, { 'app.log': `${REFUSED}\n` })
  const { stdout, code } = await faultline([join(home, 'app.log')], { cwd: home })
  assert.equal(code, 0)
  assert.match(stdout, /network\.refused/)
  assert.match(stdout, /app\.log:1/)
  assert.equal(statSync(join(home, 'faultline.db')).mode & 0o777, 0o600)
})

test('wrong use ends with 2 and says why', async (context) => {
  const home = folder(context, { 'bad.fault': 'signal x frm log\n', 'app.log': 'hello\n' })
  const check = async (args: readonly string[], said: RegExp) => {
    const { code, stderr, stdout } = await faultline(args, { cwd: home })
    assert.equal(code, 2, `${args.join(' ')}: ${stderr}`)
    assert.match(stderr, said)
    assert.equal(stdout, '')
  }
  await check(['analyze', 'absent.log'], /absent\.log/)
  await check(['analyze', 'app.log', '--frmat', 'json'], /unknown option '--frmat'/)
  await check(['analyze', 'app.log', '--grammar', 'bad.fault'], /bad\.fault:1:10/)
  await check(['query', 'select 1', '--store', 'absent.db'], /absent\.db/)
  await check(['explain', 'network.filtred'], /network\.filtred/)
  await check(['report', '--format', 'pdf', '--store', 'absent.db'], /pdf/)
})

test('help and version end with 0', async () => {
  assert.equal((await faultline(['--help'])).code, 0)
  assert.match(
    (await faultline(['--version'])).stdout,
    /^\d+\.\d+\.\d+\nNode\.js \d+\.\S+\nSQLite 3\.\S+\nrules shipped [0-9a-f]{8}\n$/,
  )
})

test('a gate that is met ends with 3, input that could not be read with 4', async (context) => {
  const home = folder(context, { 'app.log': `${REFUSED}\n`, 'cut.log.gz': gzipSync(REFUSED).subarray(0, 90) })
  const run = async (args: readonly string[]) => (await analyse(context, args)).code
  assert.equal(await run([join(home, 'app.log')]), 0)
  assert.equal(await run([join(home, 'app.log'), '--fail-on', 'network.refused']), 3)
  assert.equal(await run([join(home, 'app.log'), '--fail-on', 'tls.protocol']), 0)
  assert.equal(await run([join(home, 'cut.log.gz')]), 4)
  assert.equal(await run([join(home, 'cut.log.gz'), '--allow-partial']), 0)
})

test('damage is told per source, and everything else is analysed', async (context) => {
  const header = Buffer.from('d4c3b2a1020004000000000000000000ffff000001000000', 'hex')
  const record = Buffer.concat([
    Buffer.from('0000005e00000000', 'hex'),
    Buffer.from('0e0000000e000000', 'hex'),
    Buffer.alloc(14),
  ])
  const lying = Buffer.concat([
    Buffer.from('0000005e00000000', 'hex'),
    Buffer.from('ffffff7fffffff7f', 'hex'),
    Buffer.alloc(50),
  ])
  const home = folder(context, {
    'app.log': `${REFUSED}\n`,
    'cut.pcap': Buffer.concat([header, record, record.subarray(0, 20)]),
    'lying.pcap': Buffer.concat([header, record, lying]),
    'cut.log.gz': gzipSync(`${REFUSED}\n`.repeat(50)).subarray(0, 120),
    'program.bin': Buffer.from('7f454c4602010100000000000000000002003e0001000000', 'hex'),
    'empty.log': '',
    'long.log': `2025-03-01 10:00:00,000 INFO [7] app - ${'x'.repeat(5_000_000)}\n`,
    'mixed.log': Buffer.concat([
      Buffer.from('2025-03-01 10:00:00,000 ERROR [7] app - name J'),
      Buffer.from([0xfc, 0xff]),
      Buffer.from('rgen\n'),
    ]),
  })
  symlinkSync('/nonexistent', join(home, 'dangling.log'))
  const { code, result } = await analyse(context, [home])
  assert.equal(code, 4)
  const told = (name: string) =>
    result.problems
      .filter(({ source }: { source: string }) => source.endsWith(name))
      .map((problem: { code: string }) => problem.code)
  const expected = {
    'cut.pcap': 'capture-cut',
    'lying.pcap': 'capture-damaged',
    'cut.log.gz': 'compression-damaged',
    'program.bin': 'binary',
    'empty.log': 'empty',
    'long.log': 'line-cut',
    'mixed.log': 'invalid-encoding',
  }
  const silent = Object.entries(expected).filter(([name, notice]) => !told(name).includes(notice))
  assert.deepEqual(silent, [])
  assert.deepEqual(result.verdict.root_causes, ['network.refused'])
})

test('events before and after are left out, and the report says with which times', async (context) => {
  const home = folder(context, { 'app.log': `${REFUSED}\n` })
  const check = async (args: readonly string[], causes: number, said: RegExp) => {
    const run = await faultline(['app.log', '--json', ...args], { cwd: home })
    assert.equal(JSON.parse(run.stdout).findings.length, causes, args.join(' '))
    const { stdout } = await faultline(['report', '--format', 'json'], { cwd: home })
    assert.match(JSON.parse(stdout).run.command, said)
  }
  await check(['--since', '2025-03-01T09:00'], 1, /^faultline analyze app\.log --since 2025-03-01T09:00:00\.000Z$/)
  await check(['--until', '2025-03-01T09:00:00+00:00', '--tz', 'UTC'], 0, /--until 2025-03-01T09:00:00\.000Z --tz UTC$/)
  await check(['--since', '-2h'], 0, /--since 20\d\d-\d\d-\d\dT[\d:.]+Z$/)
  await check(['--until', '-1w'], 1, /--until /)
  const wrong = await faultline(['app.log', '--since', '-2x'], { cwd: home })
  assert.deepEqual([wrong.code, /like -2h/.test(wrong.stderr)], [2, true])
})

test('--verbose says on stderr how each source was read', async (context) => {
  const home = folder(context, { 'app.log': `${REFUSED}\n` })
  const { stdout, stderr } = await faultline(['app.log', '--json', '-v'], { cwd: home })
  assert.match(stderr, /│ app\.log +│ \S+ +│ +\d+ │ +8 │/)
  assert.equal(JSON.parse(stdout).findings.length, 1)
})

test('the same bundle gives the same bytes, whatever order, zone and locale', async (context) => {
  const home = folder(context, {
    'b/app.log': `${REFUSED}\n`,
    'a/error.log':
      '2025/03/01 10:00:03 [error] 7#7: *1 no live upstreams while connecting to upstream, client: 192.0.2.1, server: _\n',
    'c/access.log': '192.0.2.1 - - [01/Mar/2025:10:00:03 +0000] "GET / HTTP/1.1" 502 0 "-" "curl/8"\n',
  })
  const paths = ['b/app.log', 'a/error.log', 'c/access.log'].map((name) => join(home, name))
  const outputs: string[] = []
  for (const [order, env] of [
    [paths, { TZ: 'UTC', LC_ALL: 'C' }],
    [[...paths].reverse(), { TZ: 'Asia/Kolkata', LC_ALL: 'de_DE.UTF-8' }],
    [[paths[1], paths[0], paths[2]], { TZ: 'America/St_Johns', LC_ALL: 'zh_CN.UTF-8' }],
  ] as const) {
    const store = join(scratch(context), 'store.db')
    const { stdout } = await faultline(['analyze', ...order, '--json', '--store', store], { env })
    outputs.push(stdout.replace(/"duration_ms": \d+/, ''))
  }
  assert.equal(outputs[1], outputs[0])
  assert.equal(outputs[2], outputs[0])
})

test('stdin is read where - is given', async (context) => {
  const store = join(scratch(context), 'store.db')
  const { stdout, code } = await faultline(['analyze', '-', '--json', '--store', store], { input: `${REFUSED}\n` })
  assert.equal(code, 0)
  assert.deepEqual(JSON.parse(stdout).verdict.root_causes, ['network.refused'])
})

test('parse prints a JSON object a record and sums up on stderr', async (context) => {
  const home = folder(context, {
    'app.log':
      '2025-03-01 10:00:00,000 ERROR [7] app - failed\nError: no\n    at f (a.js:1:2)\n2025-03-01 10:00:01,000 INFO [7] app - fine\n',
  })
  const { stdout, stderr, code } = await faultline(['parse', join(home, 'app.log'), '--json'])
  const records = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  assert.equal(code, 0)
  assert.deepEqual(
    records.map(({ line, line_end, time, severity, pid }) => [line, line_end, time, severity, pid]),
    [
      [1, 3, '2025-03-01T10:00:00.000Z', 'error', 7],
      [4, 4, '2025-03-01T10:00:01.000Z', 'info', 7],
    ],
  )
  assert.match(stderr, /2 \(100\.0 %\)/)
})

test('verify finds a changed byte', async (context) => {
  const home = folder(context, { 'app.log': `${REFUSED}\n` })
  const path = join(home, 'app.log')
  const { store } = await analyse(context, [path])
  assert.equal((await faultline(['verify', '--store', store])).code, 0)
  writeFileSync(path, readFileSync(path, 'utf8').replace('192.0.2.7', '192.0.2.8'))
  const changed = await faultline(['verify', '--store', store])
  assert.equal(changed.code, 1)
  assert.match(changed.stdout, /app\.log:1: the bytes are not those that were quoted/)
})

test('query reads and refuses to write', async (context) => {
  const { store } = await analyse(context, [BUNDLE])
  const rows = await faultline(['query', 'select count(*) as n from sources', '--store', store, '--json'])
  assert.deepEqual(JSON.parse(rows.stdout), [{ n: 8 }])
  for (const sql of ['delete from sources', "attach 'x.db' as x", "vacuum into 'x.db'", 'pragma writable_schema = 1']) {
    assert.equal((await faultline(['query', sql, '--store', store])).code, 2, sql)
  }
  const named = await faultline(['query', store, 'select 1'])
  assert.deepEqual([named.code, /is a file, not SQL\.\n.*--store/.test(named.stderr)], [2, true])
})

test('a bundle that is moved is still verified', async (context) => {
  const home = scratch(context)
  const [before, after] = [join(home, 'before.tar.gz'), join(home, 'after.tar.gz')]
  copyFileSync(join(FIXTURES, 'stopped-database.tar.gz'), before)
  const { store } = await analyse(context, [before])
  copyFileSync(before, after)
  assert.equal((await faultline(['verify', after, '--store', store])).code, 0)
})
