// Rules with one thing wrong: what a slip of the pen would make of a cause.
import type { Cause, Comparison, Condition, EvidenceRule, RuleSet, Step, Strength } from '../../src/model/index.ts'
import { HOUR, MINUTE, SECOND } from '../../src/model/index.ts'

export interface Mutant {
  /** `cause line: what was done`. */
  readonly name: string
  readonly kind: 'drop' | 'strength' | 'count' | 'window' | 'comparison'
  readonly cause: Cause
}

/** In the order in which the evidence stands. */
export function mutantsOf(cause: Cause): Mutant[] {
  return cause.evidence.flatMap((rule, at) => [
    { name: `${cause.id} ${at}: dropped`, kind: 'drop' as const, cause: withRule(cause, at, null) },
    ...weakened(rule).map(({ what, kind, rule: changed }) => ({
      name: `${cause.id} ${at}: ${what}`,
      kind,
      cause: withRule(cause, at, changed),
    })),
  ])
}

function withRule(cause: Cause, at: number, rule: EvidenceRule | null): Cause {
  return {
    ...cause,
    evidence: cause.evidence.flatMap((one, index) => (index !== at ? [one] : rule === null ? [] : [rule])),
  }
}

interface Change {
  readonly what: string
  readonly kind: Mutant['kind']
  readonly rule: EvidenceRule
}

const STRENGTHS: Readonly<Record<Strength, Strength>> = {
  decisive: 'weak',
  strong: 'weak',
  weak: 'strong',
  against: 'weak',
}

function weakened(rule: EvidenceRule): Change[] {
  const strength = STRENGTHS[rule.strength]
  const changed = changesOf(rule.when).map(({ what, kind, when }) => ({ what, kind, rule: { ...rule, when } }))
  return [{ what: `${rule.strength} is ${strength}`, kind: 'strength', rule: { ...rule, strength } }, ...changed]
}

interface Altered {
  readonly what: string
  readonly kind: Mutant['kind']
  readonly when: Condition
}

function changesOf(when: Condition): Altered[] {
  switch (when.kind) {
    case 'count':
      return [
        ...stepsAltered([when.step], ([step = when.step]) => ({ ...when, step })),
        ...(when.within === null ? [] : windows(when.within, (within) => ({ ...when, within }))),
      ]
    case 'all':
      return [
        ...stepsAltered(when.steps, (steps) => ({ ...when, steps })),
        ...windows(when.within, (within) => ({ ...when, within })),
      ]
    case 'sequence':
      return [
        ...stepsAltered(when.steps, (steps) => ({ ...when, steps })),
        ...windows(when.within, (within) => ({ ...when, within })),
        ...when.without.map((_, at): Altered => {
          const without = when.without.filter((_, index) => index !== at)
          return { what: `without ${at} dropped`, kind: 'drop', when: { ...when, without } }
        }),
      ]
    case 'measure':
      return [
        { what: 'comparison flipped', kind: 'comparison', when: { ...when, comparison: FLIPPED[when.comparison] } },
      ]
    case 'and':
      return when.conditions.map((_, at): Altered => {
        const conditions = when.conditions.filter((_, index) => index !== at)
        return { what: `part ${at} dropped`, kind: 'drop', when: { ...when, conditions } }
      })
    case 'trend':
    case 'fact':
      return []
    default:
      return when satisfies never
  }
}

const FLIPPED: Readonly<Record<Comparison, Comparison>> = {
  '==': '!=',
  '!=': '==',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
}

/** One more and one less of each step, and each step left out where there are several. */
function stepsAltered(steps: readonly Step[], rebuild: (steps: readonly Step[]) => Condition): Altered[] {
  return steps.flatMap((step, at) => {
    const counted = (count: number): Altered => ({
      what: `${step.count} ${step.select.signal} is ${count}`,
      kind: 'count',
      when: rebuild(steps.map((one, index) => (index === at ? { ...one, count } : one))),
    })
    return [counted(step.count + 1), ...(step.count > 1 ? [counted(step.count - 1)] : [])]
  })
}

/** A unit more and a unit less, the unit being that in which the window is written. */
function windows(within: number, rebuild: (within: number) => Condition): Altered[] {
  const unit = unitOf(within)
  return [within + unit, within - unit].flatMap((changed): Altered[] =>
    changed <= 0
      ? []
      : [{ what: `within ${within / unit} is ${changed / unit}`, kind: 'window', when: rebuild(changed) }],
  )
}

/** The unit in which a window is written. */
export function unitOf(within: number): number {
  return [HOUR, MINUTE, SECOND].find((one) => within % one === 0) ?? 1
}

/** The cause by itself, so that a slip shows in its own findings and a run is short. */
export function alone(rules: RuleSet, cause: Cause): RuleSet {
  return { ...rules, causes: [cause], explains: [], examples: [] }
}
