// How applications tell of a request that they answered: by named values, or in the fixed wording of a framework.
import { durationIn, micros, UNIT } from './duration.ts'
import { METHOD, named, PATH } from './named.ts'
import { isAsking, type Style, told, VERB } from './told.ts'

/** pino, fastify, bunyan, express-winston: request and response are objects of their own. */
const RESPONSE = /"res": ?\{ ?("statusCode":) ?([1-5]\d\d)(?!\d)/
const RESPONSE_TIME = /"responseTime": ?(\d+(?:\.\d+)?)(?=[,}])/
const response: Style = (text, bare) => {
  const found = RESPONSE.exec(text)
  if (found === null) return null
  const took = RESPONSE_TIME.exec(text.slice(found.index))?.[1]
  if (took === undefined && !text.includes('"req":')) return null
  const duration = took === undefined ? durationIn(text, bare) : micros(took, 'ms')
  const asked = { method: METHOD.exec(text)?.[1], path: PATH.exec(text)?.[1] }
  return told({ ...asked, sign: found[1] ?? '', status: found[2], duration })
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
  // Sanic
  worded('(sanic.access)', `: (?<method>${VERB}) \\w+://[^/ ]+(?<path>/[^ ]*) +${ANSWERED}`),
  // Fiber, Negroni
  worded(' | ', `\\| ${ANSWERED} \\| +${TOOK} \\| +[^ |]+ \\| (?<method>${VERB}) +(?:\\| )?(?<path>/[^ |]*)`),
  // Tornado, and what is built on it
  worded('ms', `(?:^|\\] )${ANSWERED} (?<method>${VERB}) (?<path>/[^ ]*) \\([^()]{2,60}\\) (?<number>\\d+\\.\\d+)ms$`),
  // Strapi, Koa
  worded(') ', `${ASKED} \\(${TOOK}\\) ${ANSWERED}$`),
  // Play
  worded(' took ', `${ASKED} took ${TOOK} and returned ${ANSWERED}`),
  // uvicorn, werkzeug, Django, Actix behind the header of a logger
  worded(
    ' HTTP/',
    `(?<!://[^ ]+ )"(?<method>${VERB}) (?<path>/[^ "]*) HTTP/[\\d.]+\\\\?"[ :-]{1,3}(?:status: )?${ANSWERED}(?:.*? ${TOOK})?`,
  ),
  // morgan, Spring, NestJS and what people write by hand
  worded(
    ' /',
    `${ASKED}[ :|,>=-]{1,4}(?:(?:responded|completed|finished|handled) )?(?:with )?(?:(?:status|code)[: =]{1,2})?[([]?${ANSWERED}[\\])]?(?: [A-Z][A-Za-z' -]{1,30}?)?[ ,:|([-]{1,4}(?:(?:\\d+|-)B? - )?(?:in |took |after )?${TOOK}`,
  ),
]

/** In the order in which a line is tried. */
export const STYLES: readonly Style[] = [response, named, ...WORDED]
