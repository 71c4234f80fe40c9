// `journalctl -o short-monotonic` and `short-delta`: seconds since boot, host, program and process.
import type { LogFormat } from '../format.ts'
import { readPairs } from '../pairs.ts'
import { type Reading, reading } from '../reading.ts'
import { uptimeStamp } from '../time/number.ts'
import { asOneProgram } from './one-program.ts'

const HEADER =
  /^\[ *(\d{1,8}\.\d{6})(?: +(?:< *\d+\.\d+ > *)?)?\] ([\w.-]+) (?:([^\s[\]:]+)\[(\d+)\]|(kernel|[\w.-]+\.(?:service|scope|socket|mount)))(?:\[\d+\])?: /

function read(line: string): Reading | null {
  const found = line.charCodeAt(0) === 91 ? HEADER.exec(line) : null
  if (found === null) return null
  const start = line.indexOf(found[1] ?? '')
  const stamp = uptimeStamp(Number(found[1]), start, start + (found[1]?.length ?? 0))
  const body = line.slice(found[0].length)
  const pid = found[4] === undefined ? null : Number(found[4])
  const who = { host: found[2] ?? null, program: found[3] ?? found[5] ?? null, pid }
  return asOneProgram(reading({ stamp, ...who, body, fields: readPairs(body), inner: true }))
}

export const journalctlMonotonic: LogFormat = {
  name: 'journalctl-monotonic',
  frame: 'header',
  countsEach: true,
  begins: /\[/,
  takes: [
    '[   12.345678] reg-09 systemd[1]: Started rsyslog.service.',
    '[    0.000000] reg-09 kernel: Linux version 6.1.0',
    '[   12.345690 <    0.000012 >] reg-09 systemd[1]: Started rsyslog.service.',
  ],
  leaves: ['[   12.345678] python3 invoked oom-killer', '[   12.345678] usb 1-1: new high-speed device'],
  open: () => read,
}
