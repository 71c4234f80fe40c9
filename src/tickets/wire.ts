// The way out of the machine: one request after the other, with time-outs, tries and pauses; nothing is stored twice.
import { FaultlineError } from '../model/index.ts'
import { type Answer, type Exchange, exchange } from './exchange.ts'
import { refusal } from './refusal.ts'
import type { Request } from './request.ts'

export interface Wire {
  /**
   * The answer's JSON; null where it has none.
   * @throws FaultlineError `ticket-…`, as `refusal` names them, `ticket-unreachable`, or `ticket-uncertain`
   */
  send(request: Request): Promise<unknown>
  save(path: string, bytes: Uint8Array): void
}

/** Time and chance, so that tests have neither. */
export interface Clock {
  sleep(milliseconds: number): Promise<void>
  /** 0 to 1. */
  jitter(): number
  /** Milliseconds since 1970. */
  now(): number
}

export interface WireOptions {
  readonly clock: Clock
  readonly timeoutMs: number
  readonly secrets: readonly string[]
  /** Keeps a file that goes out by other hands. @throws FaultlineError `not-writable` */
  readonly save: (path: string, bytes: Uint8Array) => void
}

/** Nobody knows whether the request was carried out. */
export const UNCERTAIN = 'ticket-uncertain'

const TRIES = 3
const FIRST_PAUSE_MS = 500
/** Whoever asks to wait longer is told so instead. */
const LONGEST_PAUSE_MS = 60_000

export function createWire(options: WireOptions): Wire {
  return { send: (request) => sendOften(request, options), save: options.save }
}

async function sendOften(request: Request, options: WireOptions): Promise<unknown> {
  for (let attempt = 1; ; attempt++) {
    const result = await exchange(request, options.timeoutMs)
    if (isDone(result, request)) return result.kind === 'answer' ? result.body : null
    const failure = failureOf(result, request, options.secrets)
    if (isDoubtful(result) && request.arrived !== undefined) {
      const stored = await lookAfter(request.arrived, failure)
      if (stored !== null) return stored
    }
    const pause = attempt < TRIES ? pauseAfter(result, attempt, options.clock) : null
    if (pause === null) throw failure
    await options.clock.sleep(pause)
  }
}

/** What is to be deleted may be gone already. */
function isDone(result: Exchange, { method }: Request): boolean {
  if (result.kind === 'lost') return false
  return (result.status >= 200 && result.status < 300) || (method === 'DELETE' && [404, 410].includes(result.status))
}

/** The request may have been carried out although it failed here. */
function isDoubtful(result: Exchange): boolean {
  return result.kind === 'lost' ? result.sent === 'perhaps' : result.status >= 500 || result.status === 408
}

async function lookAfter(arrived: () => Promise<unknown>, failure: FaultlineError): Promise<unknown> {
  try {
    return await arrived()
  } catch {
    throw new FaultlineError(UNCERTAIN, failure.message, {
      cause: failure,
      hint: 'It may have been stored all the same. Run it again later: what was stored will be found.',
    })
  }
}

/** Milliseconds until the next try; null where another one would be refused too. */
function pauseAfter(result: Exchange, attempt: number, clock: Clock): number | null {
  const base = FIRST_PAUSE_MS * 2 ** (attempt - 1)
  const own = Math.round(base * (1 + clock.jitter()))
  if (result.kind === 'lost') return result.reason === 'certificate' ? null : own
  const asked = askedPause(result, clock)
  const isBusy = [408, 429, 500, 502, 503, 504].includes(result.status) || (result.status === 403 && asked !== null)
  if (!isBusy) return null
  return asked === null ? own : asked > LONGEST_PAUSE_MS ? null : Math.max(asked, own)
}

/** RFC 9110 section 10.2.3: seconds, or a date. */
function askedPause({ retryAfter }: Answer, clock: Clock): number | null {
  if (retryAfter === null) return null
  if (/^\d+$/.test(retryAfter.trim())) return Number(retryAfter) * 1000
  const date = Date.parse(retryAfter)
  return Number.isNaN(date) ? null : Math.max(0, date - clock.now())
}

function failureOf(result: Exchange, request: Request, secrets: readonly string[]): FaultlineError {
  const { doing, carries, url } = request
  const { host } = new URL(url)
  if (result.kind === 'answer') return masked(refusal(result, { doing, carries, host }), secrets)
  const hint =
    result.reason === 'certificate'
      ? 'Where the company has a certificate authority of its own, name it in NODE_EXTRA_CA_CERTS.'
      : 'Run it again later: what was stored will be found.'
  const sentence = `${host} ${LOSSES[result.reason]} (${doing}).`
  return new FaultlineError('ticket-unreachable', sentence, { hint, cause: result.cause })
}

const LOSSES = {
  'no-connection': 'cannot be reached',
  certificate: 'shows a certificate that this machine does not trust',
  'timed-out': 'does not answer in time',
  cut: 'cut the connection',
  'too-long': 'answers more than can be read',
} as const

function masked(error: FaultlineError, secrets: readonly string[]): FaultlineError {
  const options = error.hint === null ? {} : { hint: error.hint }
  return new FaultlineError(error.code, mask(error.message, secrets), options)
}

/** The text with stars for every secret. */
export function mask(text: string, secrets: readonly string[]): string {
  return secrets.filter((secret) => secret !== '').reduce((shown, secret) => shown.replaceAll(secret, '***'), text)
}
