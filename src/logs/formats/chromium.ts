// Chromium's log, as Electron, headless browsers and drivers of them write it: process, thread, time, level and place in brackets.
import type { LogFormat } from '../format.ts'
import { readPairs } from '../pairs.ts'
import { type Reading, reading } from '../reading.ts'
import { severityOf } from '../severity.ts'
import { fractionMicros, isWall, NO_YEAR, type Stamp, wallMicros } from '../time/stamp.ts'

/** https://source.chromium.org/chromium/chromium/src/+/main:base/logging.h */
const HEADER =
  /^\[(?:(\d{1,9}):(?:(\d{1,9}):)?)?(\d\d)(\d\d)\/(\d\d)(\d\d)(\d\d)(?:\.(\d{1,6}))?:(VERBOSE\d{1,2}|INFO|WARNING|ERROR|FATAL):([^\]]{1,120})\] ?/
const DATE_SIGNS = 11

function stampOf(found: RegExpExecArray): Stamp | null {
  const [month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.slice(3, 8).map(Number)
  const wall = { year: NO_YEAR, month, day, hour, minute, second, micros: fractionMicros(found[8] ?? '') }
  if (!isWall(wall)) return null
  const start = found[0].indexOf('/') - 4
  const seconds = start + DATE_SIGNS
  const end = seconds + (found[8] === undefined ? 0 : found[8].length + 1)
  return { at: wallMicros(wall), lacks: 'year', zoned: false, offset: null, uptime: false, start, seconds, end }
}

function read(line: string): Reading | null {
  const found = HEADER.exec(line)
  const stamp = found === null ? null : stampOf(found)
  if (found === null || stamp === null) return null
  const [, process, thread, , , , , , , level = '', file = ''] = found
  const body = line.slice(found[0].length)
  const fields = readPairs(body, { file, ...(thread === undefined ? {} : { thread }) })
  const severity = severityOf(level.replace(/\d+$/, ''))
  return reading({ stamp, severity, pid: process === undefined ? null : Number(process), body, fields })
}

export const chromium: LogFormat = {
  name: 'chromium',
  frame: 'header',
  nests: true,
  begins: /\[/,
  takes: [
    '[1234:5678:1120/223519.868123:ERROR:ssl_client_socket_impl.cc(991)] handshake failed; returned -1',
    '[1120/223519:INFO:CONSOLE(1)] "ready", source: https://shop.example/a.js (1)',
  ],
  leaves: ['[1234:5678:1320/223519.868:ERROR:a.cc(1)] month thirteen', '[1120/223519] no level'],
  open: () => read,
}
