// Google's glog, Kubernetes' klog and CockroachDB's log: a letter, month and day, time, thread, source line.
import type { Severity } from '../../model/index.ts'
import type { LogFormat } from '../format.ts'
import { readPairs } from '../pairs.ts'
import { type Reading, reading } from '../reading.ts'
import { severityOfLetter } from '../severity.ts'
import { fractionMicros, NO_YEAR, type Stamp, wallMicros } from '../time/stamp.ts'

const HEADER =
  /^([IWEF])(\d{4}|\d\d)?(\d\d)(\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))? +(\d+) ([^\s\]:]{1,80}:\d+)(?:\] ?| +(?:⋮ +)?(?=\[))/
const QUOTED = /^"((?:[^"\\]|\\.)*)"(?: |$)/

function stampOf(found: RegExpExecArray): Stamp {
  const [year, month, day, hour, minute, second] = found.slice(2, 8).map((digits) => Number(digits ?? 0))
  const date = { year: year ? year + (year < 100 ? 2000 : 0) : NO_YEAR, month: month ?? 0, day: day ?? 0 }
  const clock = { hour: hour ?? 0, minute: minute ?? 0, second: second ?? 0, micros: fractionMicros(found[8] ?? '') }
  const seconds = 14 + (found[2]?.length ?? 0)
  const end = seconds + (found[8] === undefined ? 0 : found[8].length + 1)
  const lacks = found[2] === undefined ? 'year' : 'nothing'
  return {
    at: wallMicros({ ...date, ...clock }),
    lacks,
    zoned: false,
    offset: null,
    uptime: false,
    start: 1,
    seconds,
    end,
  }
}

function read(line: string): Reading | null {
  const code = line.charCodeAt(0)
  if (code !== 73 && code !== 87 && code !== 69 && code !== 70) return null
  const found = HEADER.exec(line)
  if (found === null) return null
  const body = line.slice(found[0].length)
  const quoted = QUOTED.exec(body)
  const fields = readPairs(quoted === null ? body : body.slice(quoted[0].length), { file: found[10] ?? null })
  return reading({
    stamp: stampOf(found),
    severity: severityOfLetter(found[1] ?? ''),
    pid: Number(found[9]),
    body,
    fields,
  })
}

/** The level of a line of which the first bytes are given, one sign each; null where they do not tell. */
export function glogLevel(head: string): Severity | null {
  const found = HEADER.exec(head)
  return found === null ? null : severityOfLetter(found[1] ?? '')
}

export const glog: LogFormat = {
  name: 'glog',
  frame: 'header',
  alone: true,
  nests: true,
  begins: /[IWEF]/,
  takes: [
    'E0708 18:09:49.328642 1906352 evented.go:365] "Evented PLEG: Get cache" err="context deadline exceeded" podID="9538385f"',
  ],
  leaves: ['E, [2023-03-13T09:25:23.245316 #1] ERROR -- : Ruby'],
  open: () => read,
}
