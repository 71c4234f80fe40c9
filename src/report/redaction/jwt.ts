// What may be kept of a JSON Web Token: algorithm, expiry and issue, because expiry is evidence.
import { formatInstant, SECOND } from '../../model/index.ts'

/** `[secret:jwt alg=RS256 exp=2026-01-01T00:00:00.000Z]`; what cannot be read is left out. */
export function describeToken(token: string): string {
  const [header = '', payload = ''] = token.split('.')
  const [head, body] = [claims(header), claims(payload)]
  const parts = [algorithm(head.alg), time('iat', body.iat), time('exp', body.exp)]
  return `[${['secret:jwt', ...parts.filter((part) => part !== null)].join(' ')}]`
}

/** A part that stands alone: its times where it holds some, else that it was encoded; null where it is no JSON. */
export function describeEncoded(text: string): string | null {
  const plain = Buffer.from(text, 'base64').toString('latin1')
  const inner = plain.startsWith('eyJ') ? Buffer.from(plain, 'base64url').toString('latin1') : plain
  if (!/^\{\s*"[\w:./@ -]{1,64}"\s*:/.test(inner)) return null
  const body = claims(text)
  const parts = ['secret:jwt', time('iat', body.iat), time('exp', body.exp)].filter((part) => part !== null)
  return `[${parts.join(' ')}]`
}

function claims(part: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString())
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch (error) {
    // Cut or encrypted: nothing of it is kept.
    if (error instanceof SyntaxError) return {}
    throw error
  }
}

function algorithm(value: unknown): string | null {
  return typeof value === 'string' && /^[A-Za-z0-9-]{1,20}$/.test(value) ? `alg=${value}` : null
}

function time(name: string, value: unknown): string | null {
  const text = typeof value === 'number' && Number.isFinite(value) ? formatInstant(Math.round(value) * SECOND) : null
  return text === null ? null : `${name}=${text.replace('.000Z', 'Z')}`
}
