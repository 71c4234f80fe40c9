// Counts the request of a line in memory; the line becomes text only where it is kept to stand for others.
import type { Instant, RequestCounts } from '../../model/index.ts'
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
