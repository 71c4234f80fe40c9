// Lines that state a level and no time: `ERROR: …`, `[info] …`, `[WARNING] plugin/ready: …`.
import type { LogFormat } from '../format.ts'
import { readPairs } from '../pairs.ts'
import { type Reading, reading } from '../reading.ts'
import { severityOf } from '../severity.ts'

const BRACKET = /^\[([A-Za-z]{3,9})\]\s*(?=\S)/
const WORD =
  /^(?:npm )?(?:([A-Z]{3,9})(?:\s*[:|-]\s*|\s+)|(trace|debug|info|information|notice|warning|warn|error|critical|fatal|panic)(?::\s+|\/))(?=\S)/

/** A word without brackets may belong to what is said (`FATAL ERROR: …`, `panic: …`): it stays in the message. */
function read(line: string): Reading | null {
  const bracket = line.charCodeAt(0) === 91 ? BRACKET.exec(line) : null
  const word = bracket === null ? WORD.exec(line) : null
  const severity = severityOf(bracket?.[1] ?? word?.[1] ?? word?.[2] ?? '')
  if (severity === null) return null
  const body = bracket === null ? line.trimEnd() : line.slice(bracket[0].length)
  return reading({ severity, body, fields: readPairs(body), inner: true })
}

export const leveled: LogFormat = {
  name: 'leveled',
  frame: 'soft',
  nests: true,
  takes: [
    '[WARNING] No files matching import glob pattern: /etc/coredns/custom/*.server',
    'INFO Server db-1 loaded response in 500ms',
  ],
  leaves: ['Information wants to be free'],
  open: () => read,
}
