// GitHub, as far as `attach` speaks to it; from github/rest-api-description, descriptions/api.github.com/api.github.com.json,
// operations issues/list-comments, issues/create-comment, issues/update-comment, issues/get-comment, gists/list, gists/create, gists/delete.
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
  const vendor = await startVendor(context, operations(comments, gists))
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

const BODY = {
  type: 'object',
  required: ['body'],
  properties: { body: { type: 'string', longest: 65_536 } },
} as const

const GIST = {
  type: 'object',
  required: ['files'],
  properties: { description: { type: 'string' }, public: { type: 'boolean' }, files: { type: 'object', open: true } },
} as const

function operations(comments: Comment[], gists: Map<string, Gist>): Operation[] {
  const headers = {
    authorization: new RegExp(`^Bearer ${SECRET}$`),
    accept: /^application\/vnd\.github\+json$/,
    'x-github-api-version': /^\d{4}-\d\d-\d\d$/,
    'user-agent': /./,
  }
  const paging = { per_page: /^(?:\d\d?|100)$/, page: /^\d+$/ }
  const page = (all: readonly unknown[], query: URLSearchParams) => {
    const [size, at] = [Number(query.get('per_page') ?? 30), Number(query.get('page') ?? 1) - 1]
    return { status: 200, body: all.slice(at * size, (at + 1) * size) }
  }
  let last = 0
  return [
    {
      name: 'GET /repos/{owner}/{repo}/issues/{number}/comments',
      headers,
      query: paging,
      answer: ({ query }) => page(comments, query),
    },
    {
      name: 'POST /repos/{owner}/{repo}/issues/{number}/comments',
      headers,
      body: BODY,
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
      body: BODY,
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
      query: paging,
      answer: ({ query }) => page([...gists.values()].reverse(), query),
    },
    {
      name: 'POST /gists',
      headers,
      body: GIST,
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
