// Tables of samples as sysstat (iostat, mpstat, sar), vmstat, top, free, df, ss -s, netstat -s and the tools of brokers print them.
import type { LineReader, LogFormat } from '../format.ts'
import { type Reading, reading } from '../reading.ts'
import { readStamp } from '../time/read-stamp.ts'
import type { Stamp } from '../time/stamp.ts'
import { networkReader } from './network-samples.ts'
import { pressureReader } from './pressure-samples.ts'
import {
  type Cells,
  cpuSample,
  diskSample,
  memorySample,
  queueSample,
  type Sample,
  volumeSample,
} from './sample-rows.ts'

/** The columns that follow and what their rows state. */
interface Table {
  readonly columns: readonly string[]
  readonly sampleOf: (cells: Cells) => Sample | null
}

/** What earlier lines say of those that follow. */
interface State {
  host: string | null
  /** `2025-03-01`, of the line with which sysstat begins. */
  date: string
  stamp: Stamp | null
  table: Table | null
  /** The name of a device that stands on a line of its own. */
  wrapped: string
}

const HEAD = /^(?:Linux|SunOS|AIX) \S+ \(([^()\s]+)\)\s+(\S+)\s+_\S+_\s+\(\d+ CPU\)\s*$/
const TIME = /^(\d\d:\d\d:\d\d)(?: ([AP]M))?\s+/
const DATE_TIME = /^(\d\d?[/.]\d\d?[/.]\d{2,4}|\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?: ([AP]M))?(?:[+-]\d{4})?\s*$/
const TOP = /^top - (\d\d:\d\d:\d\d) up .*load average: (\d+[.,]\d+)/
const TOP_CPU = /^%?Cpu\(s\):\s*(\d+[.,]\d+)[ %]us,.*?(\d+[.,]\d+)[ %]id,(?:\s*(\d+[.,]\d+)[ %]wa)?/
const MARKS = /^[=#*>-]*\s*/
const REST_OF_MOMENT = /^[\s=#*<:-]*$/
const SOCKETS = /^TCP:\s+\d+ \(estab (\d+), closed \d+, orphaned (\d+),(?: synrecv \d+,)? timewait (\d+)/

/** Month first, as sysstat writes it unless told otherwise; a first number above 12 is a day. */
function dateOf(text: string): string {
  if (/^\d{4}-/.test(text)) return text.slice(0, 10)
  const [first = '', second = '', year = ''] = text.split(/[/.]/)
  const [month, day] = Number(first) > 12 || text.includes('.') ? [second, first] : [first, second]
  return `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

function hoursOf(time: string, half: string | undefined): string {
  const hour = Number(time.slice(0, 2))
  const full = half === undefined ? hour : (hour % 12) + (half === 'PM' ? 12 : 0)
  return `${String(full).padStart(2, '0')}${time.slice(2)}`
}

/** The time of a line that begins with one, on the date that is known; it stands at `start` of the line. */
function stampOf(date: string, time: string, line: string): Stamp | null {
  const stamp = readStamp(date === '' ? time : `${date} ${time}`, 0)
  const start = Math.max(0, line.indexOf(time.slice(2)) - 2)
  return stamp === null ? null : { ...stamp, start, seconds: line.length, end: line.length }
}

/** A time alone on its line, as loops around a tool write it: `=== 2025-03-01T10:00:00Z`, or what `date` prints. */
function momentReading(line: string, state: State): Reading | null {
  const start = MARKS.exec(line)?.[0].length ?? 0
  const stamp = readStamp(line, start)
  if (stamp === null || !REST_OF_MOMENT.test(line.slice(stamp.end))) return null
  state.stamp = stamp
  return reading({ stamp, host: state.host, body: line })
}

function headReading(line: string, state: State): Reading | null {
  const head = HEAD.exec(line)
  if (head !== null) {
    state.host = head[1] ?? null
    state.date = dateOf(head[2] ?? '')
    return reading({ host: state.host, body: line })
  }
  const moment = DATE_TIME.exec(line)
  if (moment !== null && state.host !== null) {
    state.stamp = stampOf(dateOf(moment[1] ?? ''), hoursOf(moment[2] ?? '', moment[3]), line)
    return reading({ stamp: state.stamp, host: state.host, body: line })
  }
  return null
}

/** The columns of a line that heads a table; the time before them is no column. */
function tableOf(line: string): Table | null {
  const columns = line.replace(TIME, '').trim().split(/\s+/)
  const has = (...names: readonly string[]) => names.every((name) => columns.includes(name))
  if (columns[0] === 'avg-cpu:' && has('%idle')) return { columns: columns.slice(1), sampleOf: cpuSample }
  if (has('CPU', '%idle') && TIME.test(line)) return { columns, sampleOf: cpuSample }
  if (has('%util') && /^(?:Device:?|DEV)$/.test(columns[0] ?? '')) return { columns, sampleOf: diskSample }
  if (has('r', 'b', 'swpd', 'us', 'id', 'wa')) {
    return { columns: columns.filter((name) => /^[a-z]+$/.test(name)), sampleOf: cpuSample }
  }
  if (columns.join(' ').startsWith('total used free shared'))
    return { columns: ['', ...columns], sampleOf: memorySample }
  if (columns[0] === 'Filesystem' && line.trimEnd().endsWith('Mounted on')) {
    return { columns: columns.slice(0, -1), sampleOf: volumeSample }
  }
  if (has('TOPIC', 'PARTITION', 'LAG') || (has('name', 'messages') && /^[a-z_\t ]+$/.test(line))) {
    return { columns, sampleOf: queueSample }
  }
  return null
}

/** A row has a cell for each column; the last may hold blanks, or the time of vmstat follows. */
function rowReading(line: string, state: State): Reading | null {
  const { table } = state
  if (table === null) return null
  const time = TIME.exec(line)
  const own = time === null ? null : stampOf(state.date, hoursOf(time[1] ?? '', time[2]), line)
  const cells = `${state.wrapped} ${line.replace(TIME, '')}`.trim().split(/\s+/)
  state.wrapped = ''
  const more = cells.slice(table.columns.length).join(' ')
  if (cells.length < table.columns.length) {
    if (table.sampleOf !== volumeSample || cells.length !== 1) return null
    state.wrapped = cells[0] ?? ''
    return reading({ body: line })
  }
  const named = new Map(table.columns.map((name, at) => [name, cells[at] ?? '']))
  const trailing = readStamp(line, Math.max(0, line.length - more.length))
  const stamp = more === '' || table.sampleOf !== cpuSample ? (own ?? state.stamp) : trailing
  const sample = table.sampleOf(named)
  return sample === null ? null : stated(line, sample, { stamp, host: state.host })
}

function stated(
  line: string,
  fact: Sample,
  where: { readonly stamp: Stamp | null; readonly host: string | null },
): Reading {
  return reading({ ...where, body: line, fields: fact.fields, fact })
}

function topReading(line: string, state: State): Reading | null {
  const top = TOP.exec(line)
  if (top !== null) {
    state.stamp = readStamp(line, 6)
    return reading({ stamp: state.stamp, body: line })
  }
  const cpu = TOP_CPU.exec(line)
  if (cpu === null) return null
  const cells = new Map([
    ['us', cpu[1] ?? ''],
    ['id', cpu[2] ?? ''],
    ['wa', cpu[3] ?? ''],
  ])
  const sample = cpuSample(cells)
  return sample === null ? null : stated(line, sample, state)
}

function socketsReading(line: string, state: State): Reading | null {
  const sockets = SOCKETS.exec(line)
  if (sockets === null) return null
  const [established, orphaned, timewait] = sockets.slice(1, 4).map(Number)
  const fields = { established: established ?? null, orphaned: orphaned ?? null, timewait: timewait ?? null }
  return stated(line, { kind: 'host.tcp', fields }, state)
}

/** How a table begins: until one does no line is looked at closely. */
const BEGINS =
  /^(?:Linux \S+ \(|top - \d|TCP: {2,}\d|procs -|Filesystem {2,}|Device:? {2,}|avg-cpu:|%?Cpu\(s\):|\s{2,}total +used|\s*r +b +swpd|GROUP +TOPIC +PARTITION |TOPIC +PARTITION +|Listing queues for vhost |name\tmessages\t|\d\d:\d\d:\d\d(?: [AP]M)? +(?:CPU|DEV) )/

function opened(): LineReader {
  const state: State = { host: null, date: '', stamp: null, table: null, wrapped: '' }
  const others = [networkReader(), pressureReader()]
  let isOpen = false
  return (line) => {
    for (const other of others) {
      const found = other(line)
      if (found !== null) return { ...found, stamp: state.stamp, host: state.host }
    }
    isOpen ||= BEGINS.test(line)
    if (!isOpen || line.length > 400) return null
    const table = tableOf(line)
    if (table === null) {
      return (
        headReading(line, state) ??
        topReading(line, state) ??
        socketsReading(line, state) ??
        rowReading(line, state) ??
        momentReading(line, state)
      )
    }
    state.table = table
    return reading({ stamp: state.stamp, host: state.host, body: line })
  }
}

export const samples: LogFormat = {
  name: 'samples',
  frame: 'line',
  sequential: true,
  takes: [
    'Linux 6.1.0-18-amd64 (db5) \t03/01/2025 \t_x86_64_\t(8 CPU)',
    'Device            r/s     w/s     rkB/s     wkB/s  r_await  w_await  aqu-sz  %util\nnvme0n1          5.00  320.00     80.00  51200.00     1.20   312.40   99.97 100.00',
    'top - 10:00:00 up 10 days,  2:11,  1 user,  load average: 17.20, 12.01, 8.30',
    'TCP:   30041 (estab 1200, closed 28000, orphaned 12, timewait 27990)',
    'PING 192.0.2.20 (192.0.2.20) 1472(1500) bytes of data.\n3 packets transmitted, 0 received, 100% packet loss, time 2045ms',
    'some avg10=92.11 avg60=90.20 avg300=71.40 total=912312312',
    'name\tmessages\tconsumers\nembeddings\t182331\t0',
  ],
  leaves: [
    'PING is what it said',
    'some avg10 is high',
    '10:00:00 the CPU is %idle',
    'Device lost',
    'nvme0n1 5.00 320.00',
    'top - of the world',
  ],
  open: opened,
}
