// Stack traces whose every line got a time in front: `kubectl logs --timestamps`, `docker logs -t`, logs of CI runners.
import type { LogFormat } from '../format.ts'
import { type OpenRecord, type Reading, reading } from '../reading.ts'
import { readStamp } from '../time/read-stamp.ts'
import { goesOn } from '../traces.ts'
import { STAMPED_HEADER, stampedParts } from './container-bytes.ts'

const STAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z /
/** Seven digits or more, zeros at the end may be left out: who writes such times is no logger of the application. */
const LONG_STAMP = 29
/** A trace for certain: until one has been seen the lines may be anybody's. */
const TRACE = /^(?:\s+(?:at \S|File "|\.\.\. \d+ more)|\tat |Traceback \(most recent|goroutine \d+ \[)/
/** What no record begins with by itself. */
const PIECE =
  /^(?:\s+(?:at |File "|\.\.\. \d)|\t|\t?at [\w.$<>]+[( ]|Caused by: |Traceback \(most recent|goroutine \d+ \[|created by |\/\S+\.(?:go|s):\d+ \+0x|During handling of |The above exception |(?:[A-Za-z_]\w*[.$:\\])*[A-Z]\w*(?:Exception|Error): |[\w./*()@-]+\(.*\)$|\s*[~^]+\s*$|\s{4}\S|$)/

function joinsTrace(body: string): (record: OpenRecord) => boolean {
  return (record) => {
    const before = STAMP.exec(record.last)
    if (before === null) return false
    const last = record.last.slice(before[0].length)
    return goesOn({ first: record.lines === 1 ? last : record.reading.body, last, body })
  }
}

function opened(): (line: string) => Reading | null {
  let isTraced = false
  return (line) => {
    if (line.charCodeAt(10) !== 84 || line.charCodeAt(4) !== 45) return null
    const found = STAMP.exec(line)
    if (found === null) return null
    const body = line.slice(found[0].length)
    isTraced ||= found[0].length >= LONG_STAMP && TRACE.test(body)
    if (!isTraced || !PIECE.test(body)) return null
    return reading({ stamp: readStamp(line, 0), body, joins: joinsTrace(body), weak: true })
  }
}

export const stampedTrace: LogFormat = {
  name: 'stamped-trace',
  frame: 'line',
  sequential: true,
  early: true,
  wraps: stampedParts,
  wrapHeader: STAMPED_HEADER,
  isOthers: true,
  begins: /\d/,
  takes: [
    '2026-11-20T22:35:19.868123456Z \tat a.b.C.run(C.java:7)',
    '2026-11-20T22:35:19.8681234Z     at a.js:1:2\n2026-11-20T22:35:19.868Z Caused by: x',
  ],
  leaves: ['2026-11-20T22:35:19.868123456Z ERROR boom', '2026-11-20T22:35:19.868Z \tat a.b.C.run(C.java:7)'],
  open: opened,
}
