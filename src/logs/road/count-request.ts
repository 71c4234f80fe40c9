// Counts the request of a line in memory; the line becomes text only where it is kept to stand for others.
import { type Instant, NO_DURATION, type RequestCounts } from '../../model/index.ts'
import { witnessOf } from '../event.ts'
import type { Measured } from '../format.ts'
import { lineOf, type Stretch } from './stretch.ts'

export interface CountedLine {
  readonly line: Stretch
  readonly time: Instant | null
  readonly newline: 10 | 13
}

/** The first request of a stretch of time is kept. */
export function countRequest(counts: RequestCounts, request: Measured, { line, time, newline }: CountedLine): void {
  if (time === null || !counts.count(time, request)) return
  counts.addWitness(witnessOf({ lines: [lineOf(line, newline)] }, time, request))
}

/** Counts requests of one time, for each three numbers: any, the status, the duration. `first` is asked where the line of the first is kept. */
export function countRequests(
  counts: RequestCounts,
  numbers: Uint32Array,
  { first, time, newline }: Omit<CountedLine, 'line'> & { readonly first: () => Stretch },
): void {
  if (time === null || numbers.length === 0) return
  counts.addAll(time, numbers)
  if (!counts.lacksWitness(time)) return
  const [, status = 0, duration = NO_DURATION] = numbers
  const request = { status, duration: duration === NO_DURATION ? null : duration }
  counts.addWitness(witnessOf({ lines: [lineOf(first(), newline)] }, time, request))
}
