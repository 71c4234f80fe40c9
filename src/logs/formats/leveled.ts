// Lines that state a level and no time: `ERROR: …`, `[info] …`, `[WARNING] plugin/ready: …`.
import type { LogFormat } from '../format.ts'
import { readPairs } from '../pairs.ts'
import { type Reading, reading } from '../reading.ts'
import { severityOf } from '../severity.ts'

const LEVEL =
  /^(?:\[([A-Za-z]{3,9})\]\s*|(?:npm )?([A-Z]{3,9})\s*[:\s|-]\s*|(trace|debug|info|warning|warn|error|fatal)(?::\s+|\/))(?=\S)/

function read(line: string): Reading | null {
  const found = LEVEL.exec(line)
  const severity = found === null ? null : severityOf(found[1] ?? found[2] ?? found[3] ?? '')
  if (found === null || severity === null) return null
  const body = line.slice(found[0].length)
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
