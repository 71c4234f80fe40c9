// What a Sigma correlation says, as conditions of a cause: counts, measures, sets and orders of what its rules detect.
import type { Comparison, Condition, MeterFunction, Selection, Step } from '../../model/index.ts'
import type { SigmaCorrelation } from './sigma-correlation-document.ts'
import type { Expression } from './sigma-expression.ts'
import { Refusal } from './yaml-nodes.ts'

/** A rule that is correlated, by the name the correlation gives it. */
export interface Correlated {
  /** The signal of the rule; of several rules that are counted together the one of all. */
  readonly signal: string
  readonly fieldOf: (field: string) => string | null
}

export type Find = (rule: string) => Correlated

const MEASURES: Readonly<Record<string, MeterFunction>> = {
  value_sum: 'sum',
  value_avg: 'avg',
  value_median: 'p50',
  value_min: 'min',
  value_max: 'max',
}
/** What holds before the window has been seen whole. */
const EARLY: Readonly<Record<string, { readonly sign: '<' | '>'; readonly what: string }>> = {
  sum: { sign: '<', what: 'a sum below a number' },
  max: { sign: '<', what: 'a maximum below a number' },
  min: { sign: '>', what: 'a minimum above a number' },
}
const PERCENTILES: Readonly<Record<string, MeterFunction>> = { 50: 'p50', 95: 'p95', 99: 'p99' }
const SIGNS: Readonly<Record<string, Comparison>> = { gt: '>', gte: '>=', lt: '<', lte: '<=', eq: '==', neq: '!=' }
/** More alternatives of an extended condition than this are not written out. */
const LARGEST = 24

/** The conditions of which one must hold. @throws Refusal for what cannot be honoured */
export function conditionsOf(
  correlation: SigmaCorrelation,
  find: Find,
  counted: Correlated | null,
): readonly Condition[] {
  switch (correlation.type) {
    case 'event_count':
    case 'value_count':
      return [countOf(correlation, find, counted)]
    case 'temporal':
    case 'temporal_ordered':
      return alternatives(correlation).map((rules) => together(correlation, rules, find))
    default:
      return [measureOf(correlation, find, counted)]
  }
}

function refuse({ at }: SigmaCorrelation, what: string): never {
  throw new Refusal(what, at)
}

/** What is counted stands with the fields by which it is grouped, as each rule calls them. */
function selected(correlation: SigmaCorrelation, find: Find, counted: Correlated | null) {
  const [rule = ''] = correlation.rules
  const found = counted ?? find(rule)
  return { select: { signal: found.signal, where: null }, by: fieldsBy(correlation, rule, found), found }
}

function fieldsBy(correlation: SigmaCorrelation, rule: string, found: Correlated): readonly string[] {
  return correlation.groupBy.map((part) => {
    const alias = correlation.aliases.get(part)
    const name = alias === undefined ? part : alias.get(rule)
    if (name === undefined) return refuse(correlation, `the alias \`${part}\` names no field of \`${rule}\``)
    return found.fieldOf(name) ?? refuse(correlation, `the field \`${name}\` of \`${rule}\` cannot be honoured`)
  })
}

function countOf(correlation: SigmaCorrelation, find: Find, counted: Correlated | null): Condition {
  const { compared, within, type } = correlation
  const { select, by, found } = selected(correlation, find, counted)
  const [sign, value] = onlyComparison(correlation)
  const distinct = type === 'value_count' ? measuredField(correlation, found) : null
  const named = compared.get('field')
  if (type === 'event_count' && named !== undefined) refuse(correlation, '`field` is of no use to `event_count`')
  if (sign === '==') return { kind: 'measure', meter: meter({ select, by, within, distinct }), ...equal(value) }
  if (sign !== '>' && sign !== '>=') {
    return refuse(
      correlation,
      'a count below a number cannot be honoured: the first event of every window would be one',
    )
  }
  const count = sign === '>' ? value + 1 : value
  if (!Number.isInteger(count) || count < 1) refuse(correlation, 'a count is a whole number from 1 on')
  const step: Step = { name: null, count, select, by }
  return { kind: 'count', step: distinct === null ? step : { ...step, distinct }, within }
}

const equal = (value: number) => ({ comparison: '==', value, baseline: null, lasting: 0 }) as const

interface Counting {
  readonly select: Selection
  readonly by: readonly string[]
  readonly within: number
  readonly distinct: string | null
}

function meter({ select, by, within, distinct }: Counting) {
  const calculate = distinct === null ? ('count' as const) : ('distinct' as const)
  return { name: null, calculate, select, field: distinct, divisor: null, among: null, over: within, by, atLeast: 0 }
}

function onlyComparison(correlation: SigmaCorrelation): readonly [Comparison, number] {
  const found = [...correlation.compared].flatMap(([word, text]) => {
    const sign = SIGNS[word]
    return sign === undefined ? [] : [[sign, Number(text)] as const]
  })
  const [first] = found
  if (found.length > 1) refuse(correlation, 'a range of counts cannot be honoured')
  if (first === undefined || Number.isNaN(first[1])) return refuse(correlation, 'the correlation has no comparison')
  return first
}

function measuredField(correlation: SigmaCorrelation, found: Correlated): string {
  const field = correlation.compared.get('field')
  if (field === undefined) return refuse(correlation, `\`${correlation.type}\` wants a \`field\``)
  return found.fieldOf(field) ?? refuse(correlation, `the field \`${field}\` cannot be honoured`)
}

function measureOf(correlation: SigmaCorrelation, find: Find, counted: Correlated | null): Condition {
  const { compared, type, within } = correlation
  const { select, by, found } = selected(correlation, find, counted)
  const [comparison, value] = onlyComparison(correlation)
  const percentile = type === 'value_percentile' ? (PERCENTILES[compared.get('percentile') ?? ''] ?? null) : null
  const calculate = percentile ?? MEASURES[type]
  if (calculate === undefined) return refuse(correlation, 'a `percentile` is 50, 95 or 99')
  const early = EARLY[calculate]
  if (early !== undefined && comparison.startsWith(early.sign)) {
    refuse(correlation, `${early.what} cannot be honoured: the first event of every window would be one`)
  }
  const field = measuredField(correlation, found)
  const measured = { name: null, calculate, select, field, divisor: null, among: null, over: within, by, atLeast: 1 }
  return { kind: 'measure', meter: measured, comparison, value, baseline: null, lasting: 0 }
}

/** Sets of rules of which all must be seen: one, unless an extended condition names others. */
function alternatives(correlation: SigmaCorrelation): readonly (readonly string[])[] {
  const { expression, rules, compared } = correlation
  if (expression === null) {
    const [sign, value] = compared.size === 0 ? (['>=', rules.length] as const) : onlyComparison(correlation)
    const isAll = (sign === '>=' && value === rules.length) || (sign === '>' && value === rules.length - 1)
    return isAll ? [rules] : refuse(correlation, 'how many of the rules must be seen cannot be honoured, unless all')
  }
  const found = spread(expression, correlation).map((names) => [...new Set(names)])
  return correlation.type === 'temporal' ? found : found.map((names) => rules.filter((rule) => names.includes(rule)))
}

function spread(expression: Expression, correlation: SigmaCorrelation): readonly (readonly string[])[] {
  switch (expression.kind) {
    case 'name':
      if (!correlation.rules.includes(expression.name))
        refuse(correlation, `\`${expression.name}\` is none of its \`rules\``)
      return [[expression.name]]
    case 'or':
      return expression.parts.flatMap((part) => spread(part, correlation))
    case 'and': {
      const all = expression.parts.reduce<readonly (readonly string[])[]>(
        (sets, part) => spread(part, correlation).flatMap((one) => sets.map((set) => [...set, ...one])),
        [[]],
      )
      return all.length > LARGEST ? refuse(correlation, 'so large a condition cannot be honoured') : all
    }
    case 'not':
    case 'of':
      return refuse(correlation, `\`${expression.kind}\` in the condition of a correlation cannot be honoured`)
    default:
      return expression satisfies never
  }
}

function together(correlation: SigmaCorrelation, rules: readonly string[], find: Find): Condition {
  const isOrdered = correlation.type === 'temporal_ordered'
  const { within } = correlation
  const steps = rules.map((rule, at): Step => {
    const found = find(rule)
    const by = fieldsBy(correlation, rule, found)
    return { name: isOrdered ? `s${at + 1}` : null, count: 1, select: { signal: found.signal, where: null }, by }
  })
  const [only] = steps
  if (steps.length === 1 && only !== undefined) return { kind: 'count', step: { ...only, name: null }, within: null }
  return isOrdered ? { kind: 'sequence', steps, within, without: [], until: [] } : { kind: 'all', steps, within }
}
