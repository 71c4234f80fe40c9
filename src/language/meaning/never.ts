// Conditions that cannot hold whatever happens, and why.
import type { Condition, Meter, Selection, Signal, Step } from '../../model/index.ts'
import { boundsOf, isEmpty, narrowed } from './bounds.ts'
import { impossibleField } from './contradiction.ts'

type Signals = ReadonlyMap<string, Signal>

/** @returns a sentence; null where the condition may hold */
export function whyNever(condition: Condition, signals: Signals): string | null {
  switch (condition.kind) {
    case 'count':
      return whyStep(condition.step, signals)
    case 'all':
      return first(condition.steps.map((step) => whyStep(step, signals)))
    case 'sequence':
      return first([...condition.steps.map((step) => whyStep(step, signals)), whySequence(condition)])
    case 'measure':
      return whySelection(condition.meter.select, signals) ?? whyMeasure(condition)
    case 'trend':
      return whySelection(condition.meter.select, signals)
    case 'fact':
      return whySelection(condition.select, signals)
    case 'and':
      return first(condition.conditions.map((part) => whyNever(part, signals)))
    default:
      return condition satisfies never
  }
}

function first(reasons: readonly (string | null)[]): string | null {
  return reasons.find((reason) => reason !== null) ?? null
}

/** What a signal asks and what it is narrowed to may not agree. */
function whySelection({ signal, where }: Selection, signals: Signals): string | null {
  const own = signals.get(signal)?.where ?? null
  if (impossibleField([own]) !== null) return `\`${signal}\` matches nothing`
  if (own === null || where === null) return null
  const field = impossibleField([own, where])
  return field === null ? null : `\`${signal}\` itself asks \`${field}\` for something else`
}

function whyStep({ count, distinct, select }: Step, signals: Signals): string | null {
  const why = whySelection(select, signals)
  if (why !== null || distinct === undefined) return why
  const values = valuesOf(distinct, select, signals)
  return values === null || values >= count ? null : `\`${distinct}\` has ${values} values, ${count} are asked`
}

/** How many values a field may have after what is asked of it; null for any number. */
function valuesOf(field: string, { signal, where }: Selection, signals: Signals): number | null {
  const tests = [where, signals.get(signal)?.where ?? null].flatMap((test) =>
    test === null ? [] : test.kind === 'and' ? test.tests : [test],
  )
  const counts = tests.flatMap((test) => {
    if (test.kind === 'in' && test.field === field) return [test.values.length]
    return test.kind === 'compare' && test.field === field && test.comparison === '==' ? [1] : []
  })
  return counts.length === 0 ? null : Math.min(...counts)
}

type Sequence = Extract<Condition, { kind: 'sequence' }>

/** What its own steps are made of can neither be absent while they happen nor end it. */
function whySequence({ steps, without, until }: Sequence): string | null {
  const ending = until.find(({ select }) => steps.some((step) => covers(select, step.select)))
  if (ending !== undefined) return `its own \`${ending.select.signal}\` ends it`
  const missing = without.find(({ step, from, to }) =>
    steps.some((one, at) => covers(step.select, one.select) && isInside(at, { from, to, steps })),
  )
  return missing === undefined ? null : `its own \`${missing.step.select.signal}\` is what must be absent`
}

/** Whether every event of the one selection is of the other too. */
function covers(wide: Selection, narrow: Selection): boolean {
  if (wide.signal !== narrow.signal) return false
  return wide.where === null || JSON.stringify(wide.where) === JSON.stringify(narrow.where)
}

interface Interval extends Pick<Sequence, 'steps'> {
  readonly from: Sequence['without'][number]['from']
  readonly to: Sequence['without'][number]['to']
}

/** Whether the step lies in the interval whenever it happens. */
function isInside(at: number, { from, to, steps }: Interval): boolean {
  const [start, end] = [from, to].map(({ step }) => steps.findIndex(({ name }) => name === step))
  if (start === undefined || end === undefined || start < 0 || end < 0 || from.span === true) return false
  return start <= at && at <= end && from.offset <= 0 && to.offset >= 0
}

type Measure = Extract<Condition, { kind: 'measure' }>

function whyMeasure({ meter, comparison, value, baseline }: Measure): string | null {
  if (baseline !== null) {
    const held = Math.floor(baseline.over / Math.max(1, meter.over))
    return held >= baseline.points ? null : `its past holds ${held} windows, ${baseline.points} points are asked`
  }
  const range = rangeOf(meter)
  if (!isEmpty(narrowed({ low: end(range[0]), high: end(range[1]) }, boundsOf(comparison, value)))) return null
  const most = range[1] === Number.POSITIVE_INFINITY ? '' : ` and at most ${range[1]}`
  return `\`${meter.calculate}\` is at least ${range[0]}${most} where it is known`
}

function end(at: number) {
  return { at, isOpen: false }
}

/** A window is looked at where something happened in it. */
function rangeOf({ calculate, atLeast, over }: Meter): readonly [number, number] {
  const least = Math.max(1, atLeast)
  switch (calculate) {
    case 'count':
      return [least, Number.POSITIVE_INFINITY]
    case 'rate':
      return [least / (over / 1e6), Number.POSITIVE_INFINITY]
    case 'distinct':
      return [1, Number.POSITIVE_INFINITY]
    case 'share':
    case 'top':
      return [0, 1]
    default:
      return [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  }
}
