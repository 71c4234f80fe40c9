// A ticket system on this machine: takes only what its vendor's documents say, and fails as it is told.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { TestContext } from 'node:test'
import { type Shape, shapeProblems } from './shape.ts'

export interface Seen {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  /** The parts of `path` that the operation's pattern takes out, decoded. */
  readonly parts: readonly string[]
  /** What of a file is to be stored before the connection is cut. */
  readonly kept: 'whole' | 'half'
}

export interface Reply {
  readonly status: number
  readonly body?: unknown
}

export interface Operation {
  /** `GET /rest/api/3/issue/{key}`: braces take one part of the path. */
  readonly name: string
  /** Headers that must be there, each with what it must look like. */
  readonly headers?: Readonly<Record<string, RegExp>>
  /** Parameters that may be there, each with what it must look like; those that must be there end in `!`. */
  readonly query?: Readonly<Record<string, RegExp>>
  /** Of a body that is JSON; `file` is one of any kind; none where absent. */
  readonly body?: Shape | 'file'
  answer(seen: Seen): Reply
}

/** One way to fail: before anything is stored, or after it. */
export type Fault =
  | { readonly kind: 'status'; readonly status: number; readonly body?: unknown; readonly retryAfter?: string }
  | { readonly kind: 'cut' | 'stall' }
  | { readonly kind: 'status-after'; readonly status: number }
  | { readonly kind: 'cut-after' | 'half' }

export interface Vendor {
  readonly url: string
  /** What was asked, in order: `POST /gists`. */
  readonly asked: string[]
  /** Everything that came in, for whoever looks for secrets. */
  readonly received: Buffer[]
  /** What the vendor would not have taken. */
  readonly problems: string[]
  /** The next so many requests whose `METHOD path` matches fail in this way. */
  fail(pattern: RegExp, fault: Fault, times?: number): void
}

export async function startVendor(context: TestContext, operations: readonly Operation[]): Promise<Vendor> {
  const [asked, problems]: [string[], string[]] = [[], []]
  const received: Buffer[] = []
  const faults: { pattern: RegExp; fault: Fault; left: number }[] = []
  const server = createServer((request, response) => {
    void read(request).then((seen) => {
      const line = `${seen.method} ${seen.path}`
      asked.push(line)
      received.push(Buffer.from(request.url ?? ''), seen.body)
      const due = faults.find(({ pattern, left }) => left > 0 && pattern.test(line))
      if (due !== undefined) due.left--
      respond(response, due?.fault ?? null, (kept) => carryOut({ ...seen, kept }, operations, problems))
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  context.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    received,
    problems,
    fail: (pattern, fault, times = 1) => void faults.push({ pattern, fault, left: times }),
  }
}

async function read(request: IncomingMessage): Promise<Omit<Seen, 'parts' | 'kept'>> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const url = new URL(request.url ?? '', 'http://127.0.0.1')
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
  return {
    method: request.method ?? '',
    path: url.pathname,
    query: url.searchParams,
    headers,
    body: Buffer.concat(chunks),
  }
}

function respond(response: ServerResponse, fault: Fault | null, carryOut: (kept: Seen['kept']) => Reply): void {
  const send = ({ status, body }: Reply, headers: Record<string, string> = {}) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(body === undefined ? '' : JSON.stringify(body))
  }
  switch (fault?.kind) {
    case undefined:
      send(carryOut('whole'))
      break
    case 'status':
      send(fault, fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter })
      break
    case 'cut':
      response.destroy()
      break
    case 'stall':
      break
    case 'status-after':
      carryOut('whole')
      send({ status: fault.status })
      break
    case 'cut-after':
    case 'half':
      carryOut(fault.kind === 'half' ? 'half' : 'whole')
      response.destroy()
      break
    default:
      fault satisfies never
  }
}

function carryOut(seen: Omit<Seen, 'parts'>, operations: readonly Operation[], problems: string[]): Reply {
  for (const operation of operations) {
    const parts = partsOf(operation.name, `${seen.method} ${seen.path}`)
    if (parts === null) continue
    const wrong = problemsOf(seen, operation).map((problem) => `${operation.name}: ${problem}`)
    problems.push(...wrong)
    return wrong.length > 0 ? { status: 400, body: { message: wrong[0] } } : operation.answer({ ...seen, parts })
  }
  problems.push(`no such operation: ${seen.method} ${seen.path}`)
  return { status: 404, body: {} }
}

function partsOf(name: string, line: string): string[] | null {
  const pattern = name.replace(/[.$]/g, '\\$&').replace(/\{\w+\}/g, '([^/]+)')
  const found = new RegExp(`^${pattern}$`).exec(line)
  return found === null ? null : found.slice(1).map(decodeURIComponent)
}

function problemsOf(seen: Omit<Seen, 'parts'>, { headers = {}, query = {}, body }: Operation): string[] {
  const names = Object.keys(query).map((name) => name.replace('!', ''))
  return [
    ...Object.entries(headers)
      .filter(([name, pattern]) => !pattern.test(seen.headers[name] ?? ''))
      .map(([name]) => `header ${name} is ${seen.headers[name] ?? 'missing'}`),
    ...[...seen.query.keys()].filter((name) => !names.includes(name)).map((name) => `unknown parameter ${name}`),
    ...Object.entries(query)
      .filter(([name, pattern]) => {
        const value = seen.query.get(name.replace('!', ''))
        return value === null ? name.endsWith('!') : !pattern.test(value)
      })
      .map(([name]) => `parameter ${name} is wrong or missing`),
    ...bodyProblems(seen, body),
  ]
}

function bodyProblems({ body, headers }: Omit<Seen, 'parts'>, shape: Operation['body']): string[] {
  if (shape === undefined) return body.length > 0 ? ['a body where none belongs'] : []
  if (shape === 'file') return body.length === 0 ? ['an empty file'] : []
  if (!/^application\/json\b/.test(headers['content-type'] ?? '')) return ['not sent as application/json']
  return shapeProblems(JSON.parse(body.toString()), shape)
}

/** As much of a file as is stored. */
export function storedOf({ kept }: Seen, bytes: Buffer): Buffer {
  return kept === 'half' ? bytes.subarray(0, bytes.length >> 1) : bytes
}

/** The one file of a form; a problem where the form is not as RFC 7578 wants it. */
export function fileOf({ headers, body }: Seen, part: string): { name: string; type: string; bytes: Buffer } | string {
  const boundary = /^multipart\/form-data; boundary=([\w-]+)$/.exec(headers['content-type'] ?? '')?.[1]
  if (boundary === undefined) return 'no form'
  const text = body.toString('latin1')
  const form = new RegExp(
    `^--${boundary}\\r\\nContent-Disposition: form-data; name="${part}"; filename="([^"]+)"\\r\\nContent-Type: (\\S+)\\r\\n\\r\\n([\\s\\S]*)\\r\\n--${boundary}--\\r\\n$`,
  ).exec(text)
  if (form === null) return `no part named ${part}`
  const [, name = '', type = '', content = ''] = form
  return { name, type, bytes: Buffer.from(content, 'latin1') }
}
