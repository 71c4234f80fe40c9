// logrus on a terminal, as docker, podman and skaffold write: the level's first four letters, then seconds or a time in brackets.
import type { LogFormat } from '../format.ts'
import { readPairs } from '../pairs.ts'
import { type Reading, reading } from '../reading.ts'
import { severityOf } from '../severity.ts'
import { uptimeStamp } from '../time/number.ts'
import { readStamp } from '../time/read-stamp.ts'

const HEADER = /^(TRAC|DEBU|INFO|WARN|ERRO|FATA|PANI)\[(\d{4,8}|\d{4}-\d\d-\d\d[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)\] ?/
const WORDS: Readonly<Record<string, string>> = {
  TRAC: 'trace',
  DEBU: 'debug',
  ERRO: 'error',
  FATA: 'fatal',
  PANI: 'panic',
}

function read(line: string): Reading | null {
  const found = line.charCodeAt(4) === 91 ? HEADER.exec(line) : null
  if (found === null) return null
  const [, word = '', time = ''] = found
  const isUptime = /^\d+$/.test(time)
  const stamp = isUptime ? uptimeStamp(Number(time), 5, 5 + time.length) : readStamp(line, 5)
  const body = line.slice(found[0].length)
  return reading({ stamp, severity: severityOf(WORDS[word] ?? word), body, fields: readPairs(body) })
}

export const logrusConsole: LogFormat = {
  name: 'logrus-console',
  frame: 'header',
  nests: true,
  begins: /[A-Z]/,
  takes: ['ERRO[0012] connection refused    error="dial tcp"', 'WARN[2026-11-20T22:35:19Z] slow'],
  leaves: ['INFO[main] starting', 'ERROR[0012] five letters'],
  open: () => read,
}
