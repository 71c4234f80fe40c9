// How sure a cause can become at most, whatever evidence it gets.
import type { Cause, Combination, EvidenceRule } from '../../model/index.ts'
import { MOST_SURE, repetition, STRENGTHS } from '../../model/index.ts'
import { signalsOf } from './signals-of.ts'

/** More events of a kind than this are not kept. */
const MANY = 1_000_000

export interface Reach {
  /** From one file or capture. */
  readonly one: number
  /** From as many as may tell of it. */
  readonly all: number
}

export function reachOf(cause: Cause): Reach {
  const combine = cause.combine ?? { how: 'noisy-or', perSource: 1 }
  const one = fromOne(cause.evidence, combine)
  const isAlone = combine.how === 'strongest' || one === 0 || isOfOneSource(cause)
  return { one, all: isAlone ? one : MOST_SURE }
}

/** Whether the key tells sources apart, so that no finding is of two. */
function isOfOneSource({ key, evidence }: Cause): boolean {
  const at = key.indexOf('source')
  return at >= 0 && bysIn(evidence).every((by) => by.length === 0 || by[at] === 'source')
}

/** The fields by which steps and meters join, wherever they stand. */
function bysIn(value: unknown): readonly (readonly unknown[])[] {
  if (typeof value !== 'object' || value === null) return []
  const own = 'by' in value && Array.isArray(value.by) ? [value.by] : []
  return [...own, ...Object.values(value).flatMap(bysIn)]
}

/** Each kind of evidence as often as can be; what asks the same signal is no second kind. */
function fromOne(evidence: readonly EvidenceRule[], { how, perSource }: Combination): number {
  const kinds = new Map<string, number>()
  for (const { strength, when } of evidence) {
    if (strength === 'against') continue
    const kind = signalsOf([when]).join(' ')
    kinds.set(kind, Math.max(kinds.get(kind) ?? 0, 1 - (1 - STRENGTHS[strength]) ** repetition(MANY)))
  }
  const sure = [...kinds.values()]
  const together = how === 'strongest' ? Math.max(0, ...sure) : 1 - sure.reduce((doubt, one) => doubt * (1 - one), 1)
  return Math.min(MOST_SURE, perSource, together)
}
