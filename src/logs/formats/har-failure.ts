// Why a request of an HTTP archive got no answer: in the words of whoever recorded it.
import { isObject } from '../flatten.ts'

type Known = Readonly<Record<string, unknown>>

/** Chromium and mitmproxy, Playwright; a comment is anybody's (HAR 1.2). */
const NAMES = ['_error', '_failureText', 'comment']
/**
 * Whoever asked wanted no answer any more, or none at all: pages left, blockers, rules of the page's own, a network that was changed.
 * https://source.chromium.org/chromium/chromium/src/+/main:net/base/net_error_list.h
 */
const UNWANTED =
  /\bERR_(?:ABORTED|BLOCKED_BY_\w+|CACHE_MISS|NETWORK_CHANGED|NETWORK_IO_SUSPENDED|UNKNOWN_URL_SCHEME|DISALLOWED_URL_SCHEME|FILE_NOT_FOUND)\b|\bNS_(?:BINDING_ABORTED|ERROR_ABORT|ERROR_(?:TRACKING|PHISHING|MALWARE|BLOCKED)\w*)\b|^(?:load |request )?(?:was )?cancell?ed\.?$/i

/** Where blockers send names that they keep back. */
const SINKHOLES: ReadonlySet<unknown> = new Set(['0.0.0.0', '::', '[::]'])

export interface Failure {
  /** Empty where nobody says. */
  readonly text: string
  /** It is no fault of anybody. */
  readonly isUnwanted: boolean
}

/** Of an entry whose response has no status. */
export function failureOf(entry: Known, response: Known): Failure {
  const text = firstText([response, entry])
  const wasGivenUp = entry._wasAborted === true || response._wasAborted === true
  const isKeptBack = SINKHOLES.has(entry.serverIPAddress)
  return { text, isUnwanted: UNWANTED.test(text) || isKeptBack || (wasGivenUp && text === '') }
}

function firstText(places: readonly Known[]): string {
  for (const name of NAMES) {
    for (const place of places) {
      const value = place[name]
      if (typeof value === 'string' && value.trim() !== '') return value.trim()
      if (isObject(value) && typeof value.message === 'string') return value.message.trim()
    }
  }
  return ''
}
