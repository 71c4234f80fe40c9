// Counts the entries of a journal export that nobody looks at, many at once.
import type { EntryRange, EntryShape, LineKernels } from '../../model/index.ts'
import { stampOf } from '../formats/journald-entry.ts'
import { journaldExport } from '../formats/journald-export.ts'
import type { Log } from '../log.ts'
import { severityOfSyslog } from '../severity.ts'
import type { Timed } from '../time/clock.ts'

/** Whatever the transport: standard output has the priority 6, and is `info`, where its program states none. */
const SHAPE: EntryShape = { time: Buffer.from('__REALTIME_TIMESTAMP'), level: Buffer.from('PRIORITY') }
/** Of a second: its earliest and latest time, and counts by level. */
const NUMBERS = 13
const NOWHERE = { start: 0, end: 16 }

/** @returns where the first entry begins that must be read by itself, and the line feeds before it */
export function countEntries(log: Log, kernels: LineKernels, range: EntryRange): { at: number; feeds: number } {
  const counted = kernels.entries(range, SHAPE)
  const tail = counted.length - 2
  for (let at = 0; at < tail; at += NUMBERS) countSecond(log, counted.subarray(at, at + NUMBERS))
  return { at: counted[tail] ?? range.from, feeds: counted[tail + 1] ?? 0 }
}

/** One at the earliest time, all others at the latest: the source may begin and end there. */
function countSecond(log: Log, [first = 0, last = 0, ...levels]: Float64Array): void {
  const count = (level: number, records: number, timed: Timed) =>
    log.count({ name: journaldExport.name, timed, severity: severityOfSyslog(level), lines: records, records })
  const earliest = levels.findIndex((records) => records > 0)
  count(earliest, 1, log.time(stampOf(first, NOWHERE)))
  const timed = log.time(stampOf(last, NOWHERE))
  for (const [level, records] of levels.entries()) count(level, level === earliest ? records - 1 : records, timed)
}
