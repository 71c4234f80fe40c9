// Server logs of Redis, Valkey and KeyDB, from version 1 to now.
import type { Severity } from '../../model/index.ts'
import type { LogFormat } from '../format.ts'
import { type Reading, reading } from '../reading.ts'
import { readStamp } from '../time/read-stamp.ts'

const MARK: Readonly<Record<string, Severity>> = { '.': 'debug', '-': 'debug', '*': 'info', '#': 'warn' }
const ROLE: Readonly<Record<string, string>> = { M: 'master', S: 'replica', C: 'child', X: 'sentinel' }
const HEADER = /^(?:(\d+):([MSCX]) |\[(\d+)\] )?\d{1,2} [A-Z][a-z]{2} (?:\d{4} )?\d\d:\d\d:\d\d(?:\.\d+)? ([.*#-]) /
/** Version 1 named no process; a time and a hyphen stand before messages of many programs, these are its own. */
const FIRST_VERSION =
  /^(?:DB \d|DB (?:loaded|saved)|\d+ clients connected|Accepted |Client closed|Closing |Error (?:accepting|writing|reading)|Reading from client|Server started, Redis|The server is now ready|MASTER |Slave |SYNC |Background )/
const CRASH = '=== REDIS BUG REPORT START'

const SIGNAL = /^(\d+):signal-handler \((\d{10})\) /

function readCrash(line: string): Reading | null {
  if (line.startsWith(CRASH)) return reading({ severity: 'fatal', program: 'redis', body: line })
  const found = SIGNAL.exec(line)
  if (found === null) return null
  const stamp = readStamp(line, found[0].indexOf('(') + 1)
  return reading({
    stamp,
    severity: 'warn',
    program: 'redis',
    pid: Number(found[1]),
    body: line.slice(found[0].length),
  })
}

function read(line: string): Reading | null {
  const found = HEADER.exec(line)
  if (found === null) return readCrash(line)
  const stamp = readStamp(line, line.search(/\d{1,2} [A-Z]/))
  const pid = found[1] ?? found[3]
  const body = line.slice(found[0].length)
  if (pid === undefined && found[4] === '-' && !FIRST_VERSION.test(body)) return null
  const fields = found[2] === undefined ? {} : { role: ROLE[found[2]] ?? found[2] }
  const severity = MARK[found[4] ?? ''] ?? null
  return reading({
    stamp,
    severity,
    program: 'redis',
    pid: pid === undefined ? null : Number(pid),
    body,
    fields,
  })
}

export const redis: LogFormat = {
  name: 'redis',
  frame: 'header',
  alone: true,
  nests: true,
  begins: /[\d[=]/,
  takes: [
    '13681:M 20 Nov 2026 22:46:02.175 * Ready to accept connections',
    '30 May 10:03:19 - Server started, Redis version 1.2.6',
  ],
  leaves: ['20 Nov 2026 22:46:02.175 INFO started', '12 Apr 20:28:00 - ERROR db connection lost'],
  open: () => read,
}
