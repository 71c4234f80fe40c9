// Jira: Cloud takes its own document format (REST version 3), Data Center wiki markup (version 2).
// https://developer.atlassian.com/cloud/jira/platform/rest/v3/ and https://docs.atlassian.com/software/jira/docs/api/REST/
import { FaultlineError } from '../../model/index.ts'
import { baseOf, basic, needed, optional, unknownTarget } from '../address.ts'
import { at, listAt, numberOrNull, textAt, textOrNull } from '../answer.ts'
import { type Caller, caller } from '../call.ts'
import { deliver } from '../deliver.ts'
import { digestAtEnd, MARKER_BYTES, marked, marker } from '../marker.ts'
import type { Attachment, Choices, Found, Posting, StoredFile, System, Ticket } from '../ticket.ts'

/** Comments end at 32,767 characters. */
const COMMENT_BYTES = 30_000
const PAGE = 100
/** No issue takes more comments. */
const PAGES = 50

export const jira: System = {
  scheme: 'jira',
  form: 'jira:KEY-1',
  settings: [
    { name: 'JIRA_URL', kind: 'plain', need: 'required' },
    { name: 'JIRA_EMAIL', kind: 'plain', need: 'optional' },
    { name: 'JIRA_TOKEN', kind: 'secret', need: 'required' },
  ],
  destination(reference, settings, { audience }) {
    if (!/^[A-Z][A-Z0-9_]+-\d+$/.test(reference)) throw unknownTarget(`jira:${reference}`, [jira.form])
    const base = baseOf('JIRA_URL', needed(settings, 'JIRA_URL'))
    const token = needed(settings, 'JIRA_TOKEN')
    const email = optional(settings, 'JIRA_EMAIL')
    const edition = email === null ? DATA_CENTER : CLOUD
    const secret = email === null ? token : basic(email, token)
    const authorization = email === null ? `Bearer ${token}` : `Basic ${secret}`
    // Without this header attachments are blocked as forged by a web page.
    const headers = { accept: 'application/json', authorization, 'x-atlassian-token': 'no-check' }
    const site = { base: `${base}${edition.rest}`, headers }
    return {
      name: `Jira issue ${reference}`,
      flavour: edition.flavour,
      commentBytes: COMMENT_BYTES - MARKER_BYTES,
      formats: ['html'],
      secrets: [token, secret],
      deliver: (rendition, wire) =>
        deliver(issue(caller(site, wire), { key: reference, audience, edition, base }), rendition),
    }
  },
}

/** What differs between the two. */
interface Edition {
  readonly flavour: 'adf' | 'jira-wiki'
  readonly rest: string
  body(text: string): unknown
  /** The text that ends a comment. */
  ending(body: unknown): string
}

const CLOUD: Edition = {
  flavour: 'adf',
  rest: '/rest/api/3',
  body: (text) => JSON.parse(text),
  ending: lastText,
}

const DATA_CENTER: Edition = {
  flavour: 'jira-wiki',
  rest: '/rest/api/2',
  body: (text) => text,
  ending: (body) => (typeof body === 'string' ? body : ''),
}

function lastText(node: unknown): string {
  const content = at(node, 'content')
  if (Array.isArray(content)) return lastText(content.at(-1))
  return textOrNull(node, 'text') ?? ''
}

interface Issue {
  readonly key: string
  readonly edition: Edition
  readonly base: string
  readonly audience: Choices['audience']
}

function issue(calls: Caller, { key, edition, base, audience }: Issue): Ticket {
  const path = `/issue/${key}`
  const addressOf = (id: string) => `${base}/browse/${key}?focusedCommentId=${id}`
  const find = async (runId: string): Promise<Found> => {
    const files = await filesOf(calls, key, runId)
    return { files, comment: await commentOf(calls, { key, edition, runId }) }
  }
  const write = ({ text, runId, digest, files }: Posting) => ({
    body: edition.body(marked(edition.flavour, text, { sign: marker(runId, digest), files })),
    // Service management shows comments to customers unless this property says otherwise; elsewhere it means nothing.
    ...(audience === 'internal' ? { properties: [{ key: 'sd.public.comment', value: { internal: true } }] } : {}),
  })
  const arrived = (posting: Posting) => async () => {
    const { comment } = await find(posting.runId)
    return comment?.digest === posting.digest ? { id: comment.id } : null
  }
  return {
    page: `${base}/browse/${key}`,
    filesLiveIn: 'ticket',
    largestFile: () => largestFile(calls),
    find,
    upload: (file, runId) => upload(calls, key, { file, runId }),
    discard: (file) => remove(calls, file),
    retire: (file) => remove(calls, file),
    async post(posting) {
      const call = { method: 'POST', path: `${path}/comment`, doing: 'post the comment' } as const
      const whole = { ...call, rehearsed: { id: '1' }, arrived: arrived(posting) }
      return addressOf(textAt(await calls.askWith(whole, write(posting)), 'id'))
    },
    async edit({ id }, posting) {
      const call = { method: 'PUT', path: `${path}/comment/${id}`, doing: 'update the comment' } as const
      await calls.askWith({ ...call, rehearsed: { id }, arrived: arrived(posting) }, write(posting))
      return addressOf(id)
    },
  }
}

async function largestFile(calls: Caller): Promise<number | null> {
  const rehearsed = { enabled: true, uploadLimit: 1_000_000_000 }
  const meta = await calls.ask({ method: 'GET', path: '/attachment/meta', doing: 'ask for the limits', rehearsed })
  if (at(meta, 'enabled') === false)
    throw new FaultlineError('ticket-file-refused', 'This Jira takes no attachments: they are switched off.', {
      hint: 'Bring the comment alone: --file none.',
    })
  return numberOrNull(meta, 'uploadLimit')
}

/** Attachments of this run, the oldest first. */
async function filesOf(calls: Caller, key: string, runId: string): Promise<StoredFile[]> {
  const call = { method: 'GET', path: `/issue/${key}?fields=attachment`, doing: 'look for earlier files' } as const
  const answer = await calls.ask({ ...call, rehearsed: { fields: { attachment: [] } } })
  return listAt(answer, 'fields', 'attachment')
    .map((one) => ({
      id: textAt(one, 'id'),
      name: textAt(one, 'filename'),
      size: numberOrNull(one, 'size'),
      link: null,
    }))
    .filter(({ name }) => name.startsWith(`faultline-${runId}.`))
    .sort((a, b) => Number(a.id) - Number(b.id))
}

async function commentOf(
  calls: Caller,
  { key, edition, runId }: { readonly key: string; readonly edition: Edition; readonly runId: string },
): Promise<Found['comment']> {
  for (let page = 0; page < PAGES; page++) {
    const path = `/issue/${key}/comment?orderBy=-created&maxResults=${PAGE}&startAt=${page * PAGE}`
    const answer = await calls.ask({
      method: 'GET',
      path,
      doing: 'look for an earlier comment',
      rehearsed: { comments: [], total: 0 },
    })
    const comments = listAt(answer, 'comments')
    for (const one of comments) {
      const digest = digestAtEnd(edition.ending(at(one, 'body')), runId)
      if (digest !== null) return { id: textAt(one, 'id'), digest }
    }
    if (comments.length === 0 || (page + 1) * PAGE >= (numberOrNull(answer, 'total') ?? 0)) return null
  }
  return null
}

interface Upload {
  readonly file: Attachment
  readonly runId: string
}

async function upload(calls: Caller, key: string, { file, runId }: Upload): Promise<StoredFile> {
  const before = new Set((await filesOf(calls, key, runId)).map(({ id }) => id))
  const arrived = async () => {
    const fresh = (await filesOf(calls, key, runId)).filter(({ id, name }) => !before.has(id) && name === file.name)
    const whole = fresh.find(({ size }) => size === file.bytes.length)
    for (const half of fresh) if (half !== whole) await remove(calls, half)
    return whole === undefined ? null : [{ id: whole.id }]
  }
  const call = { method: 'POST', path: `/issue/${key}/attachments`, doing: `upload ${file.name}` } as const
  const answer = await calls.sendForm({ ...call, rehearsed: [{ id: '1' }], arrived }, 'file', file)
  return { id: textAt(answer, 0, 'id'), name: file.name, size: file.bytes.length, link: null }
}

async function remove(calls: Caller, { id, name }: StoredFile): Promise<void> {
  const path = `/attachment/${encodeURIComponent(id)}`
  await calls.ask({ method: 'DELETE', path, doing: `remove ${name}`, rehearsed: null })
}
