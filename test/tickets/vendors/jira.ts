// Jira Cloud and Data Center, as far as `attach` speaks to them; interfaces/jira-cloud.json and jira-data-center.json say what they take.
import type { TestContext } from 'node:test'
import { adfProblems } from '../../report/adf-rules.ts'
import { fileOf, type Operation, startVendor, storedOf } from '../vendor.ts'
import { type Desk, type DeskFile, type DeskKind, SECRET } from './desk.ts'

interface Edition {
  readonly name: 'Jira Cloud' | 'Jira Data Center'
  readonly published: 'jira-cloud' | 'jira-data-center'
  readonly rest: string
  readonly authorization: RegExp
  readonly settings: Readonly<Record<string, string>>
}

const CLOUD: Edition = {
  name: 'Jira Cloud',
  published: 'jira-cloud',
  rest: '/rest/api/3',
  authorization: new RegExp(`^Basic ${Buffer.from(`me@example.com:${SECRET}`).toString('base64')}$`),
  settings: { JIRA_EMAIL: 'me@example.com', JIRA_TOKEN: SECRET },
}

const DATA_CENTER: Edition = {
  name: 'Jira Data Center',
  published: 'jira-data-center',
  rest: '/rest/api/2',
  authorization: new RegExp(`^Bearer ${SECRET}$`),
  settings: { JIRA_TOKEN: SECRET },
}

export const JIRAS: readonly DeskKind[] = [CLOUD, DATA_CENTER].map((edition) => ({
  name: edition.name,
  upload: /^POST .*\/attachments$/,
  comment: /^POST .*\/comment$/,
  change: /^PUT .*\/comment\//,
  look: /^GET .*\/attachment\/meta$/,
  keeps: 'one comment',
  refusal: { status: 400, body: { errorMessages: ['The file type html is not allowed.'] } },
  open: (context) => openJira(context, edition),
}))

interface Comment {
  readonly id: string
  body: unknown
}

async function openJira(context: TestContext, edition: Edition): Promise<Desk> {
  const comments: Comment[] = []
  const files = new Map<string, DeskFile>()
  const vendor = await startVendor(context, operations(edition, { comments, files }), edition.published)
  return {
    vendor,
    target: 'jira:KEY-1',
    settings: { ...edition.settings, JIRA_URL: vendor.url },
    choices: { audience: 'internal', overflow: 'leave' },
    comments: () => comments.map(({ body }) => (typeof body === 'string' ? body : JSON.stringify(body))),
    files: () => [...files.values()],
    orphans: () => [],
    lose: () => void files.clear(),
  }
}

interface State {
  readonly comments: Comment[]
  readonly files: Map<string, DeskFile>
}

function operations(edition: Edition, { comments, files }: State): Operation[] {
  const { rest } = edition
  const headers = { authorization: edition.authorization, accept: /^application\/json$/ }
  const wrong = (value: unknown) => (rest.endsWith('3') ? adfProblems(value) : [])
  let last = 1000
  return [
    {
      name: `GET ${rest}/attachment/meta`,
      headers,
      answer: () => ({ status: 200, body: { enabled: true, uploadLimit: 10_485_760 } }),
    },
    {
      name: `GET ${rest}/issue/{key}`,
      headers,
      answer: () => {
        const attachment = [...files].map(([id, { name, type, bytes }]) => {
          return { id, filename: name, mimeType: type, size: bytes.length }
        })
        return { status: 200, body: { key: 'KEY-1', fields: { attachment } } }
      },
    },
    {
      name: `GET ${rest}/issue/{key}/comment`,
      headers,
      answer: ({ query }) => {
        const [from, count] = [Number(query.get('startAt')), Number(query.get('maxResults'))]
        const page = [...comments].reverse().slice(from, from + count)
        return { status: 200, body: { startAt: from, maxResults: count, total: comments.length, comments: page } }
      },
    },
    {
      name: `POST ${rest}/issue/{key}/attachments`,
      headers,
      answer: (seen) => {
        const file = fileOf(seen, 'file')
        if (typeof file === 'string') return { status: 415, body: { errorMessages: [file] } }
        const id = String(++last)
        files.set(id, { ...file, bytes: storedOf(seen, file.bytes) })
        return { status: 200, body: [{ id, filename: file.name, size: file.bytes.length }] }
      },
    },
    {
      name: `DELETE ${rest}/attachment/{id}`,
      headers,
      answer: ({ parts: [id = ''] }) => ({ status: files.delete(id) ? 204 : 404 }),
    },
    {
      name: `POST ${rest}/issue/{key}/comment`,
      headers,
      answer: (seen) => {
        const said = JSON.parse(seen.body.toString())
        if (wrong(said.body).length > 0) return { status: 400, body: { errors: { comment: wrong(said.body).join() } } }
        comments.push({ id: String(++last), body: said.body })
        return { status: 201, body: { id: String(last) } }
      },
    },
    {
      name: `PUT ${rest}/issue/{key}/comment/{id}`,
      headers,
      answer: ({ body: sent, parts: [, id] }) => {
        const comment = comments.find((one) => one.id === id)
        if (comment === undefined) return { status: 404, body: {} }
        comment.body = JSON.parse(sent.toString()).body
        return { status: 200, body: { id } }
      },
    },
  ]
}
