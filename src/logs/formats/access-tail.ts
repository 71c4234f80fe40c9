// What access logs put behind the status: sizes, referrer, agent, durations, upstream, request id.
import type { OpenFields } from '../reading.ts'

const TOKEN = /"((?:[^"\\]|\\.)*)"|\[([^\]]*)\]|(\S+)/g
const NAMED_DURATION =
  /(?:^|[\s"])(?:rt|request_time|req_time|time|duration|reqtime|request_duration)[=:]"?(\d+(?:\.\d+)?)(ms|us|s)?/
const MILLIS = /(?:^|\s)(\d+(?:\.\d+)?)ms(?:\s|$)/
const NAMED_ID = /(?:^|\s)(?:id|rid|req_id|request_id|reqid|requestId|x_request_id)=(\S+)/

/** A number of seconds, milliseconds or microseconds as microseconds; no unit: seconds with a point, else milliseconds. */
export function durationMicros(number: string, unit: string | undefined): number {
  const value = Number(number)
  if (unit === 'us') return Math.round(value)
  return Math.round(value * (unit === 's' || (unit === undefined && number.includes('.')) ? 1e6 : 1e3))
}

/** Fields of the tail; `before` is what stands between time and request (nginx proxy manager puts the host there). */
export function tailOf(tail: string, before: string): OpenFields {
  const fields: OpenFields = {}
  const tokens: string[] = []
  const quoted: string[] = []
  for (const found of tail.matchAll(TOKEN)) {
    if (found[1] !== undefined) quoted.push(found[1])
    tokens.push(found[0])
  }
  const bytes = /^\d+$/.test(tokens[0] ?? '') ? Number(tokens[0]) : null
  if (bytes !== null) fields.bytes = bytes
  if (quoted[0] !== undefined && quoted[0] !== '-' && quoted[0] !== '') fields.referrer = quoted[0]
  const agent = quoted[1]
  if (agent !== undefined && agent !== '-' && agent !== '') fields.user_agent = agent
  addNamed(fields, tail)
  addIngress(fields, tokens)
  addLast(fields, tokens, before)
  return fields
}

function addNamed(fields: OpenFields, tail: string): void {
  const named = NAMED_DURATION.exec(tail) ?? MILLIS.exec(tail)
  if (named !== null)
    fields.duration = durationMicros(named[1] ?? '0', named[2] ?? (named[0].includes('ms') ? 'ms' : undefined))
  const id = NAMED_ID.exec(tail)?.[1]
  if (id !== undefined && id !== '-') fields.request_id = id.replace(/^"|"$/g, '')
}

/** ingress-nginx: length, time, [upstream name], [alternative], address, length, time, status, request id. */
function addIngress(fields: OpenFields, tokens: readonly string[]): void {
  const at = tokens.findIndex((token, index) => token.charCodeAt(0) === 91 && tokens[index + 1]?.charCodeAt(0) === 91)
  if (at < 2) return
  const time = tokens[at - 1] ?? ''
  if (/^\d+\.\d+$/.test(time)) fields.duration ??= durationMicros(time, 's')
  const address = tokens[at + 2]
  if (address !== undefined && address !== '-') fields.upstream = address
  const id = tokens.at(-1) ?? ''
  if (/^[0-9a-f]{16,64}$/.test(id)) fields.request_id ??= id
}

/** Apache's `%T/%D`: the same time in whole seconds and in microseconds. */
function isTwice(token: string): boolean {
  const [seconds, micros] = token.split('/').map(Number)
  return /^\d+\/\d+$/.test(token) && seconds === Math.floor((micros ?? 0) / 1e6)
}

/** A time in seconds as the very last word, or before the request. */
function addLast(fields: OpenFields, tokens: readonly string[], before: string): void {
  if (fields.duration !== undefined) return
  const twice = tokens.slice(1).find(isTwice)
  if (twice !== undefined) {
    fields.duration = Number(twice.split('/')[1])
    return
  }
  const last = /(?:^|\s)(\d+\.\d{3,6})\s*$/.exec(before)?.[1] ?? tokens.at(-1)?.replace(/^"|"$/g, '') ?? ''
  if (/^\d{1,6}\.\d{3,6}$/.test(last)) fields.duration = durationMicros(last, 's')
}
