// Debug logs of SSSD: a time in round brackets, the process, the function and the level as a bit mask.
import type { Severity } from '../../model/index.ts'
import type { LogFormat } from '../format.ts'
import { type OpenFields, type Reading, reading } from '../reading.ts'
import { readStamp } from '../time/read-stamp.ts'
import type { Stamp } from '../time/stamp.ts'

const HEADER =
  /^( {3}\* +)?\(([^()]{19,40})\):? \[(\S{1,300})\] \[([^[\]]{1,200})\] \((0x[0-9a-f]{4,6})\): ?(?:\[(RID#\d+)\] ?)?/
/** The process behind its parents: `sssd[be[example.com]]`, `[sssd[krb5_child[7231]]]`. */
const OUTER = /^(?:sssd)?\[(.*)\]$/
const CHILD = /^([\w-]+)\[(\d+)\]$/
/** A fraction of the second stands behind a colon. */
const FRACTION = /(:\d\d):(\d{6})/
/** sssd.conf(5), debug_level: fatal, critical, operation and minor failures, then what was done. */
const LEVELS: readonly (readonly [number, Severity])[] = [
  [0x0010, 'fatal'],
  [0x0060, 'error'],
  [0x0080, 'warn'],
  [0x0300, 'info'],
  [0x1400, 'debug'],
]

function stampOf(line: string, time: string): Stamp | null {
  const at = line.indexOf('(') + 1
  const micros = FRACTION.exec(time)
  const stamp = readStamp(time.replace(FRACTION, '$1'), 0)
  if (stamp === null) return null
  const seconds = micros === null ? stamp.seconds : micros.index + 3
  return { ...stamp, at: stamp.at + Number(micros?.[2] ?? 0), start: at, seconds: at + seconds, end: at + time.length }
}

function severityOf(mask: number): Severity {
  return LEVELS.find(([bits]) => (mask & bits) !== 0)?.[1] ?? 'trace'
}

function read(line: string): Reading | null {
  const code = line.charCodeAt(0)
  const found = code === 40 || code === 32 ? HEADER.exec(line) : null
  if (found === null) return null
  const [whole, backtrace, time = '', process = '', call = '', mask = '', request] = found
  const stamp = stampOf(line, time)
  if (stamp === null || stamp.lacks !== 'nothing') return null
  let name = process
  for (let inner = OUTER.exec(name); inner !== null; inner = OUTER.exec(name)) name = inner[1] ?? ''
  const child = CHILD.exec(name)
  const fields: OpenFields = { component: child?.[1] ?? name, function: call, level: mask }
  if (request !== undefined) fields.request = request
  if (backtrace !== undefined) fields.backtrace = true
  const severity = severityOf(Number.parseInt(mask, 16))
  const pid = child === null ? null : Number(child[2])
  return reading({ stamp, severity, program: 'sssd', pid, body: line.slice(whole.length), fields })
}

export const sssd: LogFormat = {
  name: 'sssd',
  frame: 'header',
  begins: /\(| \*/,
  takes: [
    '(Fri Nov 20 22:35:19 2026) [sssd[be[example.com]]] [sdap_cli_auth_step] (0x0100): expire timeout is 900',
    '(Fri Nov 20 22:35:19 2026) [[sssd[krb5_child[7231]]]] [main] (0x0400): krb5_child started.',
    '(2026-11-20 22:35:19:868123): [be[example.com]] [sbus_issue_request_done] (0x0040): [RID#7] failed [5]: EIO',
    '   *  (2026-11-20 22:35:19): [nss] [cache_req_send] (0x0400): [CID#1] new request',
  ],
  leaves: ['(2026-11-20 22:35:19) [main] started', '(a) [b] [c] (0x0010): d'],
  open: () => read,
}
