// What words of evidence stand for: the one table of their numbers.
import type { Strength } from './rule.ts'

/** What one piece of evidence says alone; `against` is what it takes away. */
export const STRENGTHS: Readonly<Record<Strength, number>> = { weak: 0.4, strong: 0.8, decisive: 0.97, against: 0.5 }

/** Nothing is certain. */
export const MOST_SURE = 0.99

/** How much more than one event many of a kind are worth: a thousand equal lines 1.3 of one. */
export function repetition(count: number): number {
  return 1 + 0.1 * Math.log10(Math.max(1, count))
}
