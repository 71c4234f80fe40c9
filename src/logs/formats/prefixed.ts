// Lines of several containers in one text, each behind a name: docker compose, pm2, `kubectl logs --prefix`, stern, kail.
import type { LogFormat, Parts } from '../format.ts'
import { type OpenFields, type OpenRecord, type Reading, reading } from '../reading.ts'
import { readStamp } from '../time/read-stamp.ts'
import { goesOn } from '../traces.ts'
import { stampedParts } from './container-bytes.ts'

/** The bar of a Java service's wrapper, which puts a level there, is another's, and so is that behind an address. */
const COMPOSE =
  /^(?:\d+\|)?(?![A-Z]{4,6} +\| (?:jvm \d|wrapper)|\d{1,3}(?:\.\d{1,3}){3} )([A-Za-z0-9][\w.-]{0,62}) +\|(?: |$)/
const EXITED = /^([A-Za-z0-9][\w.-]{0,62}) exited with code \d+$/
/** Names of pods as their owners make them: a ReplicaSet's hash and five letters, a DaemonSet's five, a StatefulSet's number. */
const HASHED = '[a-z](?:[a-z0-9.-]*[a-z0-9])?-(?:[a-z0-9]{6,10}-)?[bcdfghjklmnpqrstvwxz2456789]{5}'
const STYLES: readonly RegExp[] = [
  /^\[pod\/(?<pod>[^/\]]+)\/(?<container>[^\]]+)\] ?/,
  /^(?<namespace>[a-z0-9-]+)\/(?<pod>[a-z0-9.-]+)\[(?<container>[a-z0-9-]+)\]: /,
  new RegExp(`^\\[(?<pod>${HASHED})(?: (?<container>[a-z0-9-]+))?\\] `),
  new RegExp(`^(?:(?<namespace>[a-z][a-z0-9-]*) )?(?<pod>${HASHED}) (?<container>[a-z][a-z0-9-]*) (?:› )?`),
  /^(?<pod>[a-z][a-z0-9.-]*-\d{1,4}) (?<container>[a-z][a-z0-9-]*) (?=\d{4}-\d\d-\d\d[T ]|\{|\[|(?:level|time|ts)=)/,
]

/** The time that the runtime knew the line by, where it was asked for. */
function behindStamp(line: string, from: number): { readonly stamp: Reading['stamp']; readonly body: string } {
  const at = readStamp(line, from)
  const isRuntime =
    at !== null &&
    line.charCodeAt(at.end) === 32 &&
    line.charAt(at.start + 10) === 'T' &&
    line.charAt(at.end - 1) === 'Z'
  return isRuntime ? { stamp: at, body: line.slice(at.end + 1) } : { stamp: null, body: line.slice(from) }
}

/** A stack trace goes on line by line, as long as no other container writes between. */
function joinsSame(format: string, name: string, body: string): (record: OpenRecord) => boolean {
  return (record) => {
    if (record.format !== format || nameOf(record.reading) !== name) return false
    // One blank is a matter of style behind a bar, but not before the cause of an exception of .NET.
    if (/^ \S/.test(body) && !body.startsWith(' --->')) return false
    const last = (readPod(record.last) ?? readCompose(record.last))?.body ?? ''
    return goesOn({ first: record.reading.body, last, body })
  }
}

function nameOf({ program, fields }: Reading): string {
  return `${fields.pod ?? ''} ${program ?? ''}`
}

function podIn(line: string): RegExpExecArray | null {
  const code = line.charCodeAt(0)
  if (code !== 91 && !(code >= 97 && code <= 122)) return null
  for (const style of STYLES) {
    const found = style.exec(line)
    if (found !== null) return found
  }
  return null
}

function readPod(line: string): Reading | null {
  const found = podIn(line)
  if (found === null) return null
  const { stamp, body } = behindStamp(line, found[0].length)
  const fields: OpenFields = { ...found.groups }
  for (const name in fields) if (fields[name] === undefined) delete fields[name]
  return reading({ stamp, program: found.groups?.container ?? null, body, fields, inner: true })
}

/** A time may stand before a bar as well. */
function composeIn(line: string): RegExpExecArray | null {
  const found = COMPOSE.exec(line)
  return found === null || (/^\d/.test(found[1] ?? '') && readStamp(line, 0) !== null) ? null : found
}

function readCompose(line: string): Reading | null {
  const found = composeIn(line)
  if (found === null) {
    const exited = EXITED.exec(line)
    return exited === null ? null : reading({ program: exited[1] ?? null, body: line })
  }
  const { stamp, body } = behindStamp(line, found[0].length)
  return reading({ stamp, program: found[1] ?? null, body, inner: true })
}

function joining(name: string, found: Reading | null): Reading | null {
  return found === null ? null : { ...found, joins: joinsSame(name, nameOf(found), found.body) }
}

/** Whoever wrote the last lines, by what stands before their times. */
interface Known {
  readonly name: Buffer
  readonly writer: string
}

const [LONGEST_NAME, MOST_KNOWN] = [200, 16]
const HEAD_STAMP = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z /

/** Finds the parts of lines with a runtime's time behind the name; names are told by `writer` once. */
function partsBehind(
  writer: (line: string) => string | null,
  header: (line: string) => string | undefined,
): NonNullable<LogFormat['wraps']> {
  const known: Known[] = []
  const isAt = (bytes: Buffer, from: number, name: Buffer): boolean => {
    for (let at = name.length - 1; at >= 0; at--) if (bytes[from + at] !== name[at]) return false
    return true
  }
  const learn = (bytes: Buffer, from: number, to: number): Known | null => {
    const head = bytes.toString('latin1', from, Math.min(to, from + LONGEST_NAME))
    const stamp = HEAD_STAMP.exec(head)
    const found = stamp === null ? null : writer(head)
    if (stamp === null || found === null || header(head)?.length !== stamp.index) return null
    const one = { name: Buffer.from(head.slice(0, stamp.index), 'latin1'), writer: found }
    known.unshift(one)
    if (known.length > MOST_KNOWN) known.pop()
    return one
  }
  return (bytes, from, to, parts: Parts) => {
    const one = known.find(({ name }) => isAt(bytes, from, name)) ?? learn(bytes, from, to)
    if (one === null || !stampedParts(bytes, from + one.name.length, to, parts)) return false
    parts.writer = one.writer
    return true
  }
}

/** The message of each line of a record, without the name before it. */
function rereading(name: string, read: (line: string) => Reading | null): (record: string) => Reading | null {
  return (record) => {
    if (!record.includes('\n')) return joining(name, read(record))
    const [first, ...others] = record.split('\n').map((line) => read(line) ?? reading({ body: line }))
    if (first === undefined) return null
    return { ...first, body: [first, ...others].map(({ body }) => body).join('\n') }
  }
}

export const compose: LogFormat = {
  name: 'docker-compose',
  frame: 'line',
  sequential: true,
  rereads: true,
  begins: /[A-Za-z\d]/,
  takes: [
    'web-1  | 2026-04-25T05:32:35.584725130Z  * Serving Flask app',
    'miniflux  | time=2026-01-12T22:54:36.307Z level=WARN msg="no"',
    '0|api      | 2026-11-20 22:35:19 +00:00: listening',
  ],
  leaves: ['a || b', '| x |'],
  wraps: partsBehind(
    (line) => composeIn(line)?.[1] ?? null,
    (line) => composeIn(line)?.[0],
  ),
  writer: (line) => composeIn(line)?.[1] ?? EXITED.exec(line)?.[1] ?? null,
  open: () => rereading('docker-compose', readCompose),
}

export const podPrefix: LogFormat = {
  name: 'pod-prefix',
  frame: 'line',
  sequential: true,
  rereads: true,
  begins: /[[a-z]/,
  takes: [
    '[pod/web-0/app] 2026-11-20 22:35:19,868 ERROR [main] a.b.C - boom',
    'web-7d4b9c6f5-x2vbz app listening on :8080',
    'default/web-7d4b9c6f5-x2vbz[app]: listening on :8080',
  ],
  leaves: ['[pod-0] started', 'web-0 app started', 'some-thing else-where happened'],
  wraps: partsBehind(
    (line) => podIn(line)?.[0] ?? null,
    (line) => podIn(line)?.[0],
  ),
  writer: (line) => podIn(line)?.[0] ?? null,
  open: () => rereading('pod-prefix', readPod),
}
