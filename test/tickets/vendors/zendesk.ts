// Zendesk, as far as `attach` speaks to it; interfaces/zendesk.json says what it takes.
import type { TestContext } from 'node:test'
import { type Operation, startVendor } from '../vendor.ts'
import { type Desk, type DeskFile, type DeskKind, SECRET } from './desk.ts'

export const ZENDESK: DeskKind = {
  name: 'Zendesk',
  upload: /^POST .*\/uploads\.json$/,
  comment: /^PUT .*\/tickets\/123\.json$/,
  change: /^PUT .*\/tickets\/123\.json$/,
  look: /^GET .*\/comments\.json$/,
  keeps: 'all comments',
  refusal: { status: 422, body: { error: 'AttachmentUnprocessable', description: 'File type is not allowed' } },
  open: openZendesk,
}

interface Comment {
  readonly id: number
  readonly html: string
  readonly files: readonly DeskFile[]
}

async function openZendesk(context: TestContext): Promise<Desk> {
  const comments: Comment[] = []
  const uploads = new Map<string, DeskFile>()
  const vendor = await startVendor(context, operations(comments, uploads), 'zendesk')
  return {
    vendor,
    target: 'zendesk:123',
    settings: { ZENDESK_URL: vendor.url, ZENDESK_EMAIL: 'me@example.com', ZENDESK_TOKEN: SECRET },
    choices: { audience: 'internal', overflow: 'leave' },
    comments: () => comments.map(({ html }) => html),
    files: () => comments.flatMap(({ files }) => files),
    orphans: () => [...uploads.values()],
    lose: () => undefined,
  }
}

const TYPES: Readonly<Record<string, string>> = { html: 'text/html', json: 'application/json', txt: 'text/plain' }

function operations(comments: Comment[], uploads: Map<string, DeskFile>): Operation[] {
  const credentials = Buffer.from(`me@example.com/token:${SECRET}`).toString('base64')
  const headers = { authorization: new RegExp(`^Basic ${credentials}$`) }
  let last = 0
  return [
    {
      name: 'POST /api/v2/uploads.json',
      headers,
      answer: ({ query, body, headers: sent }) => {
        const name = query.get('filename') ?? ''
        const type = sent['content-type'] ?? ''
        if (TYPES[name.split('.').at(-1) ?? ''] !== type)
          return { status: 422, body: { error: 'extension and type differ' } }
        const token = `token${++last}`
        uploads.set(token, { name, type, bytes: body })
        return { status: 201, body: { upload: { token, attachment: { id: last, file_name: name } } } }
      },
    },
    {
      name: 'DELETE /api/v2/uploads/{token}.json',
      headers,
      answer: ({ parts: [token = ''] }) => ({ status: uploads.delete(token) ? 204 : 404 }),
    },
    {
      name: 'GET /api/v2/tickets/{id}/comments.json',
      headers,
      answer: ({ query }) => page(comments, Number(query.get('page[after]') ?? 0)),
    },
    {
      name: 'PUT /api/v2/tickets/{id}.json',
      headers,
      answer: ({ body }) => {
        const { html_body: html, uploads: tokens } = JSON.parse(body.toString()).ticket.comment
        const files = tokens.map((token: string) => uploads.get(token))
        if (files.includes(undefined)) return { status: 422, body: { error: 'invalid upload token' } }
        for (const token of tokens) uploads.delete(token)
        comments.push({ id: ++last, html, files })
        return { status: 200, body: { ticket: { id: 123 }, audit: { events: [] } } }
      },
    },
  ]
}

/** Two to a page, so that there are pages. */
function page(comments: readonly Comment[], from: number) {
  const some = comments.slice(from, from + 2).map(({ id, html, files }) => ({
    id,
    html_body: html,
    plain_body: html.replace(/<[^>]+>/g, ' '),
    attachments: files.map(({ name, bytes }, at) => ({ id: id * 10 + at, file_name: name, size: bytes.length })),
  }))
  const meta = { has_more: from + 2 < comments.length, after_cursor: String(from + 2) }
  return { status: 200, body: { comments: some, meta } }
}
