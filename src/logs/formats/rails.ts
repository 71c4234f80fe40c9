// Requests as Rails tells them where its log has no header: what was started, and how it was completed.
import type { LogFormat } from '../format.ts'
import { type OpenFields, type Reading, reading } from '../reading.ts'
import { readStamp } from '../time/read-stamp.ts'

const TAGS = String.raw`^((?:\[[^\]]{1,64}\] )*)`
const STARTED = new RegExp(`${TAGS}Started ([A-Z]+) "([^"]*)" for (\\S+) at (?=\\d{4}-)`)
const COMPLETED = new RegExp(`${TAGS}Completed (\\d{3}) [A-Z][A-Za-z' -]* in (\\d+(?:\\.\\d+)?)ms\\b`)
/** `S`, `C`, `[`. */
const FIRST: ReadonlySet<number> = new Set([83, 67, 91])
const UUID = /\[([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\]/

function idIn(tags: string | undefined): OpenFields {
  const id = UUID.exec(tags ?? '')?.[1]
  return id === undefined ? {} : { request_id: id }
}

function read(line: string): Reading | null {
  if (!FIRST.has(line.charCodeAt(0))) return null
  const started = STARTED.exec(line)
  if (started !== null) {
    const [, tags, method = '', path = '', client = ''] = started
    const fields = { ...idIn(tags), method, path, client }
    return reading({ stamp: readStamp(line, started[0].length), severity: 'info', body: line.trimEnd(), fields })
  }
  const completed = COMPLETED.exec(line)
  if (completed === null) return null
  const fields: OpenFields = {
    ...idIn(completed[1]),
    status: Number(completed[2]),
    duration: Math.round(Number(completed[3]) * 1000),
  }
  return reading({ body: line.trimEnd(), fields })
}

export const rails: LogFormat = {
  name: 'rails',
  frame: 'line',
  nests: true,
  begins: /[SC[]/,
  takes: [
    'Started GET "/orders" for 192.0.2.1 at 2026-11-20 22:35:19 +0000',
    'Completed 500 Internal Server Error in 12ms (ActiveRecord: 3.0ms | Allocations: 1234)',
  ],
  leaves: ['Started the worker', 'Completed 12 of 500 jobs'],
  open: () => read,
}
