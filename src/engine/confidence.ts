// How sure evidence makes: noisy-or over what is independent, damped by the log of its count.
import type { Combination, Strength } from '../model/index.ts'
import { MOST_SURE, repetition, STRENGTHS } from '../model/index.ts'

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
  const sure = Math.min(MOST_SURE, together(said, combine)) * (1 - STRENGTHS.against) ** against
  return Math.round(sure * 100) / 100
}

function together(parts: readonly number[], { how }: Combination): number {
  if (how === 'strongest') return Math.max(0, ...parts)
  return 1 - parts.reduce((doubt, part) => doubt * (1 - part), 1)
}

function alone({ strength, count }: Witness): number {
  return 1 - (1 - STRENGTHS[strength]) ** repetition(count)
}
