// Which signals and kinds of facts conditions look at.
import type { Condition } from '../../model/index.ts'

/** Each once, in order. */
export function signalsOf(conditions: readonly Condition[]): readonly string[] {
  return [...new Set(conditions.flatMap(signalsIn))]
}

function signalsIn(condition: Condition): readonly string[] {
  switch (condition.kind) {
    case 'and':
      return condition.conditions.flatMap(signalsIn)
    case 'count':
      return [condition.step.select.signal]
    case 'all':
      return condition.steps.map(({ select }) => select.signal)
    case 'sequence':
      return [...condition.steps, ...condition.without.map(({ step }) => step), ...condition.until].map(
        ({ select }) => select.signal,
      )
    case 'measure':
    case 'trend':
      return [condition.meter.select.signal]
    case 'fact':
      return [condition.select.signal]
    default:
      return condition satisfies never
  }
}
