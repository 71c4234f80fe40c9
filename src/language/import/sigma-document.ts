// A Sigma document as it is written: rules with what they detect, and correlations of them, each with its place.
import { isMap, isScalar, isSeq, type Node, parseAllDocuments } from 'yaml'
import type { Test } from '../../model/index.ts'
import type { Span } from '../syntax/tree.ts'
import { readAggregation, readCorrelation, type SigmaCorrelation } from './sigma-correlation-document.ts'
import { type Expression, expressionOf } from './sigma-expression.ts'
import { readHead, refuseAt, type SigmaHead } from './sigma-head.ts'
import { type SigmaSource, sourceOf } from './sigma-sources.ts'
import { both, either, testOfValues } from './sigma-values.ts'
import { type Entries, entries, firstLine, Refusal, spanOf, textOf } from './yaml-nodes.ts'

export interface SigmaRule extends SigmaHead {
  readonly source: SigmaSource
  readonly test: Test
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
    if (root.get('correlation') !== null) correlations.push(readCorrelation(root))
    else {
      const { rule, counted } = readRule(root)
      rules.push(rule)
      correlations.push(...counted)
    }
  }
  if (rules.length === 0) throw new Refusal('the document has no rules', { offset: 0, length: 1 })
  return { rules, correlations }
}

/** Whether a filter keeps or drops what it selects is read in two ways; the rest is from before version 1. */
const REFUSED = ['filter', 'action']

interface Read {
  readonly rule: SigmaRule
  /** The correlation that an aggregation is, which takes the rule's name. */
  readonly counted: readonly SigmaCorrelation[]
}

function readRule(root: Entries): Read {
  const source = sourceOf(entries(root.get('logsource'), '`logsource`', root.at))
  const detection = entries(root.get('detection'), '`detection`', root.at)
  const head = readHead(root)
  const [condition, ...others] = conditionsIn(detection)
  const [, searched = '', aggregation] = /^([^|]*)(?:\|\s*([\s\S]*?))?\s*$/.exec(textOf(condition) ?? '') ?? []
  const timeframe = detection.get('timeframe')
  if (aggregation === undefined || others.length > 0) {
    if (timeframe !== null) refuseAt('`timeframe` without a correlation', timeframe)
    return { rule: { ...head, source, test: detected(detection, source) }, counted: [] }
  }
  const rule = `${head.names[0] ?? head.title} event`
  const test = withSource(conditionTest(searched, condition, selecting(detection, source)), source)
  const counted = readAggregation(aggregation, { head, rule, condition, timeframe })
  return { rule: { ...head, names: [rule], source, test }, counted: [counted] }
}

/** One or several, of which any will do. */
function conditionsIn(detection: Entries): readonly [Node, ...Node[]] {
  const condition = detection.get('condition')
  const all = isSeq<Node>(condition) ? condition.items : [condition].filter((one) => one !== null)
  const [first, ...others] = all
  if (first === undefined) throw new Refusal('the detection has no `condition`', detection.at)
  return [first, ...others]
}

function detected(detection: Entries, source: SigmaSource): Test {
  const asked = selecting(detection, source)
  return withSource(either(conditionsIn(detection).map((one) => conditionTest(textOf(one) ?? '', one, asked))), source)
}

function withSource(test: Test, source: SigmaSource): Test {
  return source.test === null ? test : both([source.test, test])
}

function selecting(detection: Entries, source: SigmaSource): Selecting {
  return {
    selections: new Map([...detection.all].filter(([name]) => name !== 'condition' && name !== 'timeframe')),
    source,
  }
}

interface Selecting {
  readonly selections: ReadonlyMap<string, Node>
  readonly source: SigmaSource
}

function conditionTest(text: string, node: Node, selecting: Selecting): Test {
  return expressionTest(expressionOf(text, node), { ...selecting, at: spanOf(node.range) })
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
