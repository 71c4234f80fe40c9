// What a refusal means and what to do about it, in one sentence and a hint; never with a secret in it.
import { FaultlineError } from '../model/index.ts'
import { at } from './answer.ts'

export interface Refused {
  readonly status: number
  /** Parsed, or the text. */
  readonly body: unknown
  readonly location: string | null
}

/** What was asked when it went wrong. */
export interface Attempt {
  /** `post the comment`. */
  readonly doing: string
  /** `file` where the body is one. */
  readonly carries: 'file' | 'words'
  readonly host: string
}

const FILE_TYPE =
  /extension|file.?type|content.?type|mime|media type|not (?:an )?(?:allowed|accepted|permitted) (?:file|type)|attachment type/i

export function refusal(refused: Refused, { doing, carries, host }: Attempt): FaultlineError {
  const { status } = refused
  const said = wordsOf(refused.body)
  const tail = said === '' ? '' : ` It says: ${said}`
  const error = (code: string, sentence: string, hint: string) => {
    return new FaultlineError(code, `${sentence} (${doing}, HTTP ${status}).${tail}`, { hint })
  }
  if (carries === 'file' && (status === 415 || (status >= 400 && status < 500 && FILE_TYPE.test(said))))
    return error(
      'ticket-file-refused',
      `${host} does not take files of this type`,
      'Attach another format: --file text, --file json.',
    )
  if (status >= 300 && status < 400)
    return error(
      'ticket-redirected',
      `${host} sends elsewhere${placeOf(refused)}`,
      'Give the address of the system itself; credentials are not carried to another place.',
    )
  const [code, sentence, hint] = MEANINGS[status] ?? meaningOf(status)
  return error(code, `${host} ${sentence}`, hint)
}

type Meaning = readonly [code: string, sentence: string, hint: string]

const MEANINGS: Readonly<Record<number, Meaning>> = {
  401: ['ticket-unauthorised', 'does not know these credentials', 'Is the token right, and not expired?'],
  403: ['ticket-forbidden', 'does not let this token do that', 'README.md lists the permissions that the token needs.'],
  404: [
    'ticket-not-found',
    'has no such ticket, or does not show it to this token',
    'Check the name of the ticket and what the token may see.',
  ],
  413: [
    'ticket-too-large',
    'refuses what is sent as too large',
    'Leave blocks out with --max-bytes, or attach no file with --file none.',
  ],
  429: ['ticket-busy', 'asks to send less', 'Run it again later: what was stored will be found.'],
}

function meaningOf(status: number): Meaning {
  if (status < 500) return ['ticket-refused', 'refuses the request', 'The message may say why.']
  return ['ticket-failed', 'fails by itself', 'Run it again later: what was stored will be found.']
}

function placeOf({ location }: Refused): string {
  return location === null ? '' : ` (${clean(location.replace(/[?#].*$/, ''))})`
}

/** What the system says about it, in the places where the five put it. */
function wordsOf(body: unknown): string {
  if (typeof body === 'string') return /^\s*</.test(body) ? '' : clean(body)
  const places = [
    at(body, 'errorMessages', 0),
    at(body, 'error', 'detail'),
    at(body, 'error', 'message'),
    at(body, 'description'),
    at(body, 'message'),
    at(body, 'error'),
    firstOf(at(body, 'errors')),
  ]
  const found = places.find((place) => typeof place === 'string' && place !== '')
  return typeof found === 'string' ? clean(found) : ''
}

function firstOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? Object.values(value)[0] : null
}

/** One short line that no terminal obeys. */
function clean(text: string): string {
  const line = text.replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()
  return line.length > 200 ? `${line.slice(0, 200).toWellFormed()}…` : line
}
