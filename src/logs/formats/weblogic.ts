// Oracle WebLogic and IBM WebSphere: fields in angle brackets; a thread, a component and a letter in columns.
import type { LogFormat } from '../format.ts'
import { type OpenFields, type Reading, reading } from '../reading.ts'
import { severityOf, severityOfLetter } from '../severity.ts'
import { readStamp } from '../time/read-stamp.ts'

const ANGLE = /<((?:[^<>]|<[^<>]*>)*)>/g
/** WebSphere: fatal, error, warning, audit, info, configuration, detail, standard out and err. */
const SPHERE = /^\[(\d{1,2}\/\d{1,2}\/\d{2,4} [^\]]{8,20})\] ([0-9a-f]{8}) (\S+) +([FEWAICDORZ123><]) +/

function readLogic(record: string): Reading | null {
  const cells = [...record.slice(4).matchAll(ANGLE)].map((found) => found[1] ?? '')
  const [time = '', level = '', subsystem = '', host = '', server = '', thread = ''] = cells
  const stamp = readStamp(time, 0)
  if (stamp === null || cells.length < 10) return null
  const code = cells.findLast((cell) => /^(?:BEA|WL)-\d+$/.test(cell)) ?? null
  const fields: OpenFields = { subsystem, server, thread, code }
  const place = 5
  return reading({
    stamp: { ...stamp, start: place, seconds: place + stamp.seconds, end: place + stamp.end },
    severity: severityOf(level),
    host: host === '' ? null : host,
    program: 'weblogic',
    body: (cells.at(-1) ?? '').trim(),
    fields,
  })
}

function read(line: string): Reading | null {
  if (line.startsWith('####<')) return readLogic(line)
  const found = line.charCodeAt(0) === 91 ? SPHERE.exec(line) : null
  const stamp = found === null ? null : readStamp(line, 1)
  if (found === null || stamp === null) return null
  const letter = found[4] ?? ''
  const severity =
    letter === 'R' ? 'error' : letter === 'O' ? 'info' : letter === 'A' ? 'info' : severityOfLetter(letter)
  const fields = { thread: found[2] ?? null, logger: found[3] ?? null }
  return reading({ stamp, severity, program: 'websphere', body: line.slice(found[0].length), fields })
}

export const weblogic: LogFormat = {
  name: 'weblogic',
  frame: 'header',
  begins: /[#[]/,
  takes: [
    '####<Nov 20, 2026 10:35:19,868 PM UTC> <Error> <JDBC> <host1> <AdminServer> <[ACTIVE] ExecuteThread: 0> <<WLS Kernel>> <> <id> <1795214119868> <BEA-001112> <Test "SELECT 1" failed>',
    '[11/20/26 22:35:19:868 UTC] 0000001a webapp        E com.ibm.ws.webcontainer.webapp.WebApp logServletError SRVE0293E: [Servlet Error]',
  ],
  leaves: ['#### a heading', '[11/20/26 22:35:19:868 UTC] no columns'],
  open: () => read,
}
