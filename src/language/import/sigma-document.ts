// A Sigma document as it is written: rules with what they detect, and correlations of them, each with its place.
import { isMap, isScalar, isSeq, type Node, parseAllDocuments } from 'yaml'
import type { Test } from '../../model/index.ts'
import type { Span } from '../syntax/tree.ts'
import { type Expression, readExpression } from './sigma-expression.ts'
import { type SigmaSource, sourceOf } from './sigma-sources.ts'
import { both, either, testOfValues } from './sigma-values.ts'
import { type Entries, entries, firstLine, list, Refusal, spanOf, textOf } from './yaml-nodes.ts'

/** What rules and correlations say of themselves. */
export interface SigmaHead {
  /** By which correlations name it: its name, its id. */
  readonly names: readonly string[]
  readonly title: string
  readonly description: string
  readonly level: string
  readonly author: string
  readonly license: string
  readonly references: readonly string[]
  readonly falsePositives: readonly string[]
  readonly at: Span
}

export interface SigmaRule extends SigmaHead {
  readonly source: SigmaSource
  readonly test: Test
}

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

export interface SigmaDocument {
  readonly rules: readonly SigmaRule[]
  readonly correlations: readonly SigmaCorrelation[]
}

/** @throws Refusal for what is broken, unknown or cannot be honoured */
export function readSigma(text: string): SigmaDocument {
  const [rules, correlations]: [SigmaRule[], SigmaCorrelation[]] = [[], []]
  for (const document of parseAllDocuments(text)) {
    const [broken] = document.errors
    if (broken !== undefined) throw new Refusal(firstLine(broken.message), spanOf(broken.pos))
    if (document.contents === null) continue
    const root = entries(document.contents, 'a Sigma rule')
    for (const name of REFUSED) if (root.get(name) !== null) refuseAt(`\`${name}\``, root.get(name))
    if (root.get('correlation') === null) rules.push(readRule(root))
    else correlations.push(readCorrelation(root))
  }
  if (rules.length === 0) throw new Refusal('the document has no rules', { offset: 0, length: 1 })
  return { rules, correlations }
}

/** Whether a filter keeps or drops what it selects is read in two ways; the rest is from before version 1. */
const REFUSED = ['filter', 'action']

function refuseAt(what: string, node: Node | null | undefined): never {
  throw new Refusal(`${what} cannot be honoured`, spanOf(node?.range))
}

function readHead(root: Entries): SigmaHead {
  const said = (name: string): string => (textOf(root.get(name)) ?? '').trim()
  if (said('taxonomy') !== '' && said('taxonomy') !== 'sigma') refuseAt('another `taxonomy`', root.get('taxonomy'))
  const texts = (name: string): readonly string[] => {
    const node = root.get(name)
    return isSeq(node) ? list(node, `\`${name}\``, root.at).flatMap((one) => textOf(one) ?? []) : [said(name)]
  }
  if (said('title') === '') throw new Refusal('the rule has no `title`', root.at)
  return {
    names: [said('name'), said('id')].filter((name) => name !== ''),
    title: said('title'),
    description: said('description').replace(/\s+/g, ' '),
    level: said('level'),
    author: said('author'),
    license: said('license'),
    references: texts('references').filter((reference) => reference !== ''),
    falsePositives: texts('falsepositives').filter((one) => one !== ''),
    at: root.at,
  }
}

function readRule(root: Entries): SigmaRule {
  const source = sourceOf(entries(root.get('logsource'), '`logsource`', root.at))
  const detection = entries(root.get('detection'), '`detection`', root.at)
  const timeframe = detection.get('timeframe')
  if (timeframe !== null) refuseAt('`timeframe` without a correlation', timeframe)
  const detected = detectionTest(detection, source)
  return { ...readHead(root), source, test: source.test === null ? detected : both([source.test, detected]) }
}

function detectionTest(detection: Entries, source: SigmaSource): Test {
  const condition = detection.get('condition')
  if (condition === null) throw new Refusal('the detection has no `condition`', detection.at)
  const conditions = isSeq(condition) ? list(condition, '`condition`', detection.at) : [condition]
  const selections = new Map([...detection.all].filter(([name]) => name !== 'condition'))
  return either(conditions.map((one) => conditionTest(one, { selections, source })))
}

interface Selecting {
  readonly selections: ReadonlyMap<string, Node>
  readonly source: SigmaSource
}

function conditionTest(node: Node, selecting: Selecting): Test {
  const expression = expressionOf(node)
  return expressionTest(expression, { ...selecting, at: spanOf(node.range) })
}

function expressionOf(node: Node): Expression {
  const expression = readExpression(textOf(node) ?? '')
  if (typeof expression === 'string') throw new Refusal(expression, spanOf(node.range))
  return expression
}

function expressionTest(expression: Expression, selecting: Selecting & { readonly at: Span }): Test {
  const ask = (one: Expression): Test => expressionTest(one, selecting)
  switch (expression.kind) {
    case 'and':
      return both(expression.parts.map(ask))
    case 'or':
      return either(expression.parts.map(ask))
    case 'not':
      return { kind: 'not', test: ask(expression.part) }
    case 'name':
      return namedTest([expression.name], selecting)[0] ?? both([])
    case 'of': {
      const tests = namedTest(matching(expression.pattern, selecting), selecting)
      return expression.every ? both(tests) : either(tests)
    }
    default:
      return expression satisfies never
  }
}

function matching(pattern: string, { selections, at }: Selecting & { readonly at: Span }): readonly string[] {
  const wanted = new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\-]/g, '\\$&').replaceAll('*', '.*')}$`)
  const isThem = pattern.toLowerCase() === 'them'
  const found = [...selections.keys()].filter((name) => (isThem ? !name.startsWith('_') : wanted.test(name)))
  if (found.length === 0) throw new Refusal(`no selection is named \`${pattern}\``, at)
  return found
}

function namedTest(names: readonly string[], { selections, source, at }: Selecting & { readonly at: Span }): Test[] {
  return names.map((name) => {
    const node = selections.get(name)
    if (node === undefined) throw new Refusal(`there is no selection \`${name}\``, at)
    return selectionTest(node, source)
  })
}

/** A mapping asks all its fields, a list one of its mappings or words. */
function selectionTest(node: Node, source: SigmaSource): Test {
  if (isMap<Node, Node>(node)) {
    const tests = [...entries(node, 'a selection').all].map(([name, value]) => fieldTest(name, value, source))
    if (tests.length === 0) throw new Refusal('this selection asks nothing', spanOf(node.range))
    return both(tests)
  }
  const parts = isSeq<Node>(node) ? node.items : [node]
  if (parts.length === 0) throw new Refusal('this selection asks nothing', spanOf(node.range))
  return either(
    parts.map((part) =>
      isScalar(part) ? testOfValues({ fields: [''], modifiers: [], values: [part] }) : selectionTest(part, source),
    ),
  )
}

function fieldTest(name: string, value: Node, source: SigmaSource): Test {
  const [field = '', ...modifiers] = name.split('|')
  const fields = field === '' ? [''] : source.namesOf(field)
  if (fields === null) refuseAt(`the field \`${field}\` of this log source`, value)
  const values = isSeq<Node>(value) ? value.items : [value]
  for (const one of values) if (!isScalar(one)) refuseAt(`what \`${name}\` is asked`, one)
  if (values.length === 0) throw new Refusal(`\`${name}\` is asked nothing`, spanOf(value.range))
  return testOfValues({ fields, modifiers, values })
}

const TYPES = [
  'event_count',
  'value_count',
  'value_sum',
  'value_avg',
  'value_percentile',
  'value_median',
  'temporal',
  'temporal_ordered',
]

function readCorrelation(root: Entries): SigmaCorrelation {
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
    within: timespan(body),
    compared: isMap(condition) ? readCompared(entries(condition, '`condition`')) : new Map(),
    expression: isScalar(condition) ? expressionOf(condition) : null,
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

const UNITS: Readonly<Record<string, number>> = { s: 1e6, m: 60e6, h: 3600e6, d: 86_400e6 }

function timespan(body: Entries): number {
  const node = body.get('timespan')
  const [, amount, unit] = /^(\d+)([smhd])$/.exec(textOf(node) ?? '') ?? []
  if (amount === undefined || Number(amount) === 0)
    throw new Refusal('`timespan` is a number with s, m, h or d', spanOf(node?.range ?? [body.at.offset]))
  return Number(amount) * (UNITS[unit ?? ''] ?? 0)
}
