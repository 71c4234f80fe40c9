// What HAProxy says on its own terminal: a level, perhaps the day and time, its process.
import type { LogFormat } from '../format.ts'
import { type Reading, reading } from '../reading.ts'
import { severityOf } from '../severity.ts'
import { readStamp } from '../time/read-stamp.ts'

const HEADER = /^\[(ALERT|WARNING|NOTICE|INFO|DEBUG|DIAG) *\] +(?:\d{3}\/(\d\d)(\d\d)(\d\d) )?\((\d+)\) : /

/** The day is counted from the year's first, which without the year is no date: the time of day is what is told. */
function read(line: string): Reading | null {
  const found = line.charCodeAt(0) === 91 ? HEADER.exec(line) : null
  if (found === null) return null
  const [, level = '', hour, minute, second, pid] = found
  const time = hour === undefined ? null : readStamp(`${hour}:${minute}:${second}`, 0)
  const at = line.indexOf('/') + 1
  const stamp = time === null ? null : { ...time, start: at, seconds: at + 6, end: at + 6 }
  const severity = level === 'DIAG' ? 'debug' : severityOf(level)
  return reading({ stamp, severity, program: 'haproxy', pid: Number(pid), body: line.slice(found[0].length) })
}

export const haproxy: LogFormat = {
  name: 'haproxy',
  frame: 'header',
  nests: true,
  begins: /\[/,
  takes: [
    '[ALERT]    (1) : Binding [/etc/haproxy.cfg:3] for frontend http-in: cannot bind socket (Address already in use)',
    '[NOTICE] 323/223519 (1) : New worker (8) forked',
  ],
  leaves: ['[WARNING] (12) queued'],
  open: () => read,
}
