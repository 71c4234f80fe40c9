// Lines that state a level and no time: `ERROR: …`, `[info] …`, `[WARNING] plugin/ready: …`, `[main] ERROR a.b.C - …`.
import type { LogFormat } from '../format.ts'
import { readPairs } from '../pairs.ts'
import { type Reading, reading } from '../reading.ts'
import { severityOf } from '../severity.ts'

/** Tini and kubeadm name what the line is about behind the level. */
const BRACKET = /^\[(?:([A-Za-z]{3,9})\]|([A-Z]{4,8}) +[\w (),-]{2,40}\]:?)\s*(?=\S)/
const WORD =
  /^(?:npm )?(?:(?!HTTP[ /])([A-Z]{3,9})(?:\s*[:|-]\s*|!?\s+)|(trace|debug|info|information|notice|warning|warn|error|critical|fatal|panic)(?::\s+|\/))(?=\S)/

/** SLF4J's simple logger and log4j's TTCC: milliseconds or not, thread, level and logger; Linkerd's seconds since its start. */
const THREADED =
  /^(?:\d{1,12} )?\[([^\]]{1,120})\] +(TRACE|DEBUG|INFO|WARN|ERROR|FATAL) (?: *([\w.$]+)(?: [^-]{1,80})? +- )?/
const SINCE_START = /^\d+\.\d{3,6}s$/

function readThreaded(line: string): Reading | null {
  const found = THREADED.exec(line)
  if (found === null) return null
  const [header, name = '', level = '', logger] = found
  const thread = SINCE_START.test(name.trim()) ? {} : { thread: name.trim() }
  const body = line.slice(header.length)
  const fields = readPairs(body, { ...thread, ...(logger === undefined ? {} : { logger }) })
  return reading({ severity: severityOf(level), body, fields })
}

/** A word without brackets may belong to what is said (`FATAL ERROR: …`, `panic: …`): it stays in the message. */
function read(line: string): Reading | null {
  const threaded = line.includes('] ') ? readThreaded(line) : null
  if (threaded !== null) return threaded
  const bracket = line.charCodeAt(0) === 91 ? BRACKET.exec(line) : null
  const word = bracket === null ? WORD.exec(line) : null
  const severity = severityOf(bracket?.[1] ?? bracket?.[2] ?? word?.[1] ?? word?.[2] ?? '')
  if (severity === null) return null
  const body = bracket === null ? line.trimEnd() : line.slice(bracket[0].length)
  return reading({ severity, worded: true, body, fields: readPairs(body), inner: true })
}

export const leveled: LogFormat = {
  name: 'leveled',
  frame: 'soft',
  nests: true,
  takes: [
    '[WARNING] No files matching import glob pattern: /etc/coredns/custom/*.server',
    'INFO Server db-1 loaded response in 500ms',
    '[main] WARN com.example.Pool - exhausted',
    '173 [main] INFO com.example.App  - started',
    '[     0.001234s]  INFO ThreadId(01) linkerd2_proxy: Using single-threaded proxy runtime',
  ],
  leaves: ['Information wants to be free', 'HTTP Error 500.30 - ASP.NET Core app failed to start'],
  open: () => read,
}
