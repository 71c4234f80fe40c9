// What single systems do of their own: limits that are asked for, refusals in silence, markup that would do something.

import assert from 'node:assert/strict'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { attach, type Choices, type Outcome, readTarget } from '../../src/tickets/index.ts'
import { scratch } from '../run.ts'
import { save } from './save.ts'
import { startVendor, type Vendor } from './vendor.ts'
import { type Desk, VENDORS } from './vendors/index.ts'

const RUN = '0123456789ab'
const clock = { sleep: async () => undefined, jitter: () => 0, now: () => 0 }

async function desk(context: TestContext, name: string): Promise<Desk> {
  const kind = VENDORS.find((one) => one.name === name)
  assert.ok(kind !== undefined)
  return kind.open(context)
}

function bring(to: Desk, comment: string, changed: { choices?: Choices; bytes?: Buffer } = {}): Promise<Outcome> {
  const { choices = to.choices, bytes = Buffer.from('page') } = changed
  const attachments = [{ name: `faultline-${RUN}.html`, type: 'text/html', bytes }]
  const target = readTarget(to.target, { settings: to.settings, choices })
  return attach(target, { runId: RUN, comment, attachments }, { timeoutMs: 500, clock, save })
}

function last(vendor: Vendor): string {
  return vendor.received.at(-1)?.toString() ?? ''
}

test('Jira is asked for its limit, and a larger file is not sent', async (context) => {
  const jira = await desk(context, 'Jira Data Center')
  await assert.rejects(bring(jira, 'x', { bytes: Buffer.alloc(10_485_761) }), { code: 'ticket-too-large' })
  assert.deepEqual(jira.vendor.asked, ['GET /rest/api/2/attachment/meta'])
})

test('Jira without attachments says so', async (context) => {
  const vendor = await startVendor(context, [
    {
      name: 'GET /rest/api/2/attachment/meta',
      answer: () => ({ status: 200, body: { enabled: false, uploadLimit: 0 } }),
    },
  ])
  const settings = { JIRA_URL: vendor.url, JIRA_TOKEN: 'token' }
  const to = { vendor, target: 'jira:KEY-1', settings, choices: { audience: 'internal', overflow: 'leave' } } as const
  await assert.rejects(
    bring({ ...to, comments: () => [], files: () => [], orphans: () => [], lose: () => undefined }, 'x'),
    {
      code: 'ticket-file-refused',
      hint: 'Bring the comment alone: --file none.',
    },
  )
})

test('customers see the comment only where that is asked for', async (context) => {
  const check = async (name: string, inside: RegExp, outside: RegExp) => {
    const to = await desk(context, name)
    await bring(to, 'x')
    assert.match(last(to.vendor), inside)
    await bring(to, 'y', { choices: { audience: 'customer', overflow: 'leave' } }).catch(() => undefined)
    assert.match(to.vendor.received.map(String).join('\n'), outside)
  }
  await check('Zendesk', /"public":false/, /"public":true/)
  await check('ServiceNow', /^\{"work_notes":/, /sysparm_fields=comments/)
  const jira = await desk(context, 'Jira Data Center')
  await bring(jira, 'x')
  assert.match(last(jira.vendor), /"properties":\[\{"key":"sd\.public\.comment","value":\{"internal":true\}\}\]/)
})

test('GitHub: a change that it drops in silence is noticed', async (context) => {
  const github = await desk(context, 'GitHub')
  await bring(github, 'first')
  github.vendor.fail(/^PATCH /, { kind: 'status', status: 200, body: {} })
  await assert.rejects(bring(github, 'second'), { code: 'ticket-not-stored' })
  assert.match(github.comments()[0] ?? '', /^first/)
  assert.deepEqual(github.orphans(), [])
})

test('GitHub: without a gist the comment goes alone', async (context) => {
  const github = await desk(context, 'GitHub')
  const target = readTarget(github.target, { ...github, choices: { audience: 'internal', overflow: 'leave' } })
  assert.equal(target.formats, null)
  await attach(target, { runId: RUN, comment: 'alone', attachments: [] }, { timeoutMs: 500, clock, save })
  assert.deepEqual([github.comments().length, github.files().length], [1, 0])
})

test('GitLab: a token that may not list or delete uploads is enough, and an old file is told of', async (context) => {
  const gitlab = await desk(context, 'GitLab')
  gitlab.vendor.fail(/^(?:GET|DELETE) .*\/uploads/, { kind: 'status', status: 403 }, 99)
  await bring(gitlab, 'first')
  const { state, remarks } = await bring(gitlab, 'second', { bytes: Buffer.from('newer') })
  assert.equal(state, 'updated')
  assert.match(remarks.join(), /^An older faultline-0123456789ab\.html is still there: /)
  assert.deepEqual(
    gitlab.files().map(({ bytes }) => bytes.toString()),
    ['newer'],
  )
})

test('an old file that could not go when it was replaced goes the next time', async (context) => {
  const jira = await desk(context, 'Jira Data Center')
  await bring(jira, 'first')
  jira.vendor.fail(/^DELETE /, { kind: 'status', status: 403 })
  assert.equal((await bring(jira, 'second', { bytes: Buffer.from('more') })).remarks.length, 1)
  assert.equal(jira.files().length, 2)
  const { state, url } = await bring(jira, 'second', { bytes: Buffer.from('more') })
  assert.deepEqual([state, url], ['unchanged', `${jira.vendor.url}/browse/KEY-1`])
  assert.deepEqual(
    jira.files().map(({ bytes }) => bytes.toString()),
    ['more'],
  )
})

test('a file that somebody deleted comes back', async (context) => {
  for (const name of ['Jira Data Center', 'ServiceNow']) {
    const to = await desk(context, name)
    await bring(to, 'said')
    to.lose()
    assert.equal((await bring(to, 'said')).state, 'updated')
    assert.deepEqual([to.comments().length, to.files().length], [1, 1])
  }
})

test('a comment beyond the first page is found', async (context) => {
  for (const name of ['Zendesk', 'GitHub', 'GitLab', 'Jira Data Center']) {
    const to = await desk(context, name)
    const kind = VENDORS.find((one) => one.name === name)
    await bring(to, 'ours')
    // Another run of another bundle, often: its comments fill the pages.
    for (let other = 0; other < 3; other++) {
      const target = readTarget(to.target, to)
      const runId = `${other}`.padStart(12, 'f')
      await attach(target, { runId, comment: 'other', attachments: [] }, { timeoutMs: 500, clock, save })
    }
    assert.equal((await bring(to, 'ours')).state, 'unchanged', kind?.name)
  }
})

test('what a log says does nothing', async (context) => {
  const zendesk = await desk(context, 'Zendesk')
  await bring(zendesk, '<p>{{ticket.requester.email}} {% if x %}</p>')
  assert.match(zendesk.comments()[0] ?? '', /^<p>\{&#8203;\{ticket\.requester\.email\}\} \{&#8203;% if x %\}/)
  const servicenow = await desk(context, 'ServiceNow')
  await bring(servicenow, 'a [code]<b>x</b>[/CODE]')
  assert.match(servicenow.comments()[0] ?? '', /^a \[ code\]<b>x<\/b>\[ \/CODE\]/)
})

test('a record that does not exist is told', async (context) => {
  const servicenow = await desk(context, 'ServiceNow')
  await assert.rejects(bring({ ...servicenow, target: 'servicenow:INC9' }, 'x'), { code: 'ticket-not-found' })
})

test('an answer that is a sign-in page is told', async (context) => {
  const vendor = await startVendor(context, [
    {
      name: 'GET /api/v4/projects/{project}/issues/{iid}/notes',
      answer: () => ({ status: 200, body: 'Sign in' }),
    },
  ])
  const settings = { GITLAB_URL: vendor.url, GITLAB_TOKEN: 'token' }
  const target = readTarget('gitlab:a/b#1', { settings, choices: { audience: 'internal', overflow: 'leave' } })
  vendor.fail(/notes/, { kind: 'status', status: 200, body: '<html>' })
  const rendition = { runId: RUN, comment: 'x', attachments: [] }
  await assert.rejects(attach(target, rendition, { timeoutMs: 500, clock, save }), { code: 'ticket-answer' })
})

test('a mail is a file that appears whole, for its owner only', async (context) => {
  const path = join(scratch(context), 'mail.eml')
  const run = (text: string) => {
    const target = readTarget(`eml:${path}`, { settings: {}, choices: { audience: 'internal', overflow: 'leave' } })
    const attachments = [{ name: 'x.eml', type: 'message/rfc822', bytes: Buffer.from(text) }]
    return attach(target, { runId: RUN, comment: '', attachments }, { timeoutMs: 500, clock, save })
  }
  assert.equal((await run('one')).state, 'posted')
  assert.equal((await run('one')).state, 'unchanged')
  assert.equal((await run('two')).state, 'updated')
  assert.equal(readFileSync(path, 'utf8'), 'two')
  assert.equal(statSync(path).mode & 0o777, 0o600)
})

test('a rehearsal shows every request, opens no connection and shows no secret', async () => {
  for (const kind of ['jira:KEY-1', 'zendesk:1', 'github:o/r#1', 'gitlab:g/p#1', 'servicenow:INC1']) {
    const shown: string[] = []
    const secret = 'T0p-S3cr3t'
    const settings = {
      JIRA_URL: 'https://192.0.2.1',
      JIRA_EMAIL: 'me@example.com',
      JIRA_TOKEN: secret,
      ZENDESK_URL: 'https://192.0.2.1',
      ZENDESK_TOKEN: secret,
      GITHUB_TOKEN: secret,
      GITLAB_TOKEN: secret,
      SERVICENOW_URL: 'https://192.0.2.1',
      SERVICENOW_USER: 'me',
      SERVICENOW_PASSWORD: secret,
    }
    const target = readTarget(kind, { settings, choices: { audience: 'internal', overflow: 'gist' } })
    const comment = target.flavour === 'adf' ? '{"version":1,"type":"doc","content":[{"type":"rule"}]}' : 'SAID'
    const attachments = [{ name: `faultline-${RUN}.html`, type: 'text/html', bytes: Buffer.from('PAGE') }]
    const rehearse = (text: string) => void shown.push(text)
    await attach(target, { runId: RUN, comment, attachments }, { timeoutMs: 1, rehearse, save })
    const all = shown.join('\n')
    assert.match(all, /^(?:POST|PUT|PATCH) https:/m)
    assert.match(all, /PAGE/)
    assert.match(all, /faultline-run-0123456789ab-[0-9a-f]{8}/)
    assert.ok(!all.includes(secret) && !all.includes(Buffer.from(`me:${secret}`).toString('base64')))
    assert.match(all, /^(?:authorization: (?:Basic|Bearer) |private-token: )\*\*\*$/m)
  }
})
