// What MinIO prints when something failed: a block that begins with the call, then time, deployment, error and trace.
import type { LogFormat } from '../format.ts'
import { type Reading, reading } from '../reading.ts'
import { readStamp } from '../time/read-stamp.ts'
import type { Stamp } from '../time/stamp.ts'

const CALL = /^API: (\w+(?:\.\w+)*\([^\n]{0,400}\))(?=\s*(?:\n|$))/
const TIME = /\nTime: (\d\d:\d\d:\d\d) ([A-Z]{1,4} )?(\d\d\/\d\d\/\d{4})(?=\s*(?:\n|$))/
const ERROR = /\nError: /

/** The date stands behind the time of day, month first; the stamp is that of the line. */
function stampIn(record: string): Stamp | null {
  const found = TIME.exec(record)
  if (found === null) return null
  const stamp = readStamp(`${found[3]} ${found[1]} ${found[2] ?? ''}`, 0)
  const end = found.index + found[0].length
  return stamp === null ? null : { ...stamp, start: found.index + 7, seconds: end, end }
}

function read(record: string): Reading | null {
  const call = CALL.exec(record)
  if (call === null) return null
  const error = ERROR.exec(record)
  const severity = error === null ? null : 'error'
  const body = error === null ? record : record.slice(error.index + 1)
  return reading({ stamp: stampIn(record), severity, program: 'minio', body, fields: { api: call[1] ?? null } })
}

export const minio: LogFormat = {
  name: 'minio',
  frame: 'header',
  rereads: true,
  begins: /A/,
  takes: [
    'API: SYSTEM()\nTime: 22:35:19 UTC 11/20/2026\nDeploymentID: 6f1d\nError: Drive not found (*errors.errorString)',
  ],
  leaves: ['API: https://shop.example', 'Time to go'],
  open: () => read,
}
