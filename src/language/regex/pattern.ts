// The structure of a regular expression, and what is wrong with one that cannot be run in linear time.
import type { CharSet } from './char-set.ts'

export type PatternNode =
  | { readonly kind: 'set'; readonly set: CharSet }
  | { readonly kind: 'assertion' }
  | { readonly kind: 'sequence'; readonly items: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly options: readonly PatternNode[] }
  | { readonly kind: 'repeat'; readonly item: PatternNode; readonly min: number; readonly max: number }

export interface PatternFault {
  readonly code: 'regex' | 'regex-not-re2'
  /** Where in the source, and how many signs. */
  readonly index: number
  readonly length: number
  readonly sentence: string
  readonly suggestion: string | null
}

export interface Pattern {
  readonly root: PatternNode
  readonly names: readonly string[]
  readonly fault: PatternFault | null
}
