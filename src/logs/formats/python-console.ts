// Python's logging without a layout (`ERROR:root:…`) and uvicorn's own: the level, a colon, blanks up to the tenth column.
import type { LogFormat } from '../format.ts'
import { readPairs } from '../pairs.ts'
import { type OpenFields, type Reading, reading } from '../reading.ts'
import { severityOf } from '../severity.ts'

const HEADER = /^(DEBUG|INFO|WARNING|ERROR|CRITICAL):(?:([A-Za-z_][\w.]*):|( {1,5}))(?=\S)/
const COLUMN = 10
/** uvicorn's access lines are requests, and read as such. */
const ACCESS = /^INFO: +\S+ - "[A-Z]+ \S* HTTP\//

/** First letters of the five levels. */
const FIRST: ReadonlySet<number> = new Set([68, 73, 87, 69, 67])

function read(line: string): Reading | null {
  const found = FIRST.has(line.charCodeAt(0)) ? HEADER.exec(line) : null
  if (found === null || ACCESS.test(line)) return null
  const [whole, level = '', logger] = found
  if (logger === undefined && whole.length !== COLUMN) return null
  const fields: OpenFields = logger === undefined ? {} : { logger }
  const body = line.trimEnd()
  return reading({ severity: severityOf(level), body, fields: readPairs(body, fields) })
}

export const pythonConsole: LogFormat = {
  name: 'python-console',
  frame: 'header',
  nests: true,
  begins: /[CDEIW]/,
  takes: ['ERROR:root:connection refused', 'ERROR:    Exception in ASGI application', 'CRITICAL: out of workers'],
  leaves: ['ERROR: connection refused', 'INFO:  two blanks', 'INFO:     192.0.2.1:52782 - "GET /x HTTP/1.1" 500'],
  open: () => read,
}
