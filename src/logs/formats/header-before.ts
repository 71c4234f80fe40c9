// What single programs put before the level of a line, with nothing that would part it from there: pairs, places, threads, requests.
import { fieldValue } from '../pairs.ts'
import type { Reading } from '../reading.ts'
import { type Header, take } from './header.ts'

/** WebSphere's thread, component and kind of event, which is a letter of its own. */
const WEBSPHERE = /([0-9a-f]{8}) ([\w.$-]{1,120}) +([FEWAICDORZ1-3]) +(?=\S)/y
// biome-ignore format: a table
const EVENTS: Readonly<Record<string, Reading['severity']>> = {
  F: 'fatal', E: 'error', W: 'warn', A: 'info', I: 'info', C: 'info', O: 'info', D: 'debug', Z: 'debug', 1: 'debug', 2: 'debug', 3: 'trace',
}
const REQUEST = /([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\t/y
/** Phusion Passenger's process and thread, and its place in the code. */
const PASSENGER = /(\d{1,9})\/(\w+) ([\w./-]+:\d+) \]: /y
/** Pairs of Sidekiq and Elixir before the level; `main ERROR` of log4j itself, `app.py:12 INFO`; Gitea's function and letter. */
const PAIRS = /((?:[\w.]+=\S+ +){1,12})(?=\[[a-z]{4,9}\] |[A-Z]{4,5}: )/y
const PLACE =
  /(main|[\w./-]*\.\w{1,4}:\d+)(?: (?=(?:TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL|CRITICAL) )|:[\w.()*]+\(\) (?=\[[TDIWEFC]\] ))/y
const SIDEKIQ = /(\d{1,7}) (TID-\w+) (?:(\w+) JID-(\w+) )?(?=[A-Z]{4,5}: )/y

/** Names that stand before the level with nothing that would part them from it. */
export function takeBefore(header: Header, text: string): boolean {
  return takePairs(header, text) || takePlace(header, text) || takeWebsphere(header, text) || takeRequest(header, text)
}

/** The same where that begins with a digit. */
export function takeNumbered(header: Header, text: string): boolean {
  const taken = takeSidekiq(header, text) || takePassenger(header, text)
  return taken || takeWebsphere(header, text) || takeRequest(header, text)
}

function takePairs(header: Header, text: string): boolean {
  const pairs = take(header, PAIRS, text)
  if (pairs === null) return false
  for (const pair of (pairs[1] ?? '').trim().split(/ +/)) {
    const [name = '', ...value] = pair.split('=')
    header.fields[name] = fieldValue(value.join('='))
  }
  if (typeof header.fields.pid === 'number') header.pid = header.fields.pid
  return true
}

function takePlace(header: Header, text: string): boolean {
  const place = take(header, PLACE, text)?.[1]
  if (place === undefined) return false
  header.fields[place === 'main' ? 'thread' : 'file'] = place
  return true
}

function takePassenger(header: Header, text: string): boolean {
  const found = take(header, PASSENGER, text)
  if (found === null) return false
  header.pid = Number(found[1])
  Object.assign(header.fields, { thread: found[2], file: found[3] })
  return true
}

function takeWebsphere(header: Header, text: string): boolean {
  const found = take(header, WEBSPHERE, text)
  if (found === null) return false
  header.severity = EVENTS[found[3] ?? ''] ?? null
  header.hasLogger = true
  Object.assign(header.fields, { thread: found[1], logger: found[2] })
  return true
}

/** AWS Lambda parts the request from the level by tabs. */
function takeRequest(header: Header, text: string): boolean {
  const id = take(header, REQUEST, text)?.[1]
  if (id === undefined) return false
  header.fields.request_id = id
  return true
}

function takeSidekiq(header: Header, text: string): boolean {
  const found = take(header, SIDEKIQ, text)
  if (found === null) return false
  header.pid = Number(found[1])
  Object.assign(header.fields, {
    thread: found[2],
    ...(found[3] === undefined ? {} : { logger: found[3], jid: found[4] }),
  })
  return true
}
