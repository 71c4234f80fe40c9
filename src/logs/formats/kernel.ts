// The kernel's ring buffer: dmesg with uptime or wall time, with levels decoded, /dev/kmsg, pstore and console captures.
import type { LogFormat } from '../format.ts'
import { type Reading, reading } from '../reading.ts'
import { severityOf, severityOfSyslog } from '../severity.ts'
import { uptimeStamp } from '../time/number.ts'
import { readStamp } from '../time/read-stamp.ts'

const UPTIME =
  /^(?:[\w.-]{1,30} login: )?(?:<(\d{1,3})>)?\[ *(\d{1,8}\.\d{6})(?: +< *\d+\.\d+ *>)?\](?:\[ *([TC]\d+)\])? ?/
const WALL = /^\[([A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4})(?: +< *\d+\.\d+ *>)?\] (?!\[)/
/** `dmesg -H`: the minute once, then the seconds since the line before. */
const HUMAN = /^(?:[a-z\d]+ *:[a-z]+ *: )?\[(?:([A-Z][a-z]{2}) ?([ \d]\d) (\d\d:\d\d)| +\+\d+\.\d{6})\] /
const DECODED =
  /^(kern|user|mail|daemon|auth|syslog|lpr|news|uucp|cron|authpriv|ftp|local\d) *:(\w+) *: (?:\[ *(\d+\.\d+)(?: +< *\d+\.\d+ *>)?\] |(\d{4}-\S+) |\[([A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d [\d:]+ \d{4})\] )/
const KMSG = /^(\d{1,3}),\d+,(\d+),[-c+](?:,[^;]*)?;/
/** Lines that tell the time of day of an uptime: the clock set from the RTC, the first audit record. */
const CLOCK_SET = /setting system clock to .*\((\d{10})\)|type=2000 audit\((\d{10}\.\d{3}):/

/** `journalctl -o short-monotonic` puts host and program behind the uptime. */
const JOURNAL = /^[\w.-]+ (?:[\w./@-]+\[\d+\]|kernel): /

function wallAt(body: string): number | null {
  const found = CLOCK_SET.exec(body)
  return found === null ? null : Number(found[1] ?? found[2])
}

/** A line that states both clocks has the calendar's time, so that the source's uptimes can be tied to it. */
function timed(
  seconds: number,
  place: { readonly start: number; readonly end: number },
  body: string,
): Partial<Reading> {
  const wall = wallAt(body)
  const stamp = uptimeStamp(seconds, place.start, place.end)
  if (wall === null) return { stamp }
  return {
    stamp: { ...stamp, at: Math.round(wall * 1e6), lacks: 'nothing', offset: 0, uptime: false },
    uptime: seconds,
  }
}

function readUptime(line: string): Reading | null {
  const found = UPTIME.exec(line)
  if (found === null) return null
  const body = line.slice(found[0].length)
  const start = found[0].indexOf(found[2] ?? '')
  const severity = found[1] === undefined ? null : severityOfSyslog(Number(found[1]) & 7)
  const fields = found[3] === undefined ? {} : { thread: found[3] }
  if (found[1] === undefined && found[3] === undefined && JOURNAL.test(body)) return null
  const clock = timed(Number(found[2]), { start, end: start + (found[2]?.length ?? 0) }, body)
  return reading({ ...clock, severity, program: 'kernel', body, fields })
}

function readDecoded(line: string): Reading | null {
  const found = DECODED.exec(line)
  if (found === null) return null
  const body = line.slice(found[0].length)
  const parts = {
    severity: severityOf(found[2] ?? ''),
    program: 'kernel',
    body,
    fields: { facility: found[1] ?? null },
  }
  const wall = found[4] ?? found[5]
  if (wall !== undefined) return reading({ ...parts, stamp: readStamp(line, line.indexOf(wall)) })
  const start = found[0].lastIndexOf(found[3] ?? '')
  return reading({ ...parts, ...timed(Number(found[3]), { start, end: start + (found[3]?.length ?? 0) }, body) })
}

function readKmsg(line: string): Reading | null {
  const found = KMSG.exec(line)
  if (found === null) return null
  const severity = severityOfSyslog(Number(found[1]) & 7)
  const start = found[0].indexOf(',', found[0].indexOf(',') + 1) + 1
  const stamp = uptimeStamp(Number(found[2]) / 1e6, start, start + (found[2]?.length ?? 0))
  return reading({ stamp, severity, program: 'kernel', body: line.slice(found[0].length) })
}

function readHuman(line: string): Reading | null {
  const code = line.charCodeAt(0)
  if (code !== 91 && !(code >= 97 && code <= 122)) return null
  const found = HUMAN.exec(line)
  if (found === null) return null
  const [, month, day = '', minute = ''] = found
  const at = line.indexOf('[') + 1
  const time = month === undefined ? null : readStamp(`${month} ${day} ${minute}:00`, 0)
  const stamp = time === null ? null : { ...time, start: at, seconds: at + 11, end: at + 11 }
  const severity = line.charCodeAt(0) === 91 ? null : severityOf(/:([a-z]+)/.exec(line)?.[1] ?? '')
  return reading({ stamp, severity, program: 'kernel', body: line.slice(found[0].length) })
}

function read(line: string): Reading | null {
  const wall = line.charCodeAt(0) === 91 ? WALL.exec(line) : null
  if (wall !== null) return reading({ stamp: readStamp(line, 1), program: 'kernel', body: line.slice(wall[0].length) })
  return readUptime(line) ?? readDecoded(line) ?? readKmsg(line) ?? readHuman(line)
}

export const kernel: LogFormat = {
  name: 'kernel',
  frame: 'header',
  nests: false,
  begins: /[\w.<[-]/,
  takes: [
    '[ 1819.646100] python3 invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0',
    '[Sun Feb 23 16:24:18 2025] NVRM: GPU Board Serial Number: 1650124014249',
    'kern  :warn  : 2025-01-21T04:41:44,285060+00:00 app[25]: segfault at 7f ip 00 sp 00 error 4',
    '[   12.345678 <    0.000012>] python3 invoked oom-killer',
    '[Nov20 22:35] python3 invoked oom-killer',
    '[  +0.000012] Mem-Info:',
    '6,3973,227996636,-;nvidia-peermem ERROR detected invalid context',
  ],
  leaves: ['[Mon Dec 26 16:22:08 2016] [error] Apache', '[12.5] short'],
  open: () => read,
}
