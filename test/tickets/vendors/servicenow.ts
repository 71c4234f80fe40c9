// ServiceNow, as far as `attach` speaks to it; interfaces/servicenow.json says what it takes.
import type { TestContext } from 'node:test'
import { type Operation, startVendor, storedOf } from '../vendor.ts'
import { type Desk, type DeskFile, type DeskKind, SECRET } from './desk.ts'

const RECORD = '9d385017c611228701d22104cc95c371'

export const SERVICENOW: DeskKind = {
  name: 'ServiceNow',
  upload: /^POST .*\/attachment\/file$/,
  comment: /^PATCH .*\/table\/incident\//,
  change: /^PATCH .*\/table\/incident\//,
  look: /^GET .*\/table\/incident$/,
  keeps: 'all comments',
  refusal: {
    status: 403,
    body: { error: { message: 'Invalid file type', detail: 'File extension html is not allowed' } },
  },
  open: openServiceNow,
}

async function openServiceNow(context: TestContext): Promise<Desk> {
  const notes: string[] = []
  const files = new Map<string, DeskFile>()
  const vendor = await startVendor(context, operations(notes, files), 'servicenow')
  return {
    vendor,
    target: 'servicenow:INC0012345',
    settings: { SERVICENOW_URL: vendor.url, SERVICENOW_USER: 'me', SERVICENOW_PASSWORD: SECRET },
    choices: { audience: 'internal', overflow: 'leave' },
    comments: () => notes,
    files: () => [...files.values()],
    orphans: () => [],
    lose: () => void files.clear(),
  }
}

function operations(notes: string[], files: Map<string, DeskFile>): Operation[] {
  const credentials = Buffer.from(`me:${SECRET}`).toString('base64')
  const headers = { authorization: new RegExp(`^Basic ${credentials}$`), accept: /^application\/json$/ }
  let last = 0
  return [
    {
      name: 'GET /api/now/table/incident',
      headers,
      answer: ({ query }) => {
        const result = query.get('sysparm_query') === 'number=INC0012345' ? [{ sys_id: RECORD }] : []
        return { status: 200, body: { result } }
      },
    },
    {
      name: `GET /api/now/table/incident/${RECORD}`,
      headers,
      answer: () => {
        const entries = [...notes].reverse().map((text) => `2025-03-01 10:00:00 - Me (Work notes)\n${text}\n\n`)
        return { status: 200, body: { result: { work_notes: entries.join('') } } }
      },
    },
    {
      name: `PATCH /api/now/table/incident/${RECORD}`,
      headers,
      answer: ({ body }) => {
        notes.push(JSON.parse(body.toString()).work_notes)
        return { status: 200, body: { result: { sys_id: RECORD } } }
      },
    },
    {
      name: 'GET /api/now/attachment',
      headers,
      answer: () => {
        const result = [...files].map(([sys_id, { name, bytes }]) => {
          return { sys_id, file_name: name, size_bytes: String(bytes.length) }
        })
        return { status: 200, body: { result } }
      },
    },
    {
      name: 'POST /api/now/attachment/file',
      headers,
      answer: (seen) => {
        const { query, headers: sent, body } = seen
        const sys_id = String(++last).padStart(32, '0')
        files.set(sys_id, {
          name: query.get('file_name') ?? '',
          type: sent['content-type'] ?? '',
          bytes: storedOf(seen, body),
        })
        return { status: 201, body: { result: { sys_id, file_name: query.get('file_name') } } }
      },
    },
    {
      name: 'DELETE /api/now/attachment/{sys_id}',
      headers,
      answer: ({ parts: [id = ''] }) => ({ status: files.delete(id) ? 204 : 404 }),
    },
  ]
}
