// Conditions over many events as pattern text.
import type { Absence, Bound, Condition, Duration, Meter, Selection, Step } from '../../model/index.ts'
import { printTest } from './tests.ts'
import { printDuration } from './values.ts'

export function printCondition(condition: Condition): string {
  switch (condition.kind) {
    case 'and':
      return condition.conditions.map(printCondition).join(' and ')
    case 'count': {
      const within = condition.within === null ? '' : ` within ${printDuration(condition.within)}`
      return `${printStep(condition.step)}${within}`
    }
    case 'all':
      return `all within ${printDuration(condition.within)} of ${condition.steps.map(printStep).join(', ')}`
    case 'sequence':
      return printSequence(condition)
    case 'measure':
      return printMeasure(condition)
    case 'trend':
      return `${printMeterUse(condition.meter)} rising${printOver(condition.over)} by at least ${condition.rise}, r >= ${condition.correlation}`
    case 'fact':
      return `fact ${printSelection(condition.select)}${printBy(condition.by)}`
    default:
      return condition satisfies never
  }
}

function printSequence({ within, steps, without, until }: Extract<Condition, { kind: 'sequence' }>): string {
  const rows = [
    ...steps.map((step, at) => `${at === 0 ? '' : 'then '}${printStep(step)}`),
    ...without.map(printAbsence),
    ...until.map((step) => `until ${printStep(step)}`),
  ]
  return [`sequence within ${printDuration(within)}`, ...rows].join('\n      ')
}

function printAbsence({ step, from, to }: Absence): string {
  return `without ${printStep(step)} from ${printBound(from)} to ${printBound(to)}`
}

function printBound({ step, span, offset }: Bound): string {
  const start = span === true ? `${step} + span` : step
  if (offset === 0) return start
  return `${start} ${offset < 0 ? '-' : '+'} ${printDuration(Math.abs(offset))}`
}

function printMeasure(condition: Extract<Condition, { kind: 'measure' }>): string {
  const { meter, comparison, value, baseline, lasting } = condition
  const kept = lasting === 0 ? '' : ` lasting ${printDuration(lasting)}`
  if (baseline === null) return `${printMeterUse(meter)} ${comparison} ${value}${kept}`
  const { factor, calculate, over, points } = baseline
  const past = `baseline ${calculate} over ${printDuration(over)} before, at least ${points} points`
  const least = value === 0 ? '' : ` and > ${value}`
  return `${printMeterUse(meter)} ${comparison} ${factor} x ${past}${least}${kept}`
}

function printOver(over: Duration | undefined): string {
  return over === undefined ? '' : ` over ${printDuration(over)}`
}

function printMeterUse(meter: Meter): string {
  return meter.name ?? printMeter(meter)
}

export function printMeter({ calculate, select, field, divisor, among, over, by, atLeast }: Meter): string {
  const { signal } = select
  const divided = divisor === null ? '' : ` / ${signal}.${divisor}`
  const where = among ?? select.where
  const narrowed = where === null ? '' : ` where ${printTest(where)}`
  const samples = atLeast === 0 ? '' : `, at least ${atLeast}`
  const measured = `${signal}${field === null ? '' : `.${field}`}${divided}${narrowed}`
  return `${calculate}(${measured}) over ${printDuration(over)}${printBy(by)}${samples}`
}

export function printStep({ name, count, distinct, select, by }: Step): string {
  const of = distinct === undefined ? '' : ` distinct ${distinct} of`
  const counted = count === 1 && distinct === undefined ? '' : `${count}${of} `
  return `${name === null ? '' : `${name}: `}${counted}${printSelection(select)}${printBy(by)}`
}

function printSelection({ signal, where }: Selection): string {
  return where === null ? signal : `${signal} where ${printTest(where)}`
}

function printBy(by: readonly (string | null)[]): string {
  return by.length === 0 ? '' : ` by ${by.map((field) => field ?? '_').join(', ')}`
}
