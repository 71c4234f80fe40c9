// What a table of records is: its columns and the values of a row in their order; how times and seconds are written.
import { type Duration, type Instant, SECOND } from '../../model/index.ts'
import type { Cell } from '../record.ts'
import { timeText } from './time-text.ts'

export interface RowTable<Row> {
  readonly name: string
  /** Without `id` and `source_id`, which every table of records has. */
  readonly columns: readonly string[]
  values(row: Row): readonly Cell[]
}

/** A time is written twice: to be read by people and to be calculated with. */
export function instant(at: Instant | null): readonly [string | null, number | null] {
  return at === null ? [null, null] : [timeText(at), Math.round(at)]
}

/** Durations of packets are seconds, as in Zeek. */
export function seconds(length: Duration | null): number | null {
  return length === null ? null : length / SECOND
}

export function microseconds(length: number): Duration {
  return Math.round(length * SECOND)
}

/** A whole number: columns of integers refuse all else. */
export function whole(value: number | null): number | null {
  return value === null ? null : Math.round(value)
}
