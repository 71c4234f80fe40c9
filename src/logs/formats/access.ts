// Access logs of nginx, Apache, Traefik, Caddy and others: common, combined, and formats that add to them before or behind.
import type { LogFormat } from '../format.ts'
import { readPairs } from '../pairs.ts'
import { type OpenFields, type Reading, reading } from '../reading.ts'
import { readStamp } from '../time/read-stamp.ts'
import { measureAccess } from './access-bytes.ts'
import { requestOf } from './access-request.ts'
import { tailOf } from './access-tail.ts'

/** Client, identity, user before the time; a virtual host, a request id or other words may stand there too. */
const FRONT =
  /^(?:\[\w{1,7}\] )?(?:"?([^\s"[{]+)"? )?((?:[^"[{<]|"[^"]*" ){0,200}?)\[(\d{1,2}\/(?:[A-Z][a-z]{2}|\d{1,2})\/\d{4}[: ]\d\d:\d\d:\d\d[^\]]{0,16})\]:? ?/
/** A time or a priority before the client is the header of another format, which has the line; compose's bar is one too. */
const HEADED = /^(?:<\d|[A-Z][a-z]{2}(?: [A-Z][a-z]{2})? [ \d]\d |\d{4}-\d\d-\d\d[T ]|\d{10}\.\d|[\w.-]+ +\| )/
const REQUEST = /"((?:[^"\\]|\\.)*)"/y
const STATUS = /(?: |^)(\d{3}|-)(?= |$)/
const METHOD = /^([A-Z][A-Z_-]{1,20}) (\S*)(?: (HTTP\/[\d.]+|\S+))?/
const ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F]*:[0-9a-fA-F:.]+)$/

/** lighttpd has the virtual host where others have the identity. */
const SERVED = /^(?:[\w-]+(?:\.[\w-]+)+|\[[\da-f:]+\]|localhost)(?::\d{1,5})?$/

/** `INFO:werkzeug:` of Python's default layout. */
const LOGGER = /^[A-Z]{4,8}:[\w.]+:|,$/

/** InfluxDB puts its service before the client, Puma its worker's process. */
const SERVICE = /^\[(?:httpd|\d{1,7})\] /

/** Apache's ssl_request_log has the size where others have the status. */
const CIPHER = /\b(?:TLS|SSL)v[\d.]+ \S+ $/

interface Words {
  readonly client: string | null
  readonly host: string | null
  readonly user: string | null
}

/** The address among the words before the time is the client; a name before it the virtual host. */
function words(first: string, others: string): Words {
  const all = [first.replace(LOGGER, ''), ...others.trim().split(/[\s,]+/)].filter((word) => word !== '')
  const at = all.findIndex((word) => ADDRESS.test(word))
  const client = all[Math.max(0, at)] ?? null
  const behind = all.slice(Math.max(0, at) + 1)
  const isServed = at === 0 && behind.length > 1 && SERVED.test(behind[0] ?? '')
  const user = behind.slice(isServed ? 1 : 0).find((word) => word !== '-') ?? null
  const host = isServed ? (behind[0] ?? null) : at > 0 ? (all[0] ?? null) : null
  return { client: client === '-' || client === 'unix:' ? null : client, host, user: user === client ? null : user }
}

function read(line: string): Reading | null {
  const service = line.charCodeAt(0) === 91 ? SERVICE.exec(line) : null
  const bracket = line.indexOf('[', service?.[0].length ?? 0)
  const slash = bracket < 0 ? -1 : line.indexOf('/', bracket)
  if (slash < bracket + 2 || slash > bracket + 3) return null
  const found = HEADED.test(line) ? null : FRONT.exec(line)
  if (found === null) return null
  const stamp = readStamp(line, found[0].lastIndexOf('[') + 1)
  if (stamp === null) return null
  REQUEST.lastIndex = line.indexOf('"', found[0].length)
  const request = REQUEST.lastIndex < 0 ? null : REQUEST.exec(line)
  if (request === null) return null
  const between = line.slice(found[0].length, request.index)
  const tail = line.slice(request.index + request[0].length)
  const status = STATUS.exec(tail)
  if (status === null || between.length > 160 || status.index > 40 || CIPHER.test(between)) return null
  const method = METHOD.exec(request[1] ?? '')
  const who = words(found[1] ?? '', found[2] ?? '')
  const fields: OpenFields = {
    client: ADDRESS.test(who.client ?? '') ? who.client : (addressIn(between) ?? who.client),
    ...(status[1] === '-' ? {} : { status: Number(status[1]) }),
  }
  if (method !== null) Object.assign(fields, { method: method[1], path: method[2] })
  if (who.host !== null) fields.host = who.host
  if (who.user !== null) fields.user = who.user
  const more = tailOf(tail.slice(status.index + status[0].length), between)
  readPairs(tail, Object.assign(fields, more))
  return reading({ stamp, body: line.trimEnd(), fields, request: status[1] === '-' ? null : requestOf(fields) })
}

function addressIn(text: string): string | null {
  return text.split(' ').find((word) => ADDRESS.test(word)) ?? null
}

export const access: LogFormat = {
  name: 'nginx-access',
  frame: 'line',
  nests: true,
  begins: /[^{]/,
  takes: [
    '192.0.2.15 - - [20/Nov/2026:22:46:04 +0000] "GET /api/profile HTTP/1.1" 200 11 "-" "axios/1.7.2" rt=0.103 uct="0.000" urt="0.103" us=200 id=ed167041-f92f-4cfd-bad1-a824318933c4',
    '192.0.2.15 - frank [10/Oct/2000:13:55:36 -0700] "GET /apache_pb.gif HTTP/1.0" 200 2326',
  ],
  leaves: [
    'Nov 20 22:46:05 web-1 nginx: 192.0.2.15 - - [20/Nov/2026:22:46:04 +0000] "GET /a HTTP/1.1" 200 11',
    '192.0.2.15 - - [20/Nov/2026:22:46:04 +0000] no request',
    'host app[1]: "GET / HTTP/1.1" 200 5',
  ],
  measure: measureAccess,
  open: () => read,
}
