// Lengths of time that a person divides a day into: widths of bars and distances of ticks.
import { DAY, type Duration, HOUR, MINUTE, SECOND } from '../model/index.ts'

/** In order of length. */
export const STEPS: readonly Duration[] = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE),
  ...[1, 2, 3, 6, 12].map((count) => count * HOUR),
  ...[1, 7, 30].map((count) => count * DAY),
]
