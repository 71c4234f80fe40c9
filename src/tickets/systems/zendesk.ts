// Zendesk: a file is uploaded for a token, and a comment that names the token takes it into the ticket.
// https://developer.zendesk.com/api-reference/ticketing/tickets/ticket-attachments/ and …/ticket_comments/
import { baseOf, basic, needed, optional, unknownTarget } from '../address.ts'
import { at, listAt, numberOrNull, textAt, textOrNull } from '../answer.ts'
import { type Caller, caller } from '../call.ts'
import { deliver } from '../deliver.ts'
import { digestAtEnd, MARKER_BYTES, marked, marker } from '../marker.ts'
import type { Choices, Found, Posting, Settings, StoredFile, System, Ticket } from '../ticket.ts'

/** Comments end at about 65,000 characters. */
const COMMENT_BYTES = 60_000
const LARGEST_FILE = 50_000_000
const PAGES = 50

export const zendesk: System = {
  scheme: 'zendesk',
  form: 'zendesk:123',
  settings: [
    { name: 'ZENDESK_SUBDOMAIN', kind: 'plain', need: 'optional' },
    { name: 'ZENDESK_URL', kind: 'plain', need: 'optional' },
    { name: 'ZENDESK_EMAIL', kind: 'plain', need: 'optional' },
    { name: 'ZENDESK_TOKEN', kind: 'secret', need: 'required' },
  ],
  destination(reference, settings, { audience }) {
    if (!/^\d{1,18}$/.test(reference)) throw unknownTarget(`zendesk:${reference}`, [zendesk.form])
    const base = siteOf(settings)
    const token = needed(settings, 'ZENDESK_TOKEN')
    const email = optional(settings, 'ZENDESK_EMAIL')
    const secret = email === null ? token : basic(`${email}/token`, token)
    const authorization = email === null ? `Bearer ${token}` : `Basic ${secret}`
    const site = { base: `${base}/api/v2`, headers: { accept: 'application/json', authorization } }
    const page = `${base}/agent/tickets/${reference}`
    return {
      name: `Zendesk ticket ${reference}`,
      flavour: 'html',
      commentBytes: COMMENT_BYTES - MARKER_BYTES,
      formats: ['html'],
      secrets: [token, secret],
      deliver: (rendition, wire) => deliver(ticket(caller(site, wire), { id: reference, audience, page }), rendition),
    }
  },
}

function siteOf(settings: Settings): string {
  const url = optional(settings, 'ZENDESK_URL')
  if (url !== null) return baseOf('ZENDESK_URL', url)
  return baseOf('ZENDESK_SUBDOMAIN', `https://${needed(settings, 'ZENDESK_SUBDOMAIN')}.zendesk.com`)
}

interface Place {
  readonly id: string
  readonly audience: Choices['audience']
  readonly page: string
}

/** Comments stay as they are for good: a changed one is followed by a new one, and old files stay with the old. */
function ticket(calls: Caller, { id, audience, page }: Place): Ticket {
  return {
    page,
    filesLiveIn: 'comment',
    largestFile: async () => LARGEST_FILE,
    find: (runId) => find(calls, id, runId),
    async upload(file) {
      const path = `/uploads.json?filename=${encodeURIComponent(file.name)}`
      // A file whose token was lost is unreachable and gone after an hour.
      const arrived = async () => null
      const call = { method: 'POST', path, doing: `upload ${file.name}`, rehearsed: REHEARSED_UPLOAD, arrived } as const
      const token = textAt(await calls.sendRaw(call, file), 'upload', 'token')
      return { id: token, name: file.name, size: file.bytes.length, link: null }
    },
    async discard({ id: token, name }) {
      const path = `/uploads/${encodeURIComponent(token)}.json`
      await calls.ask({ method: 'DELETE', path, doing: `take back ${name}`, rehearsed: null })
    },
    retire: null,
    edit: null,
    async post(posting) {
      const arrived = async () => {
        const { comment } = await find(calls, id, posting.runId)
        return comment?.digest === posting.digest ? {} : null
      }
      const call = {
        method: 'PUT',
        path: `/tickets/${id}.json`,
        doing: 'add the comment',
        rehearsed: {},
        arrived,
      } as const
      const uploads = posting.files.map(({ id: token }) => token)
      const comment = { html_body: harmless(posting), public: audience === 'customer', uploads }
      await calls.askWith(call, { ticket: { comment } })
      return null
    },
  }
}

const REHEARSED_UPLOAD = { upload: { token: 'TOKEN-OF-THE-UPLOAD' } }

/** Two braces would be filled in from the ticket: a sign that takes no room stands between them. */
function harmless({ text, files, runId, digest }: Posting): string {
  return marked('html', text, { sign: marker(runId, digest), files }).replace(/\{(?=[{%])/g, '{&#8203;')
}

/** The newest comment of this run, and the files that came with it. */
async function find(calls: Caller, id: string, runId: string): Promise<Found> {
  let found: Found = { comment: null, files: [] }
  let after: string | null = null
  for (let page = 0; page < PAGES; page++) {
    const cursor: string = after === null ? '' : `&page%5Bafter%5D=${encodeURIComponent(after)}`
    const path = `/tickets/${id}/comments.json?page%5Bsize%5D=100${cursor}`
    const call = { method: 'GET', path, doing: 'look for an earlier comment', rehearsed: { comments: [] } } as const
    const answer = await calls.ask(call)
    for (const one of listAt(answer, 'comments')) {
      const digest = digestAtEnd(textOrNull(one, 'plain_body') ?? textOrNull(one, 'body') ?? '', runId)
      if (digest !== null) found = { comment: { id: textAt(one, 'id'), digest }, files: filesOf(one) }
    }
    after = at(answer, 'meta', 'has_more') === true ? textOrNull(answer, 'meta', 'after_cursor') : null
    if (after === null) return found
  }
  return found
}

function filesOf(comment: unknown): StoredFile[] {
  return listAt(comment, 'attachments').map((one) => {
    return { id: textAt(one, 'id'), name: textAt(one, 'file_name'), size: numberOrNull(one, 'size'), link: null }
  })
}
