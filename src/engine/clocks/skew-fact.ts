// The fact that a source's clock goes wrong, stated where it shows: at an event that another source tells of too.
import { type Duration, type Fact, SECOND } from '../../model/index.ts'
import type { SourceView } from '../watch.ts'
import type { Agreement } from './clocked.ts'

/** Smaller skews are corrected and stated with the source, not held against the clock. */
const WORTH_A_FACT: Duration = 5 * SECOND

export interface Skew {
  /** How far the source's clock is ahead. */
  readonly skew: Duration
  readonly sources: readonly SourceView[]
  /** Index that the source's events carry. */
  readonly source: number
}

export function skewFact({ measured }: Agreement, { skew, sources, source }: Skew): Fact | null {
  if (measured === null || Math.abs(skew) <= WORTH_A_FACT) return null
  const other = sources[measured.by]?.path ?? ''
  const { mark, samples } = measured
  const { place, excerpt, to: time } = mark
  const fields = { other, offset: skew, samples }
  return { kind: 'clock.skew', source, time, quality: 'exact', place, excerpt, fields }
}
