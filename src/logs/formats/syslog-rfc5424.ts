// Syslog as RFC 5424 writes it, octet counts (RFC 6587) before it allowed.
import type { LogFormat } from '../format.ts'
import { unquote } from '../pairs.ts'
import { type OpenFields, type Reading, reading } from '../reading.ts'
import { severityOf, severityOfSyslog } from '../severity.ts'
import { readStamp } from '../time/read-stamp.ts'
import { asOneProgram, withoutEscapes } from './one-program.ts'

const HEADER = /^(?:\d{1,6} )?<(\d{1,3})>([1-9]\d{0,2}) (-|\S+) (\S+) (\S+) (\S+) (\S+)(?: |$)/
const PARAM = /([^\s=\]"]{1,32})=("(?:[^"\\]|\\.)*")/g

/** `[id]`, `[id name="`: a message may begin with a bracket where a sender, such as Logplex, leaves the data out. */
const ELEMENT = /\[([^\s=\]"]{1,64})(?:\s*\]|\s+[^\s=\]"]{1,32}=")/y

/** End of the structured data that begins at `at`, by the grammar of section 6.3; `-` is none. */
function dataEnd(line: string, at: number): number {
  if (line.charCodeAt(at) === 45 && (at + 1 === line.length || line.charCodeAt(at + 1) === 32)) return at + 1
  let end = at
  for (;;) {
    ELEMENT.lastIndex = end
    const id = line.charCodeAt(end) === 91 ? ELEMENT.exec(line)?.[1] : undefined
    if (id === undefined || severityOf(id) !== null) break
    let quoted = false
    for (end++; end < line.length; end++) {
      const code = line.charCodeAt(end)
      if (code === 92) end++
      else if (code === 34) quoted = !quoted
      else if (code === 93 && !quoted) break
    }
    end++
  }
  return Math.min(end, line.length)
}

const known = (text: string | undefined): string | null => (text === undefined || text === '-' ? null : text)

function read(line: string): Reading | null {
  const found = HEADER.exec(line)
  if (found === null) return null
  const priority = Number(found[1])
  const stamp = found[3] === '-' ? null : readStamp(line, line.indexOf(found[3] ?? '', found[0].indexOf('>')))
  if (priority > 191 || (found[3] !== '-' && stamp === null)) return null
  const end = dataEnd(line, found[0].length)
  const fields: OpenFields = { facility: priority >> 3 }
  for (const [, name = '', value = ''] of line.slice(found[0].length, end).matchAll(PARAM))
    fields[name] ??= unquote(value)
  const message = known(found[7])
  if (message !== null) fields.msgid = message
  const process = known(found[6])
  const pid = process !== null && /^\d{1,10}$/.test(process) ? Number(process) : null
  if (process !== null && pid === null) fields.procid = process
  const body = withoutEscapes(line.slice(end).replace(/^ ?(?:\ufeff|\u00ef\u00bb\u00bf)?/, ''))
  const parts = {
    stamp,
    severity: severityOfSyslog(priority & 7),
    host: known(found[4]),
    program: known(found[5]),
    pid,
  }
  return asOneProgram(reading({ ...parts, body, fields, inner: true }))
}

export const syslog5424: LogFormat = {
  name: 'syslog-rfc5424',
  frame: 'header',
  countsEach: true,
  begins: /[<\d]/,
  takes: [
    '<35>1 2026-01-19T15:14:32+00:00 fw.example audit 24409 - [meta sequenceId="4"] Web GUI authentication error',
  ],
  leaves: ['<35>Jan 19 15:14:32 fw audit: no version'],
  open: () => read,
}
