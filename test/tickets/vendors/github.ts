// GitHub, as far as `attach` speaks to it; interfaces/github.json says what it takes.
import type { TestContext } from 'node:test'
import { type Operation, startVendor } from '../vendor.ts'
import { type Desk, type DeskKind, SECRET } from './desk.ts'

export const GITHUB: DeskKind = {
  name: 'GitHub',
  upload: /^POST \/gists$/,
  comment: /^POST .*\/issues\/7\/comments$/,
  change: /^PATCH .*\/issues\/comments\//,
  look: /^GET .*\/issues\/7\/comments$/,
  keeps: 'one comment',
  refusal: null,
  open: openGitHub,
}

interface Comment {
  readonly id: number
  body: string
}

interface Gist {
  readonly id: string
  readonly description: string
  readonly html_url: string
  readonly files: Readonly<Record<string, { readonly content: string }>>
}

async function openGitHub(context: TestContext): Promise<Desk> {
  const comments: Comment[] = []
  const gists = new Map<string, Gist>()
  const vendor = await startVendor(context, operations(comments, gists), 'github')
  const fileOf = ({ files }: Gist) => {
    return Object.entries(files).map(([name, { content }]) => ({ name, type: '', bytes: Buffer.from(content) }))
  }
  const isLinked = ({ html_url }: Gist) => comments.some(({ body }) => body.includes(`](${html_url})`))
  return {
    vendor,
    target: 'github:owner/repo#7',
    settings: { GITHUB_API_URL: vendor.url, GITHUB_TOKEN: SECRET },
    choices: { audience: 'internal', overflow: 'gist' },
    comments: () => comments.map(({ body }) => body),
    files: () => [...gists.values()].filter(isLinked).flatMap(fileOf),
    orphans: () => [...gists.values()].filter((gist) => !isLinked(gist)).flatMap(fileOf),
    lose: () => void gists.clear(),
  }
}

function operations(comments: Comment[], gists: Map<string, Gist>): Operation[] {
  const headers = { authorization: new RegExp(`^Bearer ${SECRET}$`) }
  const page = (all: readonly unknown[], query: URLSearchParams) => {
    const [size, at] = [Number(query.get('per_page') ?? 30), Number(query.get('page') ?? 1) - 1]
    return { status: 200, body: all.slice(at * size, (at + 1) * size) }
  }
  let last = 0
  return [
    {
      name: 'GET /repos/{owner}/{repo}/issues/{number}/comments',
      headers,
      answer: ({ query }) => page(comments, query),
    },
    {
      name: 'POST /repos/{owner}/{repo}/issues/{number}/comments',
      headers,
      answer: ({ body }) => {
        const comment = { id: ++last, body: JSON.parse(body.toString()).body }
        comments.push(comment)
        return {
          status: 201,
          body: { ...comment, html_url: `https://github.com/owner/repo/issues/7#issuecomment-${last}` },
        }
      },
    },
    {
      name: 'PATCH /repos/{owner}/{repo}/issues/comments/{id}',
      headers,
      answer: ({ body, parts }) => {
        const comment = comments.find(({ id }) => String(id) === parts[2])
        if (comment === undefined) return { status: 404, body: { message: 'Not Found' } }
        comment.body = JSON.parse(body.toString()).body
        return { status: 200, body: comment }
      },
    },
    {
      name: 'GET /repos/{owner}/{repo}/issues/comments/{id}',
      headers,
      answer: ({ parts }) => ({ status: 200, body: comments.find(({ id }) => String(id) === parts[2]) }),
    },
    {
      name: 'GET /gists',
      headers,
      answer: ({ query }) => page([...gists.values()].reverse(), query),
    },
    {
      name: 'POST /gists',
      headers,
      answer: ({ body }) => {
        const id = (++last).toString(16).padStart(32, 'a')
        const gist: Gist = { ...JSON.parse(body.toString()), id, html_url: `https://gist.github.com/me/${id}` }
        gists.set(id, gist)
        return { status: 201, body: gist }
      },
    },
    {
      name: 'DELETE /gists/{id}',
      headers,
      answer: ({ parts: [id = ''] }) => ({ status: gists.delete(id) ? 204 : 404 }),
    },
  ]
}
