// Logs as a mail or a ticket shows them: `> ` before each line, or the blanks that make it code.
import type { LogFormat } from '../format.ts'
import { type OpenRecord, type Reading, reading } from '../reading.ts'
import { readStamp } from '../time/read-stamp.ts'
import { goesOn } from '../traces.ts'

const SIGNS = /^(?:> )*>+ ?(?!$)/
const MARGIN = /^(?: {4,}|\t)(?=\S)/
/** What begins a record without a time: an object, pairs, klog's letter, or who asked at which time. */
const BEGINNING = /^(?:\{"|(?:time|ts|level)=|[IWEF]\d{4} \d\d:|\S+ \S+ \S+ \[\d\d\/[A-Z][a-z]{2}\/\d{4}:)/

function isBeginning(said: string): boolean {
  return BEGINNING.test(said) || readStamp(said, said.charCodeAt(0) === 91 ? 1 : 0) !== null
}

/** What has no time of its own belongs to the record before of the same kind, where it plainly goes on with it. */
function joins(format: string, body: string, bare: (line: string) => string | null): (record: OpenRecord) => boolean {
  return (record) =>
    record.format === format && goesOn({ first: record.reading.body, last: bare(record.last) ?? record.last, body })
}

function readBare(format: string, line: string, bare: (line: string) => string | null): Reading | null {
  const body = bare(line)
  if (body === null) return null
  return isBeginning(body)
    ? reading({ body, inner: true })
    : reading({ body, joins: joins(format, body, bare), weak: true })
}

function withoutSigns(line: string): string | null {
  const signs = line.charCodeAt(0) === 62 ? SIGNS.exec(line) : null
  return signs === null ? null : line.slice(signs[0].length)
}

export const quoted: LogFormat = {
  name: 'quoted',
  frame: 'line',
  begins: />/,
  takes: ['> 2025-03-01 10:00:00 ERROR orders failed', '>> {"level":"error","msg":"failed"}'],
  leaves: ['>', '-> 2025-03-01 10:00:00'],
  open: () => (line) => readBare('quoted', line, withoutSigns),
}

/** The blanks before the first line of all, where a record begins behind them: all lines have them then. */
function marginOf(line: string): string {
  const margin = MARGIN.exec(line)?.[0] ?? ''
  return isBeginning(line.slice(margin.length)) ? margin : ''
}

function openIndented(): (line: string) => Reading | null {
  let margin: string | null = null
  const bare = (line: string): string | null =>
    margin !== null && margin !== '' && line.startsWith(margin) ? line.slice(margin.length) : null
  return (line) => {
    margin ??= marginOf(line)
    return readBare('indented', line, bare)
  }
}

export const indented: LogFormat = {
  name: 'indented',
  frame: 'line',
  early: true,
  indents: true,
  takes: ['    2025-03-01 10:00:00 ERROR orders failed', '\ttime="2025-03-01T10:00:00Z" level=error msg=failed'],
  leaves: ['2025-03-01 10:00:00 ERROR orders failed', '  2025-03-01 10:00:00 ERROR', '    at run (/srv/a.js:3:7)'],
  open: openIndented,
}
