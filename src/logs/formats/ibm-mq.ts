// Error logs of IBM MQ queue managers (AMQERR01.LOG): a heading, inserts, a numbered message and what to do, closed by a ruled line.
import type { Severity } from '../../model/index.ts'
import type { LogFormat } from '../format.ts'
import { type Reading, reading } from '../reading.ts'
import { readStamp } from '../time/read-stamp.ts'
import type { Stamp } from '../time/stamp.ts'

const HEADING = /^\d{1,2}[/.]\d{1,2}[/.]\d{2,4} [\d:]{7,8}(?: [AP]M)? +- Process\((\d{1,9})\.\d+\)/
const PROGRAM = /\bProgram\(([^)]+)\)/
const HOST = /\bHost\(([^)]+)\)/
/** The heading has the time as the machine's owner writes it, this one states its zone. */
const TIME = /^\s+Time\((\d{4}-[^)]+)\)/m
const MESSAGE = /^AMQ\d{4,5}([IWEST])?: /m
/** Last letter of a message's number. https://www.ibm.com/docs/en/ibm-mq/9.3?topic=messages-amq-multiplatforms */
const LEVELS: Readonly<Record<string, Severity>> = { I: 'info', W: 'warn', E: 'error', S: 'error', T: 'fatal' }

function stampOf(record: string): Stamp | null {
  const found = TIME.exec(record)
  const stamp = found === null ? null : readStamp(found[1] ?? '', 0)
  if (found === null || stamp === null) return readStamp(record, 0)
  const place = record.indexOf(found[1] ?? '', found.index)
  return { ...stamp, start: place, seconds: place + stamp.seconds, end: place + stamp.end }
}

function read(record: string): Reading | null {
  const code = record.charCodeAt(0)
  const heading = code >= 48 && code <= 57 ? HEADING.exec(record) : null
  if (heading === null) return null
  const message = MESSAGE.exec(record)
  return reading({
    stamp: stampOf(record),
    severity: LEVELS[message?.[1] ?? ''] ?? null,
    host: HOST.exec(record)?.[1] ?? null,
    program: PROGRAM.exec(record)?.[1] ?? null,
    pid: Number(heading[1]),
    body: message === null ? record : record.slice(message.index),
  })
}

export const ibmMq: LogFormat = {
  name: 'ibm-mq',
  frame: 'header',
  rereads: true,
  begins: /\d/,
  takes: [
    '20/11/2026 22:35:19 - Process(9884.1) User(mqm) Program(amqzmur0)\n                      Host(mq1) Installation(Installation1)\n                      Time(2026-11-20T22:35:19.868Z)\n\nAMQ7463E: The log for queue manager QM7 is full.',
  ],
  leaves: ['20/11/2026 22:35:19 - Process started', 'AMQ7463E: The log for queue manager QM7 is full.'],
  open: () => read,
}
