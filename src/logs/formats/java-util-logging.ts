// java.util.logging as Tomcat 6 and many old Java servers write it: time and method, then level and message on the next line.
import type { LogFormat } from '../format.ts'
import { type Reading, reading } from '../reading.ts'
import { severityOf } from '../severity.ts'
import { readStamp } from '../time/read-stamp.ts'

/** The method is left out where the logger was not called by one it knows; only then its name must have parts. */
const HEADER =
  /^[A-Z][a-z]{2} \d{1,2}, \d{4},? \d{1,2}:\d\d:\d\d [AP]M (?:([\w.$]+) ([\w.$<>]+)|([a-z]\w*(?:\.[\w$]+)+))$/i
const LEVEL = /^(SEVERE|WARNING|INFO|CONFIG|FINE|FINER|FINEST): /

function read(record: string): Reading | null {
  const end = record.indexOf('\n')
  const found = HEADER.exec(end < 0 ? record.trimEnd() : record.slice(0, end).trimEnd())
  if (found === null) return null
  const rest = end < 0 ? '' : record.slice(end + 1)
  const level = LEVEL.exec(rest)
  const method = found[2] === undefined ? {} : { method: found[2] }
  const fields = { logger: found[1] ?? found[3] ?? null, ...method }
  const body = level === null ? rest : rest.slice(level[0].length)
  return reading({ stamp: readStamp(record, 0), severity: severityOf(level?.[1] ?? ''), body, fields })
}

export const javaUtilLogging: LogFormat = {
  name: 'java-util-logging',
  frame: 'header',
  rereads: true,
  begins: /[A-Za-z]/,
  takes: ['Nov 10, 2015 8:52:38 AM org.apache.jk.common.MsgAjp processHeader\nSEVERE: BAD packet signature 18245'],
  leaves: ['Nov 10, 2015 8:52:38 AM something else happened here'],
  open: () => read,
}
