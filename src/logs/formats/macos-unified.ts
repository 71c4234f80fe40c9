// Apple's unified log as `log show` prints it: time, thread, type, activity, process, then process name and message.
import type { Severity } from '../../model/index.ts'
import type { LogFormat } from '../format.ts'
import { type Reading, reading } from '../reading.ts'
import { readStamp } from '../time/read-stamp.ts'

const HEADER =
  /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}[+-]\d{4} +(0x[0-9a-f]+) +(Default|Info|Debug|Error|Fault|Activity) +0x[0-9a-f]+ +(\d+) +\d+ +([^\s:]+): /
const SEVERITIES: Readonly<Record<string, Severity>> = {
  Default: 'info',
  Info: 'info',
  Debug: 'debug',
  Error: 'error',
  Fault: 'fatal',
}

function read(line: string): Reading | null {
  const sign = line.charCodeAt(26)
  const found = sign === 43 || sign === 45 ? HEADER.exec(line) : null
  if (found === null) return null
  return reading({
    stamp: readStamp(line, 0),
    severity: SEVERITIES[found[2] ?? ''] ?? null,
    program: found[4] ?? null,
    pid: Number(found[3]),
    body: line.slice(found[0].length),
    fields: { thread: found[1] ?? null },
  })
}

export const macosUnified: LogFormat = {
  name: 'macos-unified',
  frame: 'header',
  begins: /\d/,
  takes: [
    '2026-11-20 22:35:19.868123+0000 0x1234     Error       0x0                  12     0    launchd: [com.example] exited',
  ],
  leaves: ['2026-11-20 22:35:19.868123-0800  localhost kernel[0]: (AppleACPI) sleep'],
  open: () => read,
}
