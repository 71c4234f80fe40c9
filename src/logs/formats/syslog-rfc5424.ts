// Syslog as RFC 5424 writes it, octet counts (RFC 6587) before it allowed.
import type { Severity } from '../../model/index.ts'
import type { LogFormat } from '../format.ts'
import { unquote } from '../pairs.ts'
import { type OpenFields, type Reading, reading } from '../reading.ts'
import { severityOf, severityOfSyslog } from '../severity.ts'
import { readStamp } from '../time/read-stamp.ts'
import { asOneProgram, withoutEscapes } from './one-program.ts'

const HEADER = /^(?:\d{1,6} )?<(\d{1,3})>[1-9]\d{0,2} (-|\S+) (\S+) (\S+) (\S+) (\S+)(?: |$)/
/** As VMware's appliances store it, without priority and version: only the structured data tells it from any other line. */
const BARE = /^()(\d{4}-\d\d-\d\dT\S+) (\S+) (\S+) (\d{1,10}|-) ([\w.-]+) (?=- |\[[\w.-]+@\d+ )/
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
  const found = HEADER.exec(line) ?? BARE.exec(line)
  if (found === null) return null
  const [head, said, time = '', host = '', program, process, message] = found
  if (said === '' && severityOf(host) !== null) return null
  const priority = said === '' ? null : Number(said)
  const stamp = time === '-' ? null : readStamp(line, line.indexOf(time, head.indexOf('>')))
  if ((priority ?? 0) > 191 || (time !== '-' && stamp === null)) return null
  const end = dataEnd(line, head.length)
  const fields: OpenFields = priority === null ? {} : { facility: priority >> 3 }
  for (const [, name = '', value = ''] of line.slice(head.length, end).matchAll(PARAM)) fields[name] ??= unquote(value)
  const id = known(message)
  if (id !== null) fields.msgid = id
  const procid = known(process)
  const pid = procid !== null && /^\d{1,10}$/.test(procid) ? Number(procid) : null
  if (procid !== null && pid === null) fields.procid = procid
  const body = withoutEscapes(line.slice(end).replace(/^ ?(?:\ufeff|\u00ef\u00bb\u00bf)?/, ''))
  const severity = priority === null ? levelIn(fields) : severityOfSyslog(priority & 7)
  const parts = { stamp, severity, host: known(host), program: known(program), pid }
  return asOneProgram(reading({ ...parts, body, fields, inner: true }))
}

function levelIn({ level }: OpenFields): Severity | null {
  return typeof level === 'string' ? severityOf(level) : null
}

export const syslog5424: LogFormat = {
  name: 'syslog-rfc5424',
  frame: 'header',
  countsEach: true,
  begins: /[<\d]/,
  takes: [
    '<35>1 2026-01-19T15:14:32+00:00 fw.example audit 24409 - [meta sequenceId="4"] Web GUI authentication error',
    '2026-01-19T15:14:32.888Z edge-1 NSX 4828 SWITCHING [nsx@6876 comp="edge" level="INFO"] neighbour entry is created',
  ],
  leaves: ['<35>Jan 19 15:14:32 fw audit: no version', '2026-01-19T15:14:32Z INFO worker 12 started - [job 4] done'],
  open: () => read,
}
