// How sure evidence makes: the numbers behind the words, and noisy-or over what is independent.
import type { Strength } from '../model/index.ts'

/** What one piece of evidence says alone; `against` is what it takes away. */
export const STRENGTHS: Readonly<Record<Strength, number>> = { weak: 0.4, strong: 0.8, decisive: 0.97, against: 0.5 }

/** Nothing is certain. */
const MOST = 0.99

/** Evidence of one signal in one source: its best word, and how often it was seen. */
export interface Witness {
  readonly strength: Strength
  readonly count: number
}

/**
 * Noisy-or over independent witnesses, damped by the log of the count, lowered by each kind of counter-evidence.
 * @returns 0..0.99 with two decimals
 */
export function confidence(witnesses: readonly Witness[], against: number): number {
  const doubt = witnesses.reduce(
    (left, witness) => left * (1 - STRENGTHS[witness.strength]) ** repetition(witness.count),
    1,
  )
  const sure = Math.min(MOST, 1 - doubt) * (1 - STRENGTHS.against) ** against
  return Math.round(sure * 100) / 100
}

/** A thousand equal lines are worth 1.3 of one. */
function repetition(count: number): number {
  return 1 + 0.1 * Math.log10(Math.max(1, count))
}
