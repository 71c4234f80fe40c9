// How sure evidence makes: the numbers behind the words, and noisy-or over what is independent.
import type { Combination, Strength } from '../model/index.ts'

/** What one piece of evidence says alone; `against` is what it takes away. */
export const STRENGTHS: Readonly<Record<Strength, number>> = { weak: 0.4, strong: 0.8, decisive: 0.97, against: 0.5 }

/** Nothing is certain. */
const MOST = 0.99

/** Evidence of one signal in one source: its best word, and how often it was seen. */
export interface Witness {
  readonly source: number
  readonly strength: Strength
  readonly count: number
}

/** What holds where a cause says nothing of it. */
const NOISY_OR: Combination = { how: 'noisy-or', perSource: 1 }

/**
 * Noisy-or over independent witnesses, damped by the log of the count, lowered by each kind of counter-evidence; or the
 * surest of them alone. Of what one source says no more counts than the combination allows.
 * @returns 0..0.99 with two decimals
 */
export function confidence(witnesses: readonly Witness[], against: number, combine: Combination = NOISY_OR): number {
  const bySource = Map.groupBy(witnesses, ({ source }) => source)
  const said = [...bySource.values()].map((own) => Math.min(combine.perSource, together(own.map(alone), combine)))
  const sure = Math.min(MOST, together(said, combine)) * (1 - STRENGTHS.against) ** against
  return Math.round(sure * 100) / 100
}

function together(parts: readonly number[], { how }: Combination): number {
  if (how === 'strongest') return Math.max(0, ...parts)
  return 1 - parts.reduce((doubt, part) => doubt * (1 - part), 1)
}

function alone({ strength, count }: Witness): number {
  return 1 - (1 - STRENGTHS[strength]) ** repetition(count)
}

/** A thousand equal lines are worth 1.3 of one. */
function repetition(count: number): number {
  return 1 + 0.1 * Math.log10(Math.max(1, count))
}
