// A source with what it tells of, and what came of comparing its clock with those of others.
import type { SourceView } from '../watch.ts'
import type { Correction } from './correction.ts'
import type { Mark, SourceMarks } from './marks.ts'

export interface Measured {
  /** The source whose clock is believed. */
  readonly by: number
  readonly samples: number
  /** An event to quote: of the source itself, or of the one it was measured by. */
  readonly shown: { readonly rank: number; readonly mark: Mark } | null
}

/** A source's clock as it turned out. */
export interface Agreement extends Correction {
  /** The source it was measured by and how well; null for a reference and where nothing could be measured. */
  readonly measured: Measured | null
  /** Whether other sources tell of the same events. */
  readonly isCompared: boolean
}

/** A source, final order being its index. */
export interface Clocked {
  readonly source: SourceView
  readonly marks: SourceMarks | undefined
}
