// A ticket system on this machine: takes only what its vendor's documents say, and fails as it is told.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { TestContext } from 'node:test'
import { type Asked, type Interface, type Reply, readInterface } from './interface.ts'

export interface Seen extends Asked {
  /** The parts of `path` that the operation's pattern takes out, decoded. */
  readonly parts: readonly string[]
  /** What of a file is to be stored before the connection is cut. */
  readonly kept: 'whole' | 'half'
}

export interface Operation {
  /** `GET /rest/api/3/issue/{key}`: braces take one part of the path. */
  readonly name: string
  /** What the interface leaves open, and this desk does not: credentials, records that are not there. */
  readonly headers?: Readonly<Record<string, RegExp>>
  answer(seen: Seen): Reply
}

/** One way to fail: before anything is stored, or after it; a torn answer breaks off after its head. */
export type Fault =
  | { readonly kind: 'status'; readonly status: number; readonly body?: unknown; readonly retryAfter?: string }
  | { readonly kind: 'cut' | 'stall' | 'torn' }
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
  /** The next so many requests whose `METHOD path` matches fail in this way, once one has come that matches `after`. */
  fail(pattern: RegExp, fault: Fault, times?: number, after?: RegExp): void
  /** Nothing fails any more. */
  heal(): void
}

/** Without the name of an interface it takes all that its operations answer. */
export async function startVendor(
  context: TestContext,
  operations: readonly Operation[],
  name: string | null = null,
): Promise<Vendor> {
  const published = name === null ? null : readInterface(name)
  const [asked, problems]: [string[], string[]] = [[], []]
  const received: Buffer[] = []
  const faults: { pattern: RegExp; fault: Fault; left: number; after: RegExp }[] = []
  const server = createServer((request, response) => {
    void read(request).then((seen) => {
      const line = `${seen.method} ${seen.path}`
      asked.push(line)
      received.push(Buffer.from(request.url ?? ''), seen.body)
      const due = faults.find(
        ({ pattern, left, after }) => left > 0 && pattern.test(line) && asked.some((one) => after.test(one)),
      )
      if (due !== undefined) due.left--
      respond(response, due?.fault ?? null, (kept) => carryOut({ ...seen, kept }, { operations, published, problems }))
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
    fail: (pattern, fault, times = 1, after = /^/) => void faults.push({ pattern, fault, left: times, after }),
    heal: () => void faults.splice(0),
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
    case 'torn':
      carryOut('whole')
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' })
      response.write('{"id":', () => response.destroy())
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

interface Rules {
  readonly operations: readonly Operation[]
  readonly published: Interface | null
  readonly problems: string[]
}

function carryOut(seen: Omit<Seen, 'parts'>, { operations, published, problems }: Rules): Reply {
  const refuse = (wrong: readonly string[], status: number): Reply => {
    problems.push(...wrong)
    return { status, body: { message: wrong[0] } }
  }
  for (const operation of operations) {
    const parts = partsOf(operation.name, `${seen.method} ${seen.path}`)
    if (parts === null) continue
    const wrong = [...(published?.requestProblems(seen) ?? []), ...headerProblems(seen, operation)]
    if (wrong.length > 0) return refuse(wrong, 400)
    const reply = operation.answer({ ...seen, parts })
    problems.push(...(published?.answerProblems(seen, reply) ?? []))
    return reply
  }
  return refuse([`no such operation: ${seen.method} ${seen.path}`], 404)
}

function partsOf(name: string, line: string): string[] | null {
  const pattern = name.replace(/[.$]/g, '\\$&').replace(/\{\w+\}/g, '([^/]+)')
  const found = new RegExp(`^${pattern}$`).exec(line)
  return found === null ? null : found.slice(1).map(decodeURIComponent)
}

function headerProblems(seen: Asked, { name, headers = {} }: Operation): string[] {
  return Object.entries(headers)
    .filter(([header, pattern]) => !pattern.test(seen.headers[header] ?? ''))
    .map(([header]) => `${name}: header ${header} is ${seen.headers[header] ?? 'missing'}`)
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
