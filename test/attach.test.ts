// `faultline attach` from outside: what arrives at each kind of ticket is the redacted report and nothing else.
import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, type TestContext, test } from 'node:test'
import { adfProblems } from './report/adf-rules.ts'
import { PLANTED as EVERYWHERE } from './report/redaction/planted.ts'
import { faultline } from './run.ts'
import { type Desk, VENDORS } from './tickets/vendors/index.ts'

/** What must stay: made up, of no account; put together here so that no scanner takes it for one. */
const PLANTED = [
  `${'ghp'}_${'A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8'}`,
  'hunter2-hunter2',
  'alice.smith@customer.example.com',
  'db-7.prod.customer.com',
  '+86 138 0013 8000',
  '9.9.9.250',
]
/** Every kind of secret that a line can hold, some to a line. */
const ALL = EVERYWHERE.filter(([line]) => !line.includes('\n'))
const LINES = Array.from({ length: 8 }, (_, at) => {
  const said = `password=${PLANTED[1]} token=${PLANTED[0]} user ${PLANTED[2]} at ${PLANTED[3]} from ${PLANTED[5]} phone ${PLANTED[4]}`
  const more = ALL.filter((_, place) => place % 8 === at).map(([line]) => line)
  return `2025-03-01 10:00:0${at},000 ERROR [7] app - call failed: connect ECONNREFUSED 192.0.2.7:8080 request_id=req-${at}a2b3c ${said}\n${more.join('\n')}`
}).join('\n')

const home = mkdtempSync(join(tmpdir(), 'faultline-attach-'))
const store = join(home, 'store.db')

before(async () => {
  writeFileSync(join(home, 'app.log'), `${LINES}\n`)
  const { code, stderr } = await faultline(['analyze', join(home, 'app.log'), '--store', store, '-q'])
  assert.equal(code, 0, stderr)
})
after(() => rmSync(home, { recursive: true }))

async function firstDesk(context: TestContext): Promise<Desk> {
  const [kind] = VENDORS
  assert.ok(kind !== undefined)
  return kind.open(context)
}

/** The environment of the test, without what a developer's own shell may set. */
function withSettings(settings: Readonly<Record<string, string>>): Record<string, string> {
  const empty = ['JIRA_EMAIL', 'ZENDESK_SUBDOMAIN', 'ZENDESK_URL', 'ZENDESK_EMAIL', 'GITHUB_API_URL', 'GITLAB_URL']
  return { ...Object.fromEntries(empty.map((name) => [name, ''])), ...settings }
}

test('each kind of ticket gets the redacted report, byte for byte, and keeps it when asked twice', async (context) => {
  for (const kind of VENDORS) {
    const desk = await kind.open(context)
    const gist = desk.choices.overflow === 'gist' ? ['--gist'] : []
    const args = ['attach', store, '--to', desk.target, ...gist]
    const env = withSettings(desk.settings)
    const first = await faultline(args, { env })
    assert.equal(first.code, 0, `${kind.name}: ${first.stderr}`)
    assert.match(first.stderr, /: report added \(faultline-[0-9a-f]{12}\.(?:html|md)\)\n/)
    assert.match(first.stdout, /^https?:\/\/\S+\n$/)
    const second = await faultline(args, { env })
    assert.equal(second.code, 0, second.stderr)
    assert.match(second.stderr, /: has this report already/)
    assert.deepEqual(desk.vendor.problems, [])
    assert.deepEqual([desk.comments().length, desk.files().length, desk.orphans().length], [1, 1, 0])
    const received = desk.vendor.received.map(String).join('\n')
    for (const secret of [...PLANTED, ...ALL.map(([, one]) => one)])
      assert.ok(!received.includes(secret), `${kind.name} got ${secret}`)
    assert.match(desk.comments()[0] ?? '', /network\.refused/)
    assert.match(desk.comments()[0] ?? '', /req-0a2b3c/)
    const format = gist.length > 0 ? 'markdown' : 'html'
    const path = join(home, `report.${format}`)
    await faultline(['report', '--store', store, '--share', '--format', format, '-o', path, '-q'])
    assert.equal(desk.files()[0]?.bytes.toString(), readFileSync(path, 'utf8'), kind.name)
    if (kind.name === 'Jira Cloud') assert.deepEqual(adfProblems(JSON.parse(desk.comments()[0] ?? '')), [])
  }
})

test('a mail is kept as a file, twice the same', async () => {
  const path = join(home, 'mail.eml')
  const first = await faultline(['attach', store, '--to', `eml:${path}`])
  assert.deepEqual([first.code, first.stdout], [0, `${path}\n`])
  const text = readFileSync(path, 'utf8')
  assert.match(text, /^From: /)
  for (const secret of PLANTED) assert.ok(!text.includes(secret), secret)
  const second = await faultline(['attach', store, '--to', `eml:${path}`])
  assert.match(second.stderr, /has this report already/)
  assert.equal(readFileSync(path, 'utf8'), text)
})

test('the profile internal keeps names and still no secrets', async (context) => {
  const desk = await firstDesk(context)
  const args = ['attach', store, '--to', desk.target, '--profile', 'internal', '--file', 'json']
  const { code, stderr } = await faultline(args, { env: withSettings(desk.settings) })
  assert.equal(code, 0, stderr)
  const [file] = desk.files()
  assert.match(file?.name ?? '', /\.json$/)
  assert.match(file?.bytes.toString() ?? '', /alice\.smith@customer/)
  assert.ok(!file?.bytes.includes(PLANTED[0] ?? '') && !file?.bytes.includes(PLANTED[1] ?? ''))
})

test('a dry run opens no connection and shows what would go out', async () => {
  const env = withSettings({ JIRA_URL: 'https://192.0.2.1', JIRA_EMAIL: 'me@example.com', JIRA_TOKEN: 'S3cr3t-9' })
  const { code, stdout } = await faultline(['attach', store, '--to', 'jira:KEY-1', '--dry-run'], { env })
  assert.equal(code, 0)
  assert.match(stdout, /^POST https:\/\/192\.0\.2\.1\/rest\/api\/3\/issue\/KEY-1\/attachments$/m)
  assert.match(stdout, /^authorization: Basic \*\*\*$/m)
  for (const secret of [...PLANTED, 'S3cr3t-9']) assert.ok(!stdout.includes(secret), secret)
})

test('credentials come from a file that others cannot read', async (context) => {
  const desk = await firstDesk(context)
  const path = join(home, 'credentials')
  const lines = Object.entries(desk.settings).map(([name, value]) => `${name}="${value}"`)
  writeFileSync(path, `# mine\n${lines.join('\n')}\n`, { mode: 0o644 })
  const args = ['attach', store, '--to', desk.target, '--credentials', path]
  const open = await faultline(args, { env: withSettings({}) })
  assert.deepEqual([open.code, desk.vendor.asked.length], [2, 0])
  assert.match(open.stderr, /Others can read .*\nhint: Close it first: chmod 600 /)
  chmodSync(path, 0o600)
  const closed = await faultline(args, { env: withSettings({}) })
  assert.equal(closed.code, 0, closed.stderr)
})

test('wrong use and refusals end with 2, and nothing is sent', async (context) => {
  const check = async (args: readonly string[], settings: Readonly<Record<string, string>>, said: RegExp) => {
    const { code, stderr } = await faultline(['attach', ...args], { env: withSettings(settings) })
    assert.equal(code, 2, stderr)
    assert.match(stderr, said)
  }
  await check([store], {}, /--to/)
  await check([store, '--to', 'trac:1'], {}, /“trac:1” names no ticket/)
  await check([store, '--to', 'jira:KEY-1'], { JIRA_URL: '' }, /JIRA_URL is not set/)
  await check([store, '--to', 'jira:KEY-1'], { JIRA_URL: 'http://192.0.2.1', JIRA_TOKEN: 'x' }, /must begin with https/)
  await check([store, '--to', 'jira:KEY-1', '--profile', 'none'], {}, /profile/)
  await check([store, '--to', 'github:o/r#1', '--file', 'html'], { GITHUB_TOKEN: 'x' }, /takes no files/)
  await check([store, '--to', 'eml:x', '--file', 'pdf'], {}, /pdf/)
  await check([join(home, 'absent.db'), '--to', 'eml:x'], {}, /absent\.db/)
  const desk = await firstDesk(context)
  desk.vendor.fail(/comment$/, { kind: 'status', status: 401 }, 9)
  await check([store, '--to', desk.target], desk.settings, /does not know these credentials/)
  assert.deepEqual([desk.comments(), desk.files()], [[], []])
})
