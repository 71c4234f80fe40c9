// Lines of a log as a mail or a ticket quotes them: `> ` before each.
import type { LogFormat } from '../format.ts'
import { type OpenRecord, type Reading, reading } from '../reading.ts'
import { readStamp } from '../time/read-stamp.ts'
import { goesOn } from '../traces.ts'

const SIGNS = /^(?:> )*>+ ?(?!$)/
/** What begins a record: an object, or who asked at which time; a shell's prompt stands before neither. */
const BEGINNING = /^(?:\{"|\S+ \S+ \S+ \[\d\d\/[A-Z][a-z]{2}\/\d{4}:)/

function saidIn(line: string): string | null {
  const signs = line.charCodeAt(0) === 62 ? SIGNS.exec(line) : null
  return signs === null ? null : line.slice(signs[0].length)
}

function isBeginning(said: string): boolean {
  return BEGINNING.test(said) || readStamp(said, said.charCodeAt(0) === 91 ? 1 : 0) !== null
}

/** What has no time of its own belongs to the quoted record before, where it plainly goes on with it. */
function joinsQuoted(body: string): (record: OpenRecord) => boolean {
  return ({ format, reading, last }) =>
    format === 'quoted' && goesOn({ first: reading.body, last: saidIn(last) ?? last, body })
}

function read(line: string): Reading | null {
  const body = saidIn(line)
  if (body === null) return null
  return isBeginning(body) ? reading({ body, inner: true }) : reading({ body, joins: joinsQuoted(body), weak: true })
}

export const quoted: LogFormat = {
  name: 'quoted',
  frame: 'line',
  begins: />/,
  takes: ['> 2025-03-01 10:00:00 ERROR orders failed', '>> {"level":"error","msg":"failed"}'],
  leaves: ['>', '-> 2025-03-01 10:00:00'],
  open: () => read,
}
