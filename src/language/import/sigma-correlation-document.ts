// A Sigma correlation as it is written, and what older rules say behind `|` as one.
import { isMap, isScalar, type Node } from 'yaml'
import type { Span } from '../syntax/tree.ts'
import { type Expression, expressionOf } from './sigma-expression.ts'
import { readHead, refuseAt, type SigmaHead } from './sigma-head.ts'
import { type Entries, entries, list, Refusal, spanOf, textOf } from './yaml-nodes.ts'

export interface SigmaCorrelation extends SigmaHead {
  readonly type: string
  readonly rules: readonly string[]
  readonly groupBy: readonly string[]
  /** Of each alias the field by rule. */
  readonly aliases: ReadonlyMap<string, ReadonlyMap<string, string>>
  /** Microseconds. */
  readonly within: number
  /** Comparisons with what they compare with, and the field that is measured. */
  readonly compared: ReadonlyMap<string, string>
  /** Which of the rules must be seen; null for all. */
  readonly expression: Expression | null
  readonly generate: boolean
}

const TYPES = [
  'event_count',
  'value_count',
  'value_sum',
  'value_avg',
  'value_percentile',
  'value_median',
  'value_min',
  'value_max',
  'temporal',
  'temporal_ordered',
]

export function readCorrelation(root: Entries): SigmaCorrelation {
  const body = entries(root.get('correlation'), '`correlation`', root.at)
  for (const [name, node] of body.all) if (!CORRELATION_WORDS.includes(name)) refuseAt(`\`${name}\``, node)
  const type = textOf(body.get('type')) ?? ''
  if (!TYPES.includes(type)) refuseAt(`the correlation \`${type}\``, body.get('type') ?? body.get('rules'))
  const condition = body.get('condition')
  const names = (word: string) => {
    const node = body.get(word)
    return isScalar(node)
      ? [textOf(node) ?? '']
      : list(node, `\`${word}\``, body.at).flatMap((one) => textOf(one) ?? [])
  }
  return {
    ...readHead(root),
    at: body.at,
    type,
    rules: names('rules'),
    groupBy: names('group-by'),
    aliases: readAliases(body),
    within: timespan(body.get('timespan'), '`timespan`', body.at),
    compared: isMap(condition) ? readCompared(entries(condition, '`condition`')) : new Map(),
    expression: isScalar(condition) ? expressionOf(textOf(condition) ?? '', condition) : null,
    generate: (textOf(body.get('generate')) ?? textOf(root.get('generate'))) === 'true',
  }
}

const CORRELATION_WORDS = ['type', 'rules', 'group-by', 'timespan', 'condition', 'aliases', 'generate']

function readAliases(body: Entries): SigmaCorrelation['aliases'] {
  const node = body.get('aliases')
  if (node === null) return new Map()
  return new Map(
    [...entries(node, '`aliases`').all].map(([alias, rules]) => {
      const fields = [...entries(rules, `\`${alias}\``).all].map(
        ([rule, field]) => [rule, textOf(field) ?? ''] as const,
      )
      return [alias, new Map(fields)] as const
    }),
  )
}

const COMPARED = ['gt', 'gte', 'lt', 'lte', 'eq', 'neq', 'field', 'percentile']

function readCompared(condition: Entries): ReadonlyMap<string, string> {
  for (const [name, node] of condition.all) {
    if (!COMPARED.includes(name) || textOf(node) === null) refuseAt(`\`${name}\` in a condition`, node)
  }
  return new Map([...condition.all].map(([name, node]) => [name, textOf(node) ?? '']))
}

/** Months and years are taken as long as they are on average. */
const UNITS: Readonly<Record<string, number>> = {
  s: 1e6,
  m: 60e6,
  h: 3600e6,
  d: 86_400e6,
  w: 604_800e6,
  M: 2_629_746e6,
  y: 31_556_952e6,
}

function timespan(node: Node | null, what: string, at: Span): number {
  const [, amount, unit] = /^(\d+)([smhdwMy])$/.exec(textOf(node) ?? '') ?? []
  if (amount === undefined || Number(amount) === 0)
    throw new Refusal(`${what} is a number with s, m, h, d, w, M or y`, spanOf(node?.range ?? [at.offset]))
  return Number(amount) * (UNITS[unit ?? ''] ?? 0)
}

/** What stood behind `|` in a condition before there were correlations: `count(field) by other > 5`. */
const AGGREGATION = /^(\w+)\s*\(\s*([^()\s]*)\s*\)(?:\s+by\s+(\S+))?\s*(>=|<=|==?|>|<)\s*(-?\d+(?:\.\d+)?)$/
const AGGREGATED: Readonly<Record<string, string>> = {
  count: 'value_count',
  sum: 'value_sum',
  avg: 'value_avg',
  min: 'value_min',
  max: 'value_max',
}
const COMPARISONS: Readonly<Record<string, string>> = {
  '>': 'gt',
  '>=': 'gte',
  '<': 'lt',
  '<=': 'lte',
  '=': 'eq',
  '==': 'eq',
}

/** The correlation that an aggregation is, of the one rule it stands in. */
export function readAggregation(
  text: string,
  { head, rule, condition, timeframe }: { head: SigmaHead; rule: string; condition: Node; timeframe: Node | null },
): SigmaCorrelation {
  const [, measure = '', field = '', by = '', sign = '', value = ''] = AGGREGATION.exec(text) ?? []
  const type = measure === 'count' && field === '' ? 'event_count' : AGGREGATED[measure]
  if (type === undefined) refuseAt(`the aggregation \`${text}\``, condition)
  if (timeframe === null) throw new Refusal('an aggregation wants a `timeframe`', spanOf(condition.range))
  return {
    ...head,
    at: spanOf(condition.range),
    type,
    rules: [rule],
    groupBy: by === '' ? [] : [by],
    aliases: new Map(),
    within: timespan(timeframe, '`timeframe`', head.at),
    compared: new Map([
      ...(field === '' ? [] : [['field', field] as const]),
      [COMPARISONS[sign] ?? '', value] as const,
    ]),
    expression: null,
    generate: false,
  }
}
