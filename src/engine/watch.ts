// What a condition's evaluation needs and gives: ledgers to follow, sources that were covered, episodes.
import type { Clock, Duration, Selection, SourceReport, Tally, Test } from '../model/index.ts'
import type { Episode } from './episode.ts'
import type { Ledger } from './ledger.ts'
import type { Row } from './row.ts'

/** What a source covered: needed to know whether an absence could have been seen. */
export interface SourceView
  extends Pick<SourceReport, 'path' | 'reader' | 'bytes' | 'records' | 'first' | 'last' | 'served'> {
  readonly isCapture: boolean
  readonly tally: Tally
  /** Added to the times of its tally so that sources agree; its rows are moved already. */
  readonly shift: Duration
  /** What its times were read by; absent where facts are made without a source's clock. */
  readonly clock?: Clock
}

/** What a condition may ask while it is evaluated. Sources are in final order. */
export interface Scene {
  readonly sources: readonly SourceView[]
  rows(ledger: Ledger): readonly Row[]
  /** What a signal looks at: `log`, or a kind of fact; of a kind of fact itself. */
  origin(signal: string): string
  /** Notes that an absence could not be observed. */
  open(reason: string): void
}

/** Gets the ledger of a selection with these key fields, so that events are kept for it from the start. */
export type Follow = (selection: Selection, by: readonly (string | null)[], measured?: Measured) => Ledger

/** A field of the event, or whether a test holds for it. */
export type Measured =
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'test'; readonly test: Test }

export interface Watch {
  evaluate(scene: Scene): Episode[]
}

/** The fields of a step in the order of the key: as written, or named as the key is. */
export function keyFields(by: readonly (string | null)[], key: readonly string[]): readonly (string | null)[] {
  return by.length === 0 ? key : by
}
