// How finely a row's clock tells times apart: a second for syslog, microseconds for packets.
import { type Duration, MILLISECOND, SECOND } from '../model/index.ts'
import type { Row } from './row.ts'

/** Read off the row's own time: whole seconds are taken for a clock of seconds. */
export function resolution(row: Row): Duration {
  if (row.time === null || row.place.kind === 'packet') return 1
  return row.time % SECOND === 0 ? SECOND : row.time % MILLISECOND === 0 ? MILLISECOND : 1
}
