// The console logger of .NET: level, category and event on one line, the message on the next.
import type { LogFormat } from '../format.ts'
import { readPairs } from '../pairs.ts'
import { type Reading, reading } from '../reading.ts'
import { severityOf } from '../severity.ts'
import { readStamp } from '../time/read-stamp.ts'

/** https://learn.microsoft.com/en-us/dotnet/core/extensions/console-log-formatter */
const HEADER =
  /^(?:\[?([\d][\d\-/:.,T ]{6,27}(?:Z|[+-]\d\d:?\d\d)?)\]? ?)?(trce|dbug|info|warn|fail|crit): ([\w.`+<>$]+)\[(\d+)\]/

/** How far a time before the level may reach. */
const LONGEST_TIME = 40

/** Whether the first small letters are a level's: most lines are told by them. */
function mayBe(record: string): boolean {
  for (let at = 0; at < LONGEST_TIME; at++) {
    const code = record.charCodeAt(at)
    if (code >= 97 && code <= 122) return record.charCodeAt(at + 4) === 58
    if (!(code >= 32 && code <= 93)) return false
  }
  return false
}

function read(record: string): Reading | null {
  if (!mayBe(record)) return null
  const found = HEADER.exec(record)
  if (found === null) return null
  const stamp = found[1] === undefined ? null : readStamp(record, record.charCodeAt(0) === 91 ? 1 : 0)
  const rest = record.slice(found[0].length)
  const body = rest.replace(/^\s+/, '').replace(/\n {6}/g, '\n')
  const fields = { logger: found[3] ?? null, event_id: Number(found[4]) }
  return reading({ stamp, severity: severityOf(found[2] ?? ''), body, fields: readPairs(body, fields) })
}

export const dotnetConsole: LogFormat = {
  name: 'dotnet-console',
  frame: 'header',
  rereads: true,
  nests: true,
  begins: /[[\dcdfitw]/,
  takes: [
    'fail: Microsoft.EntityFrameworkCore.Database.Connection[20004]\n      An error occurred using the connection to database',
    '2026-11-20 22:35:19.868 info: Microsoft.Hosting.Lifetime[14]\n      Now listening on: http://[::]:8080',
  ],
  leaves: ['info: Server started', 'warn: [7] items left'],
  open: () => read,
}
