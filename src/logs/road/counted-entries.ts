// Counts the entries of a journal export that nobody looks at, many at once.
import type { EntryRange, EntryShape, LineKernels } from '../../model/index.ts'
import { stampOf } from '../formats/journald-entry.ts'
import { journaldExport } from '../formats/journald-export.ts'
import type { Log } from '../log.ts'
import { severityOfSyslog } from '../severity.ts'

/** Whatever the transport: standard output has the priority 6, and is `info`, where its program states none. */
const SHAPE: EntryShape = { time: Buffer.from('__REALTIME_TIMESTAMP'), level: Buffer.from('PRIORITY') }
/** Of a second: its earliest and latest time, and counts by level. */
const NUMBERS = 13
const LEVELS = 2
const NOWHERE = { start: 0, end: 16 }

/** @returns where the first entry begins that must be read by itself, and the line feeds before it */
export function countEntries(log: Log, kernels: LineKernels, range: EntryRange): { at: number; feeds: number } {
  const counted = kernels.entries(range, SHAPE)
  const tail = counted.length - 2
  for (let at = 0; at < tail; at += NUMBERS) countSecond(log, counted, at)
  return { at: counted[tail] ?? range.from, feeds: counted[tail + 1] ?? 0 }
}

/** One entry at the earliest time, all others at the latest: the source may begin and end there. */
function countSecond(log: Log, counted: Float64Array, at: number): void {
  const earliest = log.time(stampOf(counted[at] ?? 0, NOWHERE))
  const latest = log.time(stampOf(counted[at + 1] ?? 0, NOWHERE))
  const one = { name: journaldExport.name, lines: 1, records: 1 }
  let left = 1
  for (let level = 0; level < NUMBERS - LEVELS; level++) {
    const records = counted[at + LEVELS + level] ?? 0
    if (records === 0) continue
    const severity = severityOfSyslog(level)
    if (left > 0) log.count({ ...one, severity, timed: earliest })
    log.count({ ...one, severity, timed: latest, lines: records - left, records: records - left })
    left = 0
  }
}
