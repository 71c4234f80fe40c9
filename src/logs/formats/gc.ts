// Garbage collection logs of the JVM, unified (JDK 9 on) and older, and thread dumps.
import type { LogFormat } from '../format.ts'
import { type OpenFields, type Reading, reading } from '../reading.ts'
import { severityOf } from '../severity.ts'
import { uptimeStamp } from '../time/number.ts'
import { readStamp } from '../time/read-stamp.ts'

const UNIFIED = /^((?:\[[^\]]{1,40}\]){2,8}) ?/
const BRACKET = /\[([^\]]*)\]/g
const ISO = /^\d{4}-\d\d-\d\dT/
/** Since the start, or where so much cannot be one since the epoch: `timemillis`, `timenanos`. */
const UPTIME = /^(\d+(?:[.,]\d+)?)(s|ms|ns)$/
const PER_SECOND: Readonly<Record<string, number>> = { s: 1, ms: 1e3, ns: 1e9 }
const EPOCH = /^1\d{12}(?:ms|\d{6}ns)$/
const LEVEL = /^(?:trace|debug|info|warning|error)$/
/** Without an uptime beside the time only these make it the JVM's: others write brackets too. */
const TAGS =
  /^(?:gc|safepoint|cds|class|codecache|compilation|jit|logging|metaspace|module|monitorinflation|nmethod|os|pagesize|perf|startuptime|stringtable|thread|vmthread|exceptions|init|arguments)\b/
const OLD =
  /^(?:(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d{4}): )? ?(?:(\d+[.,]\d{3,4}): )?(?=\[|Total time for|Application time|\{Heap|#\d+: \[)/

const seconds = (text: string): number => Number(text.replace(',', '.'))

/** A calendar time where there is one, and beside it the uptime; else the uptime alone. */
function clockOf(
  line: string,
  iso: number,
  up: { readonly at: number; readonly text: string; readonly value: number } | null,
): Partial<Reading> {
  const stamp = iso < 0 ? null : readStamp(line, iso)
  if (stamp !== null) return { stamp, uptime: up?.value ?? null }
  return up === null ? {} : { stamp: uptimeStamp(up.value, up.at, up.at + up.text.length) }
}

function readUnified(line: string): Reading | null {
  const found = UNIFIED.exec(line)
  if (found === null) return null
  let iso = -1
  let up: { at: number; text: string; value: number } | null = null
  const fields: OpenFields = {}
  let severity: Reading['severity'] = null
  for (const part of (found[1] ?? '').matchAll(BRACKET)) {
    const text = (part[1] ?? '').trim()
    const at = part.index + 1
    const time = UPTIME.exec(text)
    if (ISO.test(text) || EPOCH.test(text)) iso = at
    else if (time !== null) up = { at, text, value: seconds(time[1] ?? '0') / (PER_SECOND[time[2] ?? 's'] ?? 1) }
    else if (severity === null && LEVEL.test(text)) severity = severityOf(text)
    else if (/^[a-z+,]+$/.test(text)) fields.tags = text
  }
  if (up === null ? iso < 0 || !TAGS.test(String(fields.tags ?? '')) : fields.tags === undefined && severity === null)
    return null
  return reading({ ...clockOf(line, iso, up), severity, body: line.slice(found[0].length), fields })
}

function readOld(line: string): Reading | null {
  const found = OLD.exec(line)
  if (found === null || (found[1] === undefined && found[2] === undefined)) return null
  const text = found[2] ?? ''
  const up = text === '' ? null : { at: found[0].lastIndexOf(text), text, value: seconds(text) }
  return reading({ ...clockOf(line, found[1] === undefined ? -1 : 0, up), body: line.slice(found[0].length) })
}

function read(line: string): Reading | null {
  const code = line.charCodeAt(0)
  if (code === 91) return readUnified(line)
  return code === 32 || (code >= 48 && code <= 57) ? readOld(line) : null
}

export const gc: LogFormat = {
  name: 'jvm-gc',
  frame: 'header',
  begins: /\[| ?\d/,
  indents: true,
  takes: [
    '[2022-08-16T11:30:42.834+0800][0.257s][info][gc,init] Humongous object threshold: 1024K',
    '[1795214119868ms][gc,init] CPUs: 2 total, 2 available',
    '[32ms][info] Using G1',
    '[1,474s][info][safepoint         ] Application time: 0,0423040 seconds',
    '2012-02-24T03:44:05.111-0800: 8.413: [GC pause (young), 0.14482200 secs]',
    '63.357: [GC 17024K->2623K(83008K), 0.0185494 secs]',
  ],
  leaves: [
    '[2018-05-17T08:19:35,939][INFO ][o.e.n.Node] initializing',
    '[2026-11-20T22:35:19.868Z][info][api] listening',
    '63.357: no bracket',
  ],
  open: () => read,
}

const DUMP = /^Full thread dump /

export const threadDump: LogFormat = {
  name: 'jvm-thread-dump',
  frame: 'header',
  rereads: true,
  begins: /[F\d]/,
  takes: ['2026-11-20 22:16:13\nFull thread dump OpenJDK 64-Bit Server VM (17.0.21+9 mixed mode, sharing):'],
  leaves: ['2026-11-20 22:16:13 Full of it'],
  open: () => readDump,
}

/** The time stands alone on the line before. */
function readDump(record: string): Reading | null {
  if (DUMP.test(record)) {
    return reading({ body: record, joins: (open) => open.format === threadDump.name && open.lines === 1 })
  }
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\s*(?:\n|$)/.test(record)) return null
  const end = record.indexOf('\n')
  return reading({ stamp: readStamp(record, 0), body: end < 0 ? record : record.slice(end + 1) })
}
