// Messages of Cisco's IOS, NX-OS and ASA: numbers before the time, a mark that the clock is not set, `%FACILITY-SEVERITY-NAME:`.
import type { LogFormat } from '../format.ts'
import { type OpenFields, type Reading, reading } from '../reading.ts'
import { severityOfSyslog } from '../severity.ts'
import { readStamp } from '../time/read-stamp.ts'
import type { Stamp } from '../time/stamp.ts'

/** https://www.cisco.com/c/en/us/td/docs/routers/access/wireless/software/guide/SysMsgLogging.html */
const MESSAGE = /%[A-Z][A-Z0-9_]*(?:-[A-Za-z0-9_]+)*?-([0-7])-[A-Z0-9_]+:/
const FRONT =
  /^(?:<(\d{1,3})>)?(?:: ?)?(?:(\d{1,10}): )?(?:((?!\d+:)[A-Za-z0-9][\w.:-]*?): )?(?:\d{1,10}: )?(?:\*[\w.-]+: )?[*.]?(?=[A-Z][a-z]{2} |\d{4} [A-Z])/
const YEAR_FIRST = /^(\d{4}) ([A-Z][a-z]{2} +\d{1,2}) ([\d:.]+(?: [A-Z]{3,4}\b)?)/
/** Between the time and the message: a colon, the host of those that send one. */
const BEHIND = /^(?: [A-Z]{3,4})?:? +(?:([\w.-]+) ?:? )?$/

function stampOf(line: string, at: number): Stamp | null {
  const found = YEAR_FIRST.exec(line.slice(at, at + 40))
  if (found === null) return readStamp(line, at)
  // The year in its usual place: the time is as long as before.
  const stamp = readStamp(`${found[2]} ${found[1]} ${found[3]}`, 0)
  return stamp === null ? null : { ...stamp, start: at, seconds: at + stamp.seconds, end: at + stamp.end }
}

function read(line: string): Reading | null {
  const message = line.includes('%') ? MESSAGE.exec(line) : null
  const front = message === null || message.index > 120 ? null : FRONT.exec(line)
  if (front === null || message === null) return null
  const stamp = stampOf(line, front[0].length)
  const behind = stamp === null ? null : BEHIND.exec(line.slice(stamp.end, message.index))
  if (stamp === null || stamp.lacks === 'date' || behind === null) return null
  const priority = front[1] === undefined ? null : Number(front[1])
  const fields: OpenFields = priority === null ? {} : { facility: priority >> 3 }
  if (front[2] !== undefined) fields.sequence = front[2]
  return reading({
    stamp,
    severity: severityOfSyslog(priority === null ? Number(message[1]) : priority & 7),
    host: front[3] ?? behind[1] ?? null,
    program: message[0].slice(0, -1),
    body: line.slice(message.index + message[0].length).trim(),
    fields,
  })
}

export const cisco: LogFormat = {
  name: 'cisco',
  frame: 'header',
  nests: true,
  takes: [
    '<189>29: *Oct 11 22:14:15.123: %LINK-3-UPDOWN: Interface GigabitEthernet0/1, changed state to up',
    '<166>Oct 11 2026 22:14:15 fw01 : %ASA-6-302013: Built outbound TCP connection',
    '2026 Oct 11 22:14:15 switch1 %ETHPORT-5-IF_UP: Interface Ethernet1/1 is up',
  ],
  leaves: ['<189>Oct 11 22:14:15 host app: 100%-5-done: no facility'],
  open: () => read,
}
