// GitHub: comments only; files have no place in its interface but a secret gist.
// https://docs.github.com/en/rest/issues/comments and https://docs.github.com/en/rest/gists/gists
import { FaultlineError } from '../../model/index.ts'
import { baseOf, needed, optional, unknownTarget } from '../address.ts'
import { listAt, textAt, textOrNull } from '../answer.ts'
import { type Caller, caller } from '../call.ts'
import { deliver } from '../deliver.ts'
import { digestAtEnd, linkedFiles, MARKER_BYTES, marked, marker } from '../marker.ts'
import type { Attachment, Found, Posting, StoredFile, System, Ticket } from '../ticket.ts'

/** It says 65,536 characters and counts bytes. */
const COMMENT_BYTES = 60_000
const PAGE = 100
const PAGES = 50

export const github: System = {
  scheme: 'github',
  form: 'github:owner/repo#7',
  settings: [
    { name: 'GITHUB_TOKEN', kind: 'secret', need: 'required' },
    { name: 'GITHUB_API_URL', kind: 'plain', need: 'optional' },
  ],
  destination(reference, settings, { overflow }) {
    const parts = /^([\w.-]+)\/([\w.-]+)#(\d+)$/.exec(reference)
    if (parts === null) throw unknownTarget(`github:${reference}`, [github.form])
    const [, owner = '', repository = '', number = ''] = parts
    const base = baseOf('GITHUB_API_URL', optional(settings, 'GITHUB_API_URL') ?? 'https://api.github.com')
    const token = needed(settings, 'GITHUB_TOKEN')
    const headers = {
      accept: 'application/vnd.github+json',
      'x-github-api-version': '2022-11-28',
      'user-agent': 'faultline',
      authorization: `Bearer ${token}`,
    }
    const page = `${siteOf(base)}/${owner}/${repository}/issues/${number}`
    const place = { repository: `/repos/${owner}/${repository}`, number, page }
    return {
      name: `GitHub issue ${reference}`,
      flavour: 'markdown',
      commentBytes: COMMENT_BYTES - MARKER_BYTES,
      formats: overflow === 'gist' ? ['markdown'] : null,
      secrets: [token],
      deliver: (rendition, wire) => deliver(issue(caller({ base, headers }, wire), place), rendition),
    }
  },
}

/** Where people see what the interface at this address holds. */
function siteOf(base: string): string {
  return base === 'https://api.github.com' ? 'https://github.com' : base.replace(/\/api\/v3$/, '')
}

interface Place {
  readonly repository: string
  readonly number: string
  readonly page: string
}

function issue(calls: Caller, { repository, number, page }: Place): Ticket {
  const comments = `${repository}/issues/${number}/comments`
  const write = ({ text, files, runId, digest }: Posting) => {
    return { body: marked('markdown', text, { sign: marker(runId, digest), files }) }
  }
  const arrived = (posting: Posting) => async () => {
    const { comment } = await find(calls, comments, posting.runId)
    return comment?.digest === posting.digest ? { id: comment.id } : null
  }
  return {
    page,
    filesLiveIn: 'comment',
    largestFile: async () => null,
    find: (runId) => find(calls, comments, runId),
    upload: (file, runId) => createGist(calls, file, runId),
    discard: (file) => deleteGist(calls, file),
    retire: (file) => deleteGist(calls, file),
    async post(posting) {
      const call = { method: 'POST', path: comments, doing: 'post the comment', rehearsed: { id: 1 } } as const
      return textOrNull(await calls.askWith({ ...call, arrived: arrived(posting) }, write(posting)), 'html_url')
    },
    async edit({ id }, posting) {
      const path = `${repository}/issues/comments/${id}`
      const change = { method: 'PATCH', path, doing: 'update the comment', rehearsed: {} } as const
      await calls.askWith({ ...change, arrived: arrived(posting) }, write(posting))
      // What is too long it has been seen to refuse in silence: read back.
      const back = { method: 'GET', path, doing: 'read the comment back', rehearsed: write(posting) } as const
      const now = await calls.ask(back)
      if (digestAtEnd(textAt(now, 'body'), posting.runId) === posting.digest) return textOrNull(now, 'html_url')
      throw new FaultlineError('ticket-not-stored', 'GitHub took the new comment and kept the old one.', {
        hint: 'It may be too long for it by now. Delete the old comment and run it again.',
      })
    },
  }
}

/** The newest of this run; comments come in the order they were made. */
async function find(calls: Caller, comments: string, runId: string): Promise<Found> {
  let found: Found = { comment: null, files: [] }
  for (let page = 1; page <= PAGES; page++) {
    const path = `${comments}?per_page=${PAGE}&page=${page}`
    const some = listAt(await calls.ask({ method: 'GET', path, doing: 'look for an earlier comment', rehearsed: [] }))
    for (const one of some) {
      const body = textOrNull(one, 'body') ?? ''
      const digest = digestAtEnd(body, runId)
      if (digest !== null) found = { comment: { id: textAt(one, 'id'), digest }, files: linkedFiles(body).map(gistOf) }
    }
    if (some.length < PAGE) break
  }
  return found
}

/** The last part of its address. */
function gistOf(file: StoredFile): StoredFile {
  return { ...file, id: /([0-9a-f]+)$/.exec(file.link ?? '')?.[1] ?? file.id }
}

async function createGist(calls: Caller, { name, bytes }: Attachment, runId: string): Promise<StoredFile> {
  const content = Buffer.from(bytes).toString()
  const known = new Set((await gists(calls, runId)).map(({ id }) => id))
  const arrived = async () => (await gists(calls, runId)).find(({ id }) => !known.has(id)) ?? null
  const call = { method: 'POST', path: '/gists', doing: `keep ${name} in a secret gist` } as const
  const value = { description: describe(runId), public: false, files: { [name]: { content } } }
  const gist = await calls.askWith({ ...call, rehearsed: REHEARSED_GIST, arrived }, value)
  return { id: textAt(gist, 'id'), name, size: bytes.length, link: textAt(gist, 'html_url') }
}

const REHEARSED_GIST = { id: '0', html_url: 'https://gist.github.com/0' }

function describe(runId: string): string {
  return `faultline report ${runId}`
}

/** The youngest hundred hold what was made just now. */
async function gists(calls: Caller, runId: string): Promise<{ id: string; html_url: string }[]> {
  const call = { method: 'GET', path: `/gists?per_page=${PAGE}`, doing: 'look for gists', rehearsed: [] } as const
  return listAt(await calls.ask(call))
    .filter((one) => textOrNull(one, 'description') === describe(runId))
    .map((one) => ({ id: textAt(one, 'id'), html_url: textAt(one, 'html_url') }))
}

async function deleteGist(calls: Caller, { id, name }: StoredFile): Promise<void> {
  const path = `/gists/${encodeURIComponent(id)}`
  await calls.ask({ method: 'DELETE', path, doing: `remove the gist of ${name}`, rehearsed: null })
}
