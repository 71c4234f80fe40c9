// What `heroku logs` prints, and the drains of Logplex hand on: time, source and dyno, then the message.
import type { LogFormat } from '../format.ts'
import { readPairs } from '../pairs.ts'
import { type OpenFields, type Reading, reading } from '../reading.ts'
import { readStamp } from '../time/read-stamp.ts'
import { requestOf } from './access-request.ts'

const HEADER = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00) (app|heroku)\[([a-z][\w-]*(?:\.\d+|\.[\w-]+)?)\]: /
const ROUTER = /^(?:sock=\w+ )?at=\w+ (?:code=H\d\d )?(?:desc="[^"]*" )?method=[A-Z]+ path=/
const MILLISECONDS = /^(\d+)ms$/

/** The router's own line about a request; what it could not answer has a code of its own. */
function readRouter(body: string): Partial<Reading> | null {
  const code = body.charCodeAt(0)
  if ((code !== 97 && code !== 115) || !ROUTER.test(body)) return null
  const { fwd = null, ...others } = readPairs(body)
  const taken = MILLISECONDS.exec(String(others.service ?? ''))?.[1]
  const fields: OpenFields = { ...others, client: fwd }
  if (taken !== undefined) fields.duration = Number(taken) * 1000
  const severity = fields.at === 'error' ? 'error' : 'info'
  return { severity, fields, request: typeof fields.status === 'number' ? requestOf(fields) : null }
}

/** A line as it is printed, or the message of a drain. */
function read(line: string): Reading | null {
  const found = line.charCodeAt(26) === 43 ? HEADER.exec(line) : null
  if (found === null) {
    const router = readRouter(line)
    return router === null ? null : reading({ ...router, body: line })
  }
  const [whole, , source = '', dyno = ''] = found
  const body = line.slice(whole.length)
  const stamp = readStamp(line, 0)
  const router = dyno === 'router' ? readRouter(body) : null
  if (router !== null) return reading({ ...router, stamp, program: source, body })
  return reading({ stamp, program: source, body, fields: { dyno }, inner: true })
}

export const heroku: LogFormat = {
  name: 'heroku',
  frame: 'line',
  nests: true,
  begins: /\d/,
  takes: [
    '2026-11-20T22:35:19.868123+00:00 app[web.1]: Error: connect ECONNREFUSED',
    '2026-11-20T22:35:19.868123+00:00 heroku[router]: at=error code=H12 desc="Request timeout" method=GET path="/" host=a.example fwd="192.0.2.7" dyno=web.1 connect=1ms service=30000ms status=503 bytes=0',
  ],
  leaves: ['2026-11-20T22:35:19.868123+00:00 web01 app[12]: started'],
  open: () => read,
}
