// What a failing answer of an HTTP archive says in words: by its body, or by the address it sends the browser on to.
import { withoutColours } from '../line.ts'

/** Signs of a failing answer that are read. */
const ANSWER = 4096
/** Four signs of base64 are three bytes. */
const PACKED = Math.ceil((4 * ANSWER) / 3)
const FIRST_UNREADABLE = /[\x00-\x08\x0e-\x1f\ufffd]/

/** Empty where it is no text, or was not recorded. */
export function answerOf({ text, encoding }: { readonly text?: unknown; readonly encoding?: unknown }): string {
  if (typeof text !== 'string') return ''
  if (encoding !== 'base64') return readable(text.slice(0, ANSWER))
  return readable(Buffer.from(text.slice(0, PACKED), 'base64').toString())
}

/** A sign that was cut in two stands at the end; anywhere else it is no text. */
function readable(text: string): string {
  const whole = text.replace(/\ufffd$/, '').trim()
  return FIRST_UNREADABLE.test(whole) ? '' : withoutColours(whole)
}

/** What a redirect says of an authorization that failed (RFC 6749 section 4.1.2.1), in the query or behind it. */
export function redirectError(address: unknown): string {
  const parsed = typeof address === 'string' ? URL.parse(address, 'https://redirect.invalid/') : null
  if (parsed === null) return ''
  const told = [parsed.search, parsed.hash].map((part) => new URLSearchParams(part.slice(1)))
  const named = ['error', 'error_description'].map((name) => [name, told.map((one) => one.get(name)).find(Boolean)])
  return named[0]?.[1] === undefined
    ? ''
    : named.flatMap(([name, value]) => (value ? `${name}=${value}` : [])).join('\n')
}
