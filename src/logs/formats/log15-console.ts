// log15 on a terminal, as go-ethereum writes, and Tendermint's log: the level, month and day, a bar, the time, message, pairs.
import type { LogFormat } from '../format.ts'
import { readPairs } from '../pairs.ts'
import { type Reading, reading } from '../reading.ts'
import { severityOf, severityOfLetter } from '../severity.ts'
import { fractionMicros, NO_YEAR, type Stamp, wallMicros } from '../time/stamp.ts'

const HEADER =
  /^(TRACE|DEBUG|INFO|WARN|ERROR|CRIT|[DIE]) ?\[(?:(\d{4})-)?([01]\d)-([0-3]\d)\|([0-2]\d):([0-5]\d):([0-6]\d)(?:\.(\d{1,9}))?\] */

function stampOf(line: string, found: RegExpExecArray): Stamp {
  const [year, month, day, hour, minute, second] = found.slice(2, 8).map((digits) => Number(digits ?? 0))
  const date = { year: year || NO_YEAR, month: month ?? 0, day: day ?? 0 }
  const clock = { hour: hour ?? 0, minute: minute ?? 0, second: second ?? 0, micros: fractionMicros(found[8] ?? '') }
  const end = line.indexOf(']')
  return {
    at: wallMicros({ ...date, ...clock }),
    lacks: found[2] === undefined ? 'year' : 'nothing',
    zoned: false,
    offset: null,
    uptime: false,
    start: line.indexOf('[') + 1,
    seconds: found[8] === undefined ? end : end - found[8].length - 1,
    end,
  }
}

function read(line: string): Reading | null {
  const found = HEADER.exec(line)
  if (found === null) return null
  const [header, level = ''] = found
  const severity = level.length === 1 ? severityOfLetter(level) : severityOf(level)
  const body = line.slice(header.length)
  return reading({ stamp: stampOf(line, found), severity, body, fields: readPairs(body) })
}

export const log15Console: LogFormat = {
  name: 'log15-console',
  frame: 'header',
  nests: true,
  begins: /[TDIWEC]/,
  takes: [
    'ERROR[04-09|19:30:15.627] Dial failed                  err="dial tcp 192.0.2.7:30303: connect: connection refused"',
    'I[2025-04-09|19:30:13.627] Dialing peer                                 module=p2p address=192.0.2.7:46657',
  ],
  leaves: ['INFO [04-09 19:30:13] with a blank', 'I[0409] no time'],
  open: () => read,
}
