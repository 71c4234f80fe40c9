// A root cause in words: what it means, what is evidence for and against it, what to do.
import {
  type Bound,
  type Cause,
  type Combination,
  type Condition,
  formatDuration,
  type Meter,
  type RuleSet,
  type Step,
} from '../model/index.ts'
import { spread } from './meaning/explains.ts'
import { signalsOf } from './meaning/signals-of.ts'
import { printMeter } from './print/conditions.ts'
import { printExplain, printSignal } from './print/rules.ts'
import { printTest } from './print/tests.ts'

export function describeCause(cause: Cause, rules: RuleSet): string {
  const sections = [
    section(`${cause.id}: ${cause.title}`, describeHead(cause)),
    section(
      'Evidence',
      cause.evidence.map(({ strength, when }) => `${strength}: ${describeCondition(when)}`),
    ),
    section('Signals', describeSignals(cause, rules)),
    section('Links', describeLinks(cause, rules)),
    section('What to do', describeRemedy(cause)),
    section('Examples', describeExamples(cause, rules)),
    section('See', cause.see),
  ]
  return sections.filter((text) => text !== '').join('\n\n')
}

function section(title: string, lines: readonly string[]): string {
  if (lines.length === 0) return ''
  return [title, ...lines.map((line) => `  ${line.replaceAll('\n', '\n    ')}`)].join('\n')
}

function describeHead({ severity, impact, key, reportFrom, combine }: Cause): readonly string[] {
  const apart = key.length === 0 ? 'one finding for the whole bundle' : `one finding for each ${key.join(', ')}`
  const head = `Severity ${severity}, impact ${impact} of 10; ${apart}; a root cause from a confidence of ${reportFrom.toFixed(2)}.`
  return combine === undefined ? [head] : [head, describeCombination(combine)]
}

function describeCombination({ how, perSource }: Combination): string {
  const sure = how === 'strongest' ? 'The surest piece of evidence alone counts' : 'Independent evidence adds up'
  return perSource === 1 ? `${sure}.` : `${sure}; what one source says comes to ${perSource.toFixed(2)} at most.`
}

export function describeCondition(condition: Condition): string {
  switch (condition.kind) {
    case 'and':
      return condition.conditions.map(describeCondition).join('; and ')
    case 'count':
      return `${describeStep(condition.step)}${condition.within === null ? '' : ` within ${formatDuration(condition.within)}`}`
    case 'all':
      return `in any order within ${formatDuration(condition.within)}: ${condition.steps.map(describeStep).join(', ')}`
    case 'sequence':
      return describeSequence(condition)
    case 'measure':
      return describeMeasure(condition)
    case 'trend': {
      const { meter, over, rise, correlation } = condition
      const long = over === undefined ? '' : ` over ${formatDuration(over)}`
      return `${describeMeter(meter)} rises${long} by ${percent(rise)} or more in a line (r >= ${correlation})`
    }
    case 'fact':
      return `it is known that ${describeSelected(condition.select.signal, condition.select.where)}`
    default:
      return condition satisfies never
  }
}

function describeSequence({ within, steps, without, until }: Extract<Condition, { kind: 'sequence' }>): string {
  const order = steps
    .map((step) => `${step.name === null ? '' : `(${step.name}) `}${describeStep(step)}`)
    .join(', then ')
  const absent = without.map(
    ({ step, from, to }) => `\nwithout ${describeStep(step)} from ${describeBound(from)} to ${describeBound(to)}`,
  )
  const ends = until.map((step) => `\ngiven up at ${describeStep(step)}`)
  return `in this order within ${formatDuration(within)}: ${order}${absent.join('')}${ends.join('')}`
}

function describeBound({ step, span, offset }: Bound): string {
  const start = span === true ? `as long after ${step} as the sequence took` : step
  if (offset === 0) return start
  return `${formatDuration(Math.abs(offset))} ${offset < 0 ? 'before' : 'after'} ${start}`
}

function describeStep({ count, distinct, select, by }: Step): string {
  const many = distinct === undefined ? (count === 1 ? '' : `${count} or more `) : `${count} different ${distinct} of `
  const fields = by.filter((field) => field !== null)
  const joined = fields.length === 0 ? '' : ` of one ${fields.join(', ')}`
  return `${many}${describeSelected(select.signal, select.where)}${joined}`
}

function describeSelected(signal: string, where: Step['select']['where']): string {
  return where === null ? signal : `${signal} (${printTest(where)})`
}

function describeMeasure(condition: Extract<Condition, { kind: 'measure' }>): string {
  const { meter, comparison, value, baseline, lasting } = condition
  const kept = lasting === 0 ? '' : ` for ${formatDuration(lasting)}`
  if (baseline === null) return `${describeMeter(meter)} is ${comparison} ${value}${kept}`
  const { factor, calculate, over, points } = baseline
  const past = `${factor} times the ${calculate} of the ${formatDuration(over)} before (${points} points or more)`
  return `${describeMeter(meter)} is ${comparison} ${past}${value === 0 ? '' : ` and above ${value}`}${kept}`
}

function describeMeter(meter: Meter): string {
  return meter.name === null ? printMeter(meter) : `${meter.name} = ${printMeter(meter)}`
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`
}

function describeSignals(cause: Cause, { signals }: RuleSet): readonly string[] {
  const used = new Set(signalsOf(cause.evidence.map(({ when }) => when)))
  return signals.filter(({ name }) => used.has(name)).map(printSignal)
}

function describeLinks({ id }: Cause, { explains, causes }: RuleSet): readonly string[] {
  const keys = new Map(causes.map((cause) => [cause.id, cause.key]))
  const names = (patterns: readonly string[]): boolean =>
    patterns.some((pattern) => spread(pattern, { causes: keys }).includes(id))
  return explains.filter(({ symptoms, causes }) => names(symptoms) || names(causes)).map(printExplain)
}

function describeRemedy({ remedy: { now, next, lasting } }: Cause): readonly string[] {
  const rows = [
    ['now', now],
    ['next', next],
    ['lasting', lasting],
  ] as const
  return rows.filter(([, text]) => text !== '').map(([word, text]) => `${word.padEnd(8)} ${text}`)
}

function describeExamples({ id }: Cause, { examples }: RuleSet): readonly string[] {
  return examples
    .filter(({ expect }) => expect.some(({ cause }) => cause === id))
    .map(({ name, position }) => `${position.file}:${position.line} ${name}`)
}
