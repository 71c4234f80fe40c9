// How applications tell of a request that they answered: by named values, or in the fixed wording of a framework.
import type { AccessRequest } from '../reading.ts'
import { type Bare, durationIn, micros, UNIT, wordStart } from './duration.ts'

/** A request as an application tells of it, and the sign that all lines of its kind show. */
export interface Told extends AccessRequest {
  readonly sign: string
}

/** Looks at one line, header and all; `bare` is the unit of whole numbers without one. */
export type Style = (text: string, bare: Bare) => Told | null

const VERB = '(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)'
const STATUS = '([1-5]\\d\\d)'

interface Parts {
  readonly sign: string
  readonly status: string | undefined
  readonly duration: number | null
  readonly method?: string | undefined
  readonly path?: string | undefined
}

function told({ sign, status, duration, method, path }: Parts): Told {
  const asked = { method: method ?? null, path: path?.replace(/\?.*/, '') ?? null }
  return { sign, ...asked, status: Number(status), duration, client: null, host: null, userAgent: null, upstream: null }
}

/** Words and names of who asks others: what he tells is no request that was answered here. */
const ASKING =
  /\b(?:upstream|outgoing|outbound|egress|downstream|calling|fetch|fetching|fetched|urllib3?|connectionpool|axios|undici|okhttp|http[-_. ]?client|external|third[- ]party|dependency|webhook (?:sent|deliver\w*)|forward(?:ed|ing) to|proxied|retrying|remote_(?:service|host))\b|span[._]kind"?[=:] ?"?(?:SPAN_KIND_)?client|\bpeer[._]/i
const ASKER = /[a-z](?:Client|RestTemplate)\b|\bFeign/
/** Paths and agents hold any word. */
const NAMED_ANYTHING = /[\w.-]*\/[^ "]*/g

function isAsking(text: string): boolean {
  if (!ASKING.test(text) && !ASKER.test(text)) return false
  const said = text.replace(NAMED_ANYTHING, ' ')
  return ASKING.test(said) || ASKER.test(said)
}

/** pino, fastify, bunyan, express-winston: request and response are objects of their own. */
const RESPONSE = /"res": ?\{ ?("statusCode":) ?([1-5]\d\d)(?!\d)/
const RESPONSE_TIME = /"responseTime": ?(\d+(?:\.\d+)?)(?=[,}])/
const METHOD = new RegExp(`(?:method|verb)"?[=:] ?"?(${VERB})\\b`, 'i')
const PATH = /(?:path|ur[il]|route|endpoint|target|original)"?[=:] ?"?(\/[^ ",;}\])]*)/i

const response: Style = (text, bare) => {
  const found = RESPONSE.exec(text)
  if (found === null) return null
  const took = RESPONSE_TIME.exec(text.slice(found.index))?.[1]
  if (took === undefined && !text.includes('"req":')) return null
  const duration = took === undefined ? durationIn(text, bare) : micros(took, 'ms')
  const asked = { method: METHOD.exec(text)?.[1], path: PATH.exec(text)?.[1] }
  return told({ ...asked, sign: found[1] ?? '', status: found[2], duration })
}

const NAMED_STATUS = /status(?:_?code)?"?[=:] ?"?([1-5]\d\d)(?=["\s,;})\]|]|$)/gi
/** What may stand before it in its name. */
const STATUS_OF = /^(?:(?:http|res|resp|response|httpRequest|http\.response)[._])?(?:http_?|resp(?:onse)?_?)?$/i
const CODE = new RegExp(`(?<![\\w\\\\.])("?code"?[=:]) ?"?${STATUS}(?=["\\s,;})\\]|]|$)`)
const REQUEST_LINE = new RegExp(`(?<![\\w\\\\.])"?(?:http_?)?req(?:uest)?(?:_?line)?"?[=:] ?"(${VERB}) (/[^ "]*)`, 'i')
const ABSOLUTE = /(?:ur[il]|endpoint|target|href)"?[=:] ?"?\w+:\/\//i
/** Google's own object is about requests that were answered, and states whole addresses. */
const GOOGLE = /"httpRequest"/
const GOOGLE_PATH = /"requestUrl": ?"(?:https?:\/\/[^/"]*)?(\/[^ "]*)/

interface Status {
  readonly sign: string
  readonly status: string | undefined
}

/** The first status under a name of its own, and its name as the sign. */
function statusIn(text: string): Status | null {
  for (const found of text.matchAll(NAMED_STATUS)) {
    const start = wordStart(text, found.index)
    if (!STATUS_OF.test(text.slice(start, found.index)) || text[start - 1] === '\\') continue
    const quote = text[start - 1] === '"' ? start - 1 : start
    if (text[quote - 1] === '\\') continue
    const value = text.indexOf(found[1] ?? '', found.index)
    return { sign: text.slice(quote, value).replace(/[ "]*$/, ''), status: found[1] }
  }
  return null
}

function codeIn(text: string): Status | null {
  const found = CODE.exec(text)
  return found === null ? null : { sign: found[1] ?? '', status: found[2] }
}

/** `method=GET path=/x status=503 duration=12ms`, as pairs or as JSON. */
const named: Style = (text, bare) => {
  const line = REQUEST_LINE.exec(text)
  const status = statusIn(text) ?? (line === null ? null : codeIn(text))
  if (status === null) return null
  const isGoogle = GOOGLE.test(text)
  const path = line?.[2] ?? (isGoogle ? GOOGLE_PATH : PATH).exec(text)?.[1]
  if (path === undefined || (!isGoogle && ABSOLUTE.test(text))) return null
  const method = line?.[1] ?? METHOD.exec(text)?.[1]
  const duration = durationIn(text, bare)
  if ((method === undefined && duration === null) || isAsking(text)) return null
  return told({ ...status, method: method?.toUpperCase(), path, duration })
}

/** A wording: the sign is part of the pattern, the groups are named. */
function worded(sign: string, pattern: string): Style {
  const wording = new RegExp(pattern)
  return (text) => {
    const groups = text.includes(sign) ? wording.exec(text)?.groups : undefined
    if (groups === undefined || isAsking(text)) return null
    const { method, path, status, number, unit = 'ms' } = groups
    return told({ sign, method, path, status, duration: number === undefined ? null : micros(number, unit) })
  }
}

const ASKED = `(?:^|[ "'\\]|>:(])(?<method>${VERB}) (?<path>/[^ "']*)(?: HTTP/[\\d.]+)?(?:\\\\?["'])?`
const ANSWERED = '(?<status>[1-5]\\d\\d)(?![\\d.])'
const TOOK = `(?<number>\\d+(?:\\.\\d+)?) ?(?<unit>${UNIT})(?!\\w)`

const WORDED: readonly Style[] = [
  // Serilog.AspNetCore
  worded(' responded ', `\\bHTTP (?<method>\\w+) (?<path>/[^ ]*) responded ${ANSWERED} in ${TOOK}`),
  // Rails, Phoenix
  worded('Completed ', `(?:^|[ \\]:])Completed ${ANSWERED}(?: [A-Z][A-Za-z' -]*)? in ${TOOK}`),
  worded('Sent ', `(?:^|[ \\]:])Sent ${ANSWERED} in ${TOOK}`),
  // ASP.NET Core, of today and before version 5
  worded(
    'Request finished HTTP/',
    `Request finished HTTP/[\\d.]+ (?<method>${VERB}) \\w+://[^/ ]+(?<path>/[^ ]*) (?:[^ ]+ [^ ]+ )?- ${ANSWERED} .*?${TOOK}`,
  ),
  worded('Request finished in ', `Request finished in ${TOOK} ${ANSWERED}`),
  // chi and others of Go
  worded(
    '" from ',
    `"(?<method>${VERB}) \\w+://[^/ ]+(?<path>/[^ ]*) HTTP/[\\d.]+\\\\?" from [^ ]+ - ${ANSWERED} \\d+B in ${TOOK}`,
  ),
  // Fiber
  worded(' | ', `\\| ${ANSWERED} \\| +${TOOK} \\| +[^ |]+ \\| (?<method>${VERB}) +\\| (?<path>/[^ |]*)`),
  // Play
  worded(' took ', `${ASKED} took ${TOOK} and returned ${ANSWERED}`),
  // uvicorn, werkzeug, Django, Actix behind the header of a logger
  worded(
    ' HTTP/',
    `(?<!://[^ ]+ )"(?<method>${VERB}) (?<path>/[^ "]*) HTTP/[\\d.]+\\\\?"[ :-]{1,3}${ANSWERED}(?:.*? ${TOOK})?`,
  ),
  // morgan, Spring, NestJS and what people write by hand
  worded(
    ' /',
    `${ASKED}[ :|,>=-]{1,4}(?:(?:responded|completed|finished|handled) )?(?:with )?(?:(?:status|code)[: =]{1,2})?[([]?${ANSWERED}[\\])]?(?: [A-Z][A-Za-z' -]{1,30}?)?[ ,:|([-]{1,4}(?:(?:\\d+|-)B? - )?(?:in |took |after )?${TOOK}`,
  ),
]

/** In the order in which a line is tried. */
export const STYLES: readonly Style[] = [response, named, ...WORDED]
