// Logs of Microsoft's Configuration Manager and Intune, as CMTrace shows them: the message first, its attributes behind.
import type { Severity } from '../../model/index.ts'
import type { LogFormat } from '../format.ts'
import { type Reading, reading } from '../reading.ts'
import { readStamp } from '../time/read-stamp.ts'
import type { Stamp } from '../time/stamp.ts'

const START = '<![LOG['
const END =
  /\]LOG\]!><time="(\d\d:\d\d:\d\d\.\d+)([+-]\d{1,4})?" date="(\d{1,2})-(\d{1,2})-(\d{4})" component="([^"]*)"[^>]* type="(\d)" thread="(\d+)"[^>]*>\s*$/
const TYPES: Readonly<Record<string, Severity>> = { 1: 'info', 2: 'warn', 3: 'error' }

/** The bias is what must be added to come to UTC, in minutes. */
function stampOf(record: string, found: RegExpExecArray): Stamp | null {
  const [, clock, bias, month = '', day = '', year] = found
  const stamp = readStamp(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')} ${clock}`, 0)
  if (stamp === null) return null
  const start = found.index + record.slice(found.index).search(/\d/)
  const place = { start, seconds: start, end: start }
  if (bias === undefined) return { ...stamp, ...place }
  return { ...stamp, ...place, at: stamp.at + Number(bias) * 60_000_000, zoned: true, offset: -Number(bias) }
}

function read(record: string): Reading | null {
  const found = END.exec(record)
  if (!record.startsWith(START)) return null
  if (found === null) return reading({ body: record.slice(START.length) })
  const fields = { logger: found[6] ?? null, thread: Number(found[8]) }
  const body = record.slice(START.length, found.index).trim()
  return reading({ stamp: stampOf(record, found), severity: TYPES[found[7] ?? ''] ?? null, body, fields })
}

export const cmtrace: LogFormat = {
  name: 'cmtrace',
  frame: 'header',
  rereads: true,
  begins: /</,
  takes: [
    '<![LOG[Failed to connect to the management point.]LOG]!><time="19:33:19.766-330" date="11-28-2014" component="AppEnforce" context="" type="3" thread="8744" file="appprovider.cpp:2083">',
  ],
  leaves: ['<![CDATA[not a log]]>'],
  open: () => read,
}
