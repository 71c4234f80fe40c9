// GitLab: files are uploaded to the project, a note links them.
// https://docs.gitlab.com/api/project_markdown_uploads/ and https://docs.gitlab.com/api/notes/
import { FaultlineError } from '../../model/index.ts'
import { baseOf, needed, optional, unknownTarget } from '../address.ts'
import { at, listAt, numberOrNull, textAt, textOrNull } from '../answer.ts'
import { type Caller, caller } from '../call.ts'
import { deliver } from '../deliver.ts'
import { digestAtEnd, linkedFiles, MARKER_BYTES, marked, marker } from '../marker.ts'
import type { Attachment, Found, Posting, StoredFile, System, Ticket } from '../ticket.ts'

/** Notes take a million characters; nobody reads them. */
const COMMENT_BYTES = 60_000
const PAGE = 100
const PAGES = 50
const KINDS: Readonly<Record<string, string>> = { '#': 'issues', '!': 'merge_requests' }

export const gitlab: System = {
  scheme: 'gitlab',
  form: 'gitlab:group/project#7',
  settings: [
    { name: 'GITLAB_TOKEN', kind: 'secret', need: 'required' },
    { name: 'GITLAB_URL', kind: 'plain', need: 'optional' },
  ],
  destination(reference, settings) {
    const parts = /^([\w.-]+(?:\/[\w.-]+)+)([#!])(\d+)$/.exec(reference)
    if (parts === null) throw unknownTarget(`gitlab:${reference}`, [gitlab.form])
    const [, project = '', sign = '', number = ''] = parts
    const site = baseOf('GITLAB_URL', optional(settings, 'GITLAB_URL') ?? 'https://gitlab.com')
    const token = needed(settings, 'GITLAB_TOKEN')
    const base = `${site}/api/v4/projects/${encodeURIComponent(project)}`
    const kind = KINDS[sign] ?? ''
    const place = { kind, number, page: `${site}/${project}/-/${kind}/${number}` }
    const headers = { accept: 'application/json', 'private-token': token }
    return {
      name: `GitLab ${sign === '!' ? 'merge request' : 'issue'} ${reference}`,
      flavour: 'markdown',
      commentBytes: COMMENT_BYTES - MARKER_BYTES,
      formats: ['html'],
      secrets: [token],
      deliver: (rendition, wire) => deliver(issue(caller({ base, headers }, wire), place), rendition),
    }
  },
}

interface Place {
  readonly kind: string
  readonly number: string
  readonly page: string
}

function issue(calls: Caller, { kind, number, page }: Place): Ticket {
  const notes = `/${kind}/${number}/notes`
  const write = ({ text, files, runId, digest }: Posting) => {
    return { body: marked('markdown', text, { sign: marker(runId, digest), files }) }
  }
  const arrived = (posting: Posting) => async () => {
    const { comment } = await find(calls, notes, posting.runId)
    return comment?.digest === posting.digest ? { id: comment.id } : null
  }
  return {
    page,
    filesLiveIn: 'comment',
    largestFile: async () => null,
    find: (runId) => find(calls, notes, runId),
    upload: (file) => upload(calls, file),
    discard: (file) => remove(calls, file),
    retire: (file) => remove(calls, file),
    async post(posting) {
      const call = { method: 'POST', path: notes, doing: 'post the note', rehearsed: { id: 1 } } as const
      const note = await calls.askWith({ ...call, arrived: arrived(posting) }, write(posting))
      return `${page}#note_${textAt(note, 'id')}`
    },
    async edit({ id }, posting) {
      const call = { method: 'PUT', path: `${notes}/${id}`, doing: 'update the note', rehearsed: {} } as const
      await calls.askWith({ ...call, arrived: arrived(posting) }, write(posting))
      return `${page}#note_${id}`
    },
  }
}

async function find(calls: Caller, notes: string, runId: string): Promise<Found> {
  for (let page = 1; page <= PAGES; page++) {
    const path = `${notes}?order_by=created_at&sort=desc&per_page=${PAGE}&page=${page}`
    const some = listAt(await calls.ask({ method: 'GET', path, doing: 'look for an earlier note', rehearsed: [] }))
    for (const one of some) {
      const body = textOrNull(one, 'body') ?? ''
      const digest = digestAtEnd(body, runId)
      if (digest !== null) return { comment: { id: textAt(one, 'id'), digest }, files: linkedFiles(body) }
    }
    if (some.length < PAGE) break
  }
  return { comment: null, files: [] }
}

/** The link is the id: with it a file is removed, by the secret in it. */
async function upload(calls: Caller, file: Attachment): Promise<StoredFile> {
  const known = await uploads(calls, file.name)
  const arrived = async () => {
    // What came in twice has no link that was told us: it is removed, and sent again.
    for (const id of (await uploads(calls, file.name)) ?? [])
      if (known?.includes(id) === false) await removeById(calls, id)
    return null
  }
  const call = { method: 'POST', path: '/uploads', doing: `upload ${file.name}`, arrived } as const
  const rehearsed = { url: `/uploads/0/${file.name}` }
  const answer = await calls.sendForm({ ...call, rehearsed }, 'file', file)
  const link = textAt(answer, 'url')
  return { id: link, name: file.name, size: file.bytes.length, link }
}

/** Ids of uploads of this name; null where the token may not list them: that takes a maintainer. */
async function uploads(calls: Caller, name: string): Promise<number[] | null> {
  const call = { method: 'GET', path: `/uploads?per_page=${PAGE}`, doing: 'look for uploads', rehearsed: [] } as const
  try {
    const some = listAt(await calls.ask(call)).filter((one) => at(one, 'filename') === name)
    return some.map((one) => numberOrNull(one, 'id')).filter((id) => id !== null)
  } catch (error) {
    if (error instanceof FaultlineError && ['ticket-forbidden', 'ticket-not-found'].includes(error.code)) return null
    throw error
  }
}

async function removeById(calls: Caller, id: number): Promise<void> {
  await calls.ask({ method: 'DELETE', path: `/uploads/${id}`, doing: 'remove a half upload', rehearsed: null })
}

async function remove(calls: Caller, { link, name }: StoredFile): Promise<void> {
  const [, secret = ''] = /\/uploads\/([^/]+)\/[^/]+$/.exec(link ?? '') ?? []
  const path = `/uploads/${encodeURIComponent(secret)}/${encodeURIComponent(name)}`
  await calls.ask({ method: 'DELETE', path, doing: `remove ${name}`, rehearsed: null })
}
