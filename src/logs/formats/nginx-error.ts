// The error log of nginx and its kin (OpenResty, Angie, Tengine).
import type { LogFormat } from '../format.ts'
import { type OpenFields, type Reading, reading } from '../reading.ts'
import { severityOf } from '../severity.ts'
import { readStamp } from '../time/read-stamp.ts'

const HEADER = /^(?:(\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d) |nginx: )\[(\w+)\] (?:(\d+)#(\d+): )?(?:\*(\d+) )?/
const PART = /, (client|server|upstream|host|subrequest|referrer|bytes from\/to client): ("(?:[^"\\]|\\.)*"|[^,]*)/g
const REQUEST = /, request: "(?:([A-Z]+) )?([^" ]*)/

function partsOf(message: string): OpenFields {
  const fields: OpenFields = {}
  if (!message.includes(', client: ') && !message.includes(', upstream: ')) return fields
  for (const [, name = '', value = ''] of message.matchAll(PART)) fields[name] ??= value.replace(/^"|"$/g, '')
  const request = REQUEST.exec(message)
  if (request?.[1] !== undefined) fields.method = request[1]
  if (request !== null) fields.path = request[2] ?? null
  return fields
}

function read(line: string): Reading | null {
  const found = HEADER.exec(line)
  if (found === null) return null
  const severity = severityOf(found[2] ?? '')
  if (severity === null) return null
  const body = line.slice(found[0].length)
  const fields = partsOf(body)
  if (found[5] !== undefined) fields.connection = Number(found[5])
  const stamp = found[1] === undefined ? null : readStamp(line, 0)
  const pid = found[3] === undefined ? null : Number(found[3])
  return reading({ stamp, severity, program: 'nginx', pid, body, fields })
}

export const nginxError: LogFormat = {
  name: 'nginx-error',
  frame: 'header',
  alone: true,
  nests: true,
  begins: /[\dn]/,
  takes: [
    '2026/11/20 22:41:17 [error] 51#51: *1 connect() failed (111: Connection refused) while connecting to upstream, client: 192.0.2.19, server: a.example, request: "GET /api HTTP/1.1", upstream: "http://127.0.0.1:8081/api", host: "a.example"',
    'nginx: [emerg] bind() to 127.0.0.1:18088 failed (98: Address already in use)',
  ],
  leaves: ['2026/11/20 22:41:17 [7] not a level'],
  open: () => read,
}
