// Entries of an HTTP archive (HAR 1.1, 1.2): requests as a browser, a proxy or a test recorded them on the side of who asked.
import { SECOND, type Severity } from '../../model/index.ts'
import { isObject, parseObject } from '../flatten.ts'
import type { LogFormat } from '../format.ts'
import { type AccessRequest, type Reading, reading } from '../reading.ts'
import { readStamp } from '../time/read-stamp.ts'
import type { Stamp } from '../time/stamp.ts'
import { answerOf, redirectError } from './har-answer.ts'
import { type Entry, entryOf, type Known, knownOf, objectOf, textOf } from './har-entry.ts'
import { toldBy } from './har-headers.ts'

/** A record, and what of the entry may be quoted: neither cookies nor credentials, nor what was sent. */
export interface HarReading {
  readonly reading: Reading
  readonly quoted: readonly string[]
}

const SWITCHING_PROTOCOLS = 101
const SLOW_LOOKUP = SECOND
/** Signs of a failing answer that are quoted. */
const QUOTED = 1000

/** `GET https://api.example/v1/chat 503 Service Unavailable in 1203 ms` */
function bodyOf({ method, target, status, phrase, time, failure, isCached }: Entry): string {
  const asked = `${method} ${target.shown}`
  const took = time === null ? '' : `${Math.round(time)} ms`
  if (failure === null) {
    const answer = status >= 400 ? `${status} ${phrase}`.trim() : String(status)
    return `${asked} ${answer}${isCached ? ' from cache' : took && ` in ${took}`}`
  }
  const { text, isUnwanted } = failure
  const end = text === '' ? (isUnwanted ? 'was given up' : 'has no answer') : text
  return `${asked} ${end}${took && ` after ${took}`}`
}

function severityOf({ status, failure, target }: Entry): Severity {
  if (failure !== null) return failure.isUnwanted || !target.isRemote ? 'info' : failure.text === '' ? 'warn' : 'error'
  return status >= 500 ? 'error' : status >= 400 ? 'warn' : 'info'
}

/** Null where nobody was asked, or nobody answered. */
function requestOf({ method, target, status, time, fields, isCached }: Entry, answer: string): AccessRequest | null {
  if (status === 0 || isCached || !target.isRemote) return null
  // A connection that goes on in another protocol lasts as long as it is of use.
  const isAnswered = time !== null && status !== SWITCHING_PROTOCOLS
  return {
    client: null,
    method: method || null,
    path: target.path,
    host: target.host,
    status,
    duration: isAnswered ? Math.round(time * 1000) : null,
    userAgent: textOf(fields.user_agent) || null,
    upstream: null,
    begins: true,
    teller: 'client',
    server: /^[\d.]+$|:/.test(textOf(fields.server)) ? textOf(fields.server) : null,
    port: target.port,
    ...(answer === '' ? {} : { answer }),
  }
}

function stampOf(text: string): Stamp | null {
  const stamp = readStamp(text, 0)
  return stamp === null ? null : { ...stamp, start: 0, seconds: 0, end: 0 }
}

/** In words, where a browser waited for a name. */
function slowLookup({ fields: { dns }, target: { host } }: Entry): string {
  return typeof dns === 'number' && dns > SLOW_LOOKUP ? `dns lookup took ${Math.round(dns / 1000)}ms host=${host}` : ''
}

/** Null where the object is no entry. */
export function readHarEntry(object: Known): HarReading | null {
  const entry = entryOf(object)
  if (entry === null) return null
  const { method, target, status, phrase, headers, response, failure } = entry
  const answer = status >= 400 ? answerOf(objectOf(response.content)) : redirectError(response.redirectURL)
  const told = status >= 400 ? toldBy(headers) : []
  const request = requestOf(entry, answer)
  const named = knownOf({ method, path: target.path, status: status || null, duration: request?.duration })
  const started = textOf(object.startedDateTime)
  const lookup = slowLookup(entry)
  const detail = [answer, lookup, ...told.map(([name, value]) => `${name}=${value}`)]
    .filter((part) => part !== '')
    .join('\n')
  return {
    reading: reading({
      stamp: stampOf(started),
      severity: severityOf(entry),
      body: bodyOf(entry),
      fields: { ...Object.fromEntries(told), ...entry.fields, ...named },
      detail,
      request,
    }),
    quoted: [
      ...[started, method, target.shown, status === 0 ? '' : String(status), phrase, failure?.text ?? ''],
      ...told.flat(),
      lookup === '' ? '' : String(objectOf(object.timings).dns),
      answer.slice(0, QUOTED),
    ],
  }
}

/** The first entry of an archive that lies in one line: archives are read entry by entry. */
function read(line: string): Reading | null {
  const entries = line.startsWith('{"log":{') ? objectOf(parseObject(line)?.log).entries : null
  const [first] = Array.isArray(entries) ? entries : []
  return isObject(first) ? (readHarEntry(first)?.reading ?? null) : null
}

export const har: LogFormat = {
  name: 'har',
  frame: 'line',
  begins: /\{/,
  takes: [
    '{"log":{"version":"1.2","creator":{"name":"x","version":"1"},"entries":[{"startedDateTime":"2026-11-20T22:18:02.120+01:00","time":1203.4,"request":{"method":"POST","url":"https://api.example/v1/chat","headers":[]},"response":{"status":503,"statusText":"","headers":[],"content":{"size":0,"mimeType":""}},"timings":{"send":1,"wait":1200,"receive":2.4}}]}}',
  ],
  leaves: ['{"log":{"version":"1.2","creator":{"name":"x","version":"1"},"entries":[]}}', '{"log":{"level":"info"}}'],
  open: () => read,
}
