// The error log of Apache httpd 2.2 and 2.4, and of programs that write as it does.
import type { LogFormat } from '../format.ts'
import { type OpenFields, type Reading, reading } from '../reading.ts'
import { severityOf } from '../severity.ts'
import { readStamp } from '../time/read-stamp.ts'

const HEADER = /^\[[A-Z][a-z]{2} [A-Z][a-z]{2} +\d{1,2} [\d:.]+ \d{4}\] \[(?:([\w.-]*):)?(\w+)\] /
const PROCESS = /\[pid (\d+)(?::tid (\w+))?\] /y
const PART = /\[(client|remote) ([^\]]+)\] /y
const SOURCE = /([\w./-]+\.c\(\d+\)): /y

function read(line: string): Reading | null {
  const found = line.charCodeAt(0) === 91 ? HEADER.exec(line) : null
  const severity = severityOf((found?.[2] ?? '').replace(/\d$/, ''))
  if (found === null || severity === null) return null
  const fields: OpenFields = {}
  if (found[1] !== undefined && found[1] !== '') fields.module = found[1]
  let at = found[0].length
  const next = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    const part = pattern.exec(line)
    if (part !== null) at = pattern.lastIndex
    return part
  }
  const process = next(PROCESS)
  if (process?.[2] !== undefined) fields.thread = process[2]
  const file = next(SOURCE)?.[1]
  if (file !== undefined) fields.file = file
  const client = next(PART)?.[2]
  if (client !== undefined) fields.client = client.replace(/^((?:\d+\.){3}\d+|\[[^\]]+\]):\d+$/, '$1')
  const code = /^(AH\d{5}): /.exec(line.slice(at))?.[1]
  if (code !== undefined) fields.code = code
  const pid = process === null ? null : Number(process[1])
  return reading({ stamp: readStamp(line, 1), severity, program: 'httpd', pid, body: line.slice(at), fields })
}

export const apacheError: LogFormat = {
  name: 'apache-error',
  frame: 'header',
  alone: true,
  nests: true,
  begins: /\[/,
  takes: [
    '[Fri Sep 09 10:42:29.902022 2011] [core:error] [pid 35708:tid 4328636416] [client 192.0.2.187] File does not exist: /usr/local/favicon.ico',
    '[Sun Dec 04 04:47:44 2005] [notice] workerEnv.init() ok /etc/httpd/conf/workers2.properties',
  ],
  leaves: ['[Sun Feb 23 16:24:18 2025] NVRM: GPU'],
  open: () => read,
}
