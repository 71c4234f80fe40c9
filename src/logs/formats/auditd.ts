// Records of the Linux audit daemon.
import type { LogFormat } from '../format.ts'
import { readPairs } from '../pairs.ts'
import { type Reading, reading } from '../reading.ts'
import { readStamp } from '../time/read-stamp.ts'

const HEADER =
  /^(?:node=(\S+) )?type=([\w[\]]+) (?:msg=)?audit\((\d{10}\.\d{3}|\d\d\/\d\d\/\d{2,4} [\d:]+\.\d{3}):(\d+)\) ?: ?/

function read(line: string): Reading | null {
  const found = HEADER.exec(line)
  if (found === null) return null
  const body = line.slice(found[0].length).replaceAll('\x1d', ' ')
  const stamp = readStamp(line, found[0].indexOf('(') + 1)
  const { pid, ...fields } = readPairs(body.replace(/\bmsg='/, ' '), {
    type: found[2] ?? null,
    serial: Number(found[4]),
  })
  const number = typeof pid === 'number' ? pid : null
  return reading({ stamp, host: found[1] ?? null, program: 'audit', pid: number, body, fields })
}

export const auditd: LogFormat = {
  name: 'auditd',
  frame: 'line',
  nests: true,
  begins: /[nt]/,
  takes: [
    'type=SYSCALL msg=audit(1684329817.579:2995): arch=c000003e syscall=59 success=yes exit=0 pid=27032 comm="ls"',
    'type=ANOM_ABEND msg=audit(11/20/2026 22:35:19.694:123) : auid=unset pid=12 comm=x sig=SIGSEGV',
  ],
  leaves: ['type=info msg=hello'],
  open: () => read,
}
