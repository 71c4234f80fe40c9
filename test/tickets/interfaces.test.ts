// The slices of the vendors' interfaces hold: what a server of the tests answers stands in them, and they refuse.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Asked, INTERFACES, readInterface } from './interface.ts'

const FORM = 'multipart/form-data; boundary=x'
const DOC = { type: 'doc', version: 1, content: [{ type: 'rule' }] }

interface Sent {
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

function asked(line: string, { headers = {}, body }: Sent): Asked {
  const [method = '', target = ''] = line.split(' ')
  const url = new URL(target, 'http://127.0.0.1')
  const type = body === undefined || typeof body === 'string' ? {} : { 'content-type': 'application/json' }
  const bytes = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)
  return {
    method,
    path: url.pathname,
    query: url.searchParams,
    headers: { ...type, ...headers },
    body: Buffer.from(bytes),
  }
}

/** Null where it is taken, else what stands in the first problem. */
function check(name: string, line: string, sent: Sent, expected: RegExp | null): void {
  const [problem = null] = readInterface(name).requestProblems(asked(line, sent))
  if (expected === null) assert.equal(problem, null)
  else assert.match(problem ?? `${line} was taken`, expected)
}

function part(name: string): string {
  return `--x\r\nContent-Disposition: form-data; name="${name}"; filename="a.html"\r\n\r\nbytes\r\n--x--\r\n`
}

test('there is one for each vendor, and each says where it is from', () => {
  assert.deepEqual(INTERFACES, ['github', 'gitlab', 'jira-cloud', 'jira-data-center', 'servicenow', 'zendesk'])
  for (const name of INTERFACES) assert.ok(readInterface(name).operations.length >= 4)
})

test('Jira', () => {
  const noCheck = { 'x-atlassian-token': 'no-check', 'content-type': FORM }
  const upload = 'POST /rest/api/3/issue/KEY-1/attachments'
  check('jira-cloud', upload, { headers: noCheck, body: part('file') }, null)
  check('jira-cloud', upload, { headers: { 'content-type': FORM }, body: part('file') }, /x-atlassian-token/)
  check('jira-cloud', upload, { headers: noCheck, body: part('attachment') }, /required property 'file'/)
  check('jira-cloud', upload, { body: { file: 'x' }, headers: { 'x-atlassian-token': 'no-check' } }, /not as multipart/)
  const comment = 'POST /rest/api/3/issue/KEY-1/comment'
  check('jira-cloud', comment, { body: { body: DOC } }, null)
  check('jira-cloud', comment, { body: { body: 'h1. wiki' } }, /body\/body must be object/)
  check('jira-cloud', comment, { body: { body: DOC, public: true } }, /additional properties/)
  check('jira-cloud', comment, {}, /sent as nothing/)
  check('jira-cloud', 'GET /rest/api/3/issue/KEY-1/comment?orderBy=created_at', {}, /query\/orderBy/)
  check('jira-cloud', 'GET /rest/api/3/issue/KEY-1/comment?limit=1', {}, /additional properties.*limit/)
  check('jira-cloud', 'GET /rest/api/2/issue/KEY-1', {}, /no such operation/)
  const old = 'POST /rest/api/2/issue/KEY-1/comment'
  check('jira-data-center', old, { body: { body: 'h1. wiki' } }, null)
  check('jira-data-center', old, { body: { body: DOC } }, /must be string/)
  check('jira-data-center', old, { body: { body: 'x'.repeat(32_768) } }, /more than 32767 characters/)
})

test('Zendesk', () => {
  const html = { 'content-type': 'text/html' }
  check('zendesk', 'POST /api/v2/uploads.json?filename=a.html', { headers: html, body: 'x' }, null)
  check('zendesk', 'POST /api/v2/uploads.json', { headers: html, body: 'x' }, /'filename'/)
  check('zendesk', 'POST /api/v2/uploads.json?filename=a.html', { body: 'x' }, /content-type/)
  const update = (comment: unknown) => ({ body: { ticket: { comment } } })
  check('zendesk', 'PUT /api/v2/tickets/1.json', update({ html_body: 'x', public: false, uploads: ['t'] }), null)
  check('zendesk', 'PUT /api/v2/tickets/1.json', update({ html_body: 'x', public: 'no' }), /boolean/)
  check('zendesk', 'PUT /api/v2/tickets/1.json', update({ html_body: 'x', body: 'x' }), /oneOf|exactly one/)
  check('zendesk', 'PUT /api/v2/tickets/one.json', update({ body: 'x' }), /ticket_id must be integer/)
  check('zendesk', 'GET /api/v2/tickets/1/comments.json?page[size]=101', {}, /<= 100/)
})

test('GitHub', () => {
  const headers = { accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28', 'user-agent': 'x' }
  const comments = '/repos/o/r/issues/7/comments'
  check('github', `GET ${comments}?per_page=100&page=2`, { headers }, null)
  check('github', `GET ${comments}?per_page=101`, { headers }, /<= 100/)
  check('github', `GET ${comments}`, { headers: { ...headers, 'x-github-api-version': '2020-01-01' } }, /api-version/)
  check('github', `POST ${comments}`, { headers, body: { body: 'x'.repeat(65_537) } }, /65536/)
  check('github', 'POST /gists', { headers, body: { files: { 'a.md': { content: 'x' } }, public: false } }, null)
  check('github', 'POST /gists', { headers, body: { files: { 'a.md': 'x' } } }, /must be object/)
  check('github', 'POST /repos/o/r/issues/7/attachments', { headers, body: 'x' }, /no such operation/)
})

test('GitLab', () => {
  const headers = { 'private-token': 'x' }
  const project = '/api/v4/projects/group%2Fproject'
  check('gitlab', `POST ${project}/issues/7/notes`, { headers, body: { body: 'x' } }, null)
  check('gitlab', `POST ${project}/merge_requests/7/notes`, { headers, body: { body: 'x' } }, null)
  check('gitlab', `POST ${project}/issues/7/notes`, { headers, body: { body: '' } }, /fewer than 1/)
  check('gitlab', `GET ${project}/issues/7/notes?sort=newest`, { headers }, /query\/sort/)
  check('gitlab', `GET ${project}/uploads`, {}, /private-token/)
  const form = { ...headers, 'content-type': FORM }
  check('gitlab', `POST ${project}/uploads`, { headers: form, body: part('file') }, null)
  check('gitlab', `POST ${project}/uploads`, { headers, body: 'x' }, /sent as nothing, not as multipart/)
})

test('ServiceNow', () => {
  const id = '0123456789abcdef0123456789abcdef'
  const upload = (query: string) => `POST /api/now/attachment/file?${query}`
  const html = { headers: { 'content-type': 'text/html' }, body: 'x' }
  check('servicenow', upload(`table_name=incident&table_sys_id=${id}&file_name=a.html`), html, null)
  check('servicenow', upload(`table_name=incident&table_sys_id=${id}`), html, /'file_name'/)
  check('servicenow', upload('table_name=incident&table_sys_id=INC1&file_name=a'), html, /table_sys_id/)
  check('servicenow', `PATCH /api/now/table/incident/${id}`, { body: { work_notes: 'x' } }, null)
  check('servicenow', `PATCH /api/now/table/incident/${id}`, { body: { note: 'x' } }, /additional properties/)
  check('servicenow', 'GET /api/now/table/incident?sysparm_limit=all', {}, /sysparm_limit must be integer/)
})

test('an answer that the vendor would never give is told', () => {
  const line = asked('GET /rest/api/3/attachment/meta', {})
  const problems = (status: number, body: unknown) => readInterface('jira-cloud').answerProblems(line, { status, body })
  assert.deepEqual(problems(200, { enabled: true, uploadLimit: 5 }), [])
  assert.match(problems(200, { enabled: 'yes' }).join(), /enabled must be boolean/)
  assert.match(problems(418, {}).join(), /does not answer 418/)
})
