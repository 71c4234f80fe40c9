// Lines of unknown layout with a whole time somewhere in them: asked only where a source has no other times.
import type { LogFormat } from '../format.ts'
import { readPairs } from '../pairs.ts'
import { type Reading, reading } from '../reading.ts'
import { severityOf } from '../severity.ts'
import { readStamp } from '../time/read-stamp.ts'

const BEFORE = /[\s[("'=,|#:]/g
const LEVEL = /\b(TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|ERR|CRITICAL|FATAL|PANIC)\b/
const REACH = 240
/** From when to when a certificate holds, as openssl, keytool and curl print it: not when the line was written. */
const VALIDITY = /(?:[Nn]ot ?(?:[Bb]efore|[Aa]fter)|[Vv]alid from|until|(?:start|expire) date) ?[:=] ?$/
/** A bare number is a time where the line begins with it, or where a name says so: identifiers are as long. */
const NUMBER = /1\d{9}/y
const NAMED = /(?:^\W{0,2}|(?:time|stamp|\bts|date|epoch|when|since|\bat)["']?[ :=]{0,2}["'([]?)$/i

function isOther(line: string, start: number): boolean {
  const before = line.slice(0, start)
  NUMBER.lastIndex = start
  return VALIDITY.test(before) || (NUMBER.test(line) && !NAMED.test(before))
}

function read(line: string): Reading | null {
  BEFORE.lastIndex = 0
  for (let found = BEFORE.exec(line); found !== null && found.index < REACH; found = BEFORE.exec(line)) {
    const stamp = readStamp(line, found.index + 1)
    if (stamp === null || stamp.lacks !== 'nothing' || isOther(line, stamp.start)) continue
    const level = LEVEL.exec(line.slice(0, stamp.end + 60))?.[1]
    return reading({ stamp, severity: severityOf(level ?? ''), body: line.trimEnd(), fields: readPairs(line) })
  }
  return null
}

export const stamped: LogFormat = {
  name: 'stamped',
  frame: 'soft',
  takes: [
    'Auth: [SMB2,(null)] user [WORKGROUP]\\[root] at [Thu, 14 Oct 2021 15:24:12.023984 UTC] with [NTLMv2]',
    'probe of db-1 at 1795214763.214 failed',
  ],
  leaves: [
    'no time at all',
    'order 1795214763 failed',
    'v:NotBefore: Mar  1 10:00:00 2025 GMT; NotAfter: May 30 10:00:00 2025 GMT',
  ],
  open: () => read,
}
