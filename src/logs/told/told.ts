// What all styles share: a request as an application tells of it, and words by which calls to others are told from answers.
import type { AccessRequest } from '../reading.ts'
import type { Bare } from './duration.ts'

/** A request as an application tells of it, and the sign that all lines of its kind show. */
export interface Told extends AccessRequest {
  readonly sign: string
}

/** Looks at one line, header and all; `bare` is the unit of whole numbers without one. */
export interface Style {
  (text: string, bare: Bare): Told | null
  /** The same for lines written as an example is, found by its names alone; null where it is not told by names. */
  readonly narrow?: (example: string) => Style | null
}

export const VERB = '(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)'
export const STATUS = '([1-5]\\d\\d)'

interface Parts {
  readonly sign: string
  readonly status: string | undefined
  readonly duration: number | null
  readonly method?: string | undefined
  readonly path?: string | undefined
}

export function told({ sign, status, duration, method, path }: Parts): Told {
  const asked = { method: method ?? null, path: path?.replace(/\?.*/, '') ?? null }
  return { sign, ...asked, status: Number(status), duration, client: null, host: null, userAgent: null, upstream: null }
}

/** Words and names of who asks others: what he tells is no request that was answered here. */
const ASKING =
  /\b(?:upstream|outgoing|outbound|egress|downstream|calling|fetch|fetching|fetched|urllib3?|connectionpool|axios|undici|okhttp|http[-_. ]?client|external|third[- ]party|dependency|webhook (?:sent|deliver\w*)|forward(?:ed|ing) to|proxied|retrying|remote_(?:service|host))\b|span[._]kind"?[=:] ?"?(?:SPAN_KIND_)?client|\bpeer[._]/i
const ASKER = /[a-z](?:Client|RestTemplate)\b|\bFeign/
/** Paths and agents hold any word. */
const NAMED_ANYTHING = /[\w.-]*\/[^ "]*/g

export function isAsking(text: string): boolean {
  if (!ASKING.test(text) && !ASKER.test(text)) return false
  const said = text.replace(NAMED_ANYTHING, ' ')
  return ASKING.test(said) || ASKER.test(said)
}
