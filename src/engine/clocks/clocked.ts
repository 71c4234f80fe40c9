// A source with what it tells of, and what came of comparing its clock with those of others.
import type { SourceView } from '../watch.ts'
import type { Correction } from './correction.ts'
import type { Mark, SourceMarks } from './marks.ts'

/** A source's clock as it turned out. */
export interface Agreement extends Correction {
  /** The source it was measured by and how well; null for a reference and where nothing could be measured. */
  readonly measured: { readonly by: number; readonly samples: number; readonly mark: Mark } | null
  /** Whether other sources tell of the same events. */
  readonly isCompared: boolean
}

/** A source, final order being its index. */
export interface Clocked {
  readonly source: SourceView
  readonly marks: SourceMarks | undefined
}
