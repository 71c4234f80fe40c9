// One request and what came of it: an answer, or the way it was lost. The only file that opens a connection.
import type { Request } from './request.ts'

export interface Answer {
  readonly kind: 'answer'
  readonly status: number
  /** JSON where it is such, else the text; null where there is none. */
  readonly body: unknown
  readonly location: string | null
  readonly retryAfter: string | null
}

export interface Loss {
  readonly kind: 'lost'
  readonly reason: 'no-connection' | 'certificate' | 'timed-out' | 'cut' | 'too-long'
  /** Whether the other side may have got it. */
  readonly sent: 'no' | 'perhaps'
  readonly cause: unknown
}

export type Exchange = Answer | Loss

/** A list of a hundred long comments is some megabytes. */
const LONGEST_ANSWER = 50_000_000

/** Redirects are not followed: the credentials are meant for one place. */
export async function exchange(request: Request, timeoutMs: number): Promise<Exchange> {
  const { method, url, headers, body } = request
  try {
    const signal = AbortSignal.timeout(timeoutMs)
    const response = await fetch(url, { method, headers, body, redirect: 'manual', signal })
    const text = await read(response)
    if (text === null) return { kind: 'lost', reason: 'too-long', sent: 'perhaps', cause: null }
    return {
      kind: 'answer',
      status: response.status,
      body: parsed(text),
      location: response.headers.get('location'),
      retryAfter: response.headers.get('retry-after'),
    }
  } catch (error) {
    return loss(error)
  }
}

async function read(response: Response): Promise<string | null> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.length
    if (length > LONGEST_ANSWER) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

function parsed(text: string): unknown {
  if (text.trim() === '') return null
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

function loss(error: unknown): Loss {
  const name = error instanceof Error ? error.name : ''
  const code = codeOf(error)
  if (name === 'TimeoutError') return { kind: 'lost', reason: 'timed-out', sent: 'perhaps', cause: error }
  if (/CERT|SELF_SIGNED|UNABLE_TO/.test(code)) return { kind: 'lost', reason: 'certificate', sent: 'no', cause: error }
  if (NEVER_SENT.has(code) || /^(?:ERR_(?:SSL|TLS)|EPROTO)/.test(code))
    return { kind: 'lost', reason: 'no-connection', sent: 'no', cause: error }
  return { kind: 'lost', reason: 'cut', sent: 'perhaps', cause: error }
}

/** fetch hides what happened in the cause. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  const code: unknown = Reflect.get(error, 'code')
  return typeof code === 'string' && code !== '' ? code : codeOf(error.cause)
}
