// The fact that a source's clock goes wrong, stated where it shows: at an event that another source tells of too.
import { type Duration, type Fact, SECOND } from '../../model/index.ts'
import type { SourceView } from '../watch.ts'
import type { Agreement } from './clocked.ts'

/** Smaller skews are corrected and stated with the source, not held against the clock. */
const WORTH_A_FACT: Duration = 5 * SECOND

export interface Skew {
  readonly agreement: Agreement
  readonly rank: number
  /** How far the source's clock is ahead. */
  readonly skew: Duration
  readonly sources: readonly SourceView[]
  /** Index that the events of a source carry, by its rank. */
  readonly readings: readonly number[]
}

/** Stated with the source that is off, or where it has no event to show with the one it was measured by. */
export function skewFact({ agreement: { measured }, rank, skew, sources, readings }: Skew): Fact | null {
  const shown = measured?.shown ?? null
  if (measured === null || shown === null || Math.abs(skew) <= WORTH_A_FACT) return null
  const isOwn = shown.rank === rank
  const other = sources[isOwn ? measured.by : rank]?.path ?? ''
  const { place, excerpt, to: time } = shown.mark
  const fields = { other, offset: isOwn ? skew : -skew, samples: measured.samples }
  return { kind: 'clock.skew', source: readings[shown.rank] ?? -1, time, quality: 'exact', place, excerpt, fields }
}
