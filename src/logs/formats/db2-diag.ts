// The diagnostic log of Db2 (db2diag.log): a heading with the level, then labelled parts in columns.
import type { LogFormat } from '../format.ts'
import { type Reading, reading } from '../reading.ts'
import { severityOf } from '../severity.ts'
import { readStamp } from '../time/read-stamp.ts'
import type { Stamp } from '../time/stamp.ts'

/** The zone is in minutes; behind the record's number stands its level. */
const HEADING = /^\d{4}-\d\d-\d\d-\d\d\.\d\d\.\d\d\.\d{6}([+-]\d{3}) +\w+ +LEVEL: ([A-Za-z]+)/
const PID = /\bPID {0,5}: (\d{1,9})/
const PROCESS = /\bPROC {0,5}: (\S+)/
const HOST = /^HOSTNAME {0,5}: (\S+)/m
const MESSAGE = /^(?:MESSAGE|FUNCTION) {0,5}: /m

function stampOf(record: string, minutes: string): Stamp | null {
  const stamp = readStamp(record, 0)
  const offset = Number(minutes)
  return stamp === null ? null : { ...stamp, at: stamp.at - offset * 60_000_000, zoned: true, offset }
}

function read(record: string): Reading | null {
  const heading = record.charCodeAt(10) === 45 && record.charCodeAt(4) === 45 ? HEADING.exec(record) : null
  if (heading === null) return null
  const [whole, minutes = '', level = ''] = heading
  const pid = PID.exec(record)?.[1]
  const message = MESSAGE.exec(record)
  return reading({
    stamp: stampOf(record, minutes),
    severity: level === 'Event' ? 'info' : severityOf(level),
    host: HOST.exec(record)?.[1] ?? null,
    program: PROCESS.exec(record)?.[1] ?? null,
    pid: pid === undefined ? null : Number(pid),
    body: record.slice(message?.index ?? whole.length),
  })
}

export const db2Diag: LogFormat = {
  name: 'db2-diag',
  frame: 'header',
  rereads: true,
  begins: /\d/,
  takes: [
    '2026-11-20-22.35.19.868123+060 E2211A512           LEVEL: Severe\nPID     : 7321                 TID : 140     PROC : db2sysc 0\nHOSTNAME: db1\nMESSAGE : ADM0001C',
  ],
  leaves: ['2026-11-20-22.35.19.868123 LEVEL: Severe', '2026-11-20 22:35:19 LEVEL: Severe'],
  open: () => read,
}
