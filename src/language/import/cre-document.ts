// A CRE document as it is written: its rules with their terms and options, checked strictly, each with its place.
import { isMap, type Node, parseAllDocuments } from 'yaml'
import type { Span } from '../syntax/tree.ts'
import { type Entries, entries, firstLine, list, Refusal, spanOf, textOf } from './yaml-nodes.ts'

export interface CreTerm {
  readonly kind: 'value' | 'regex' | 'jq'
  readonly text: string
  readonly count: number
  readonly at: Span
}

export interface CreNegation {
  readonly term: CreTerm
  /** Microseconds; null where not said. */
  readonly window: number | null
  readonly slide: number
  readonly anchor: number
  readonly absolute: boolean
}

export interface CreRule {
  readonly id: string
  readonly title: string
  readonly severity: number
  readonly impact: number | null
  readonly mitigation: string
  readonly references: readonly string[]
  readonly author: string
  readonly kind: 'set' | 'sequence'
  readonly terms: readonly CreTerm[]
  readonly negations: readonly CreNegation[]
  readonly window: number | null
  readonly at: Span
}

/** @throws Refusal for what is broken, unknown or cannot be honoured */
export function readCre(text: string): readonly CreRule[] {
  const found = parseAllDocuments(text).flatMap((document) => {
    const [broken] = document.errors
    if (broken !== undefined) throw new Refusal(firstLine(broken.message), spanOf(broken.pos))
    return document.contents === null ? [] : rulesOf(document.contents)
  })
  if (found.length === 0) throw new Refusal('there is no CRE document', { offset: 0, length: 1 })
  return found
}

function rulesOf(contents: Node): readonly CreRule[] {
  const root = entries(contents, 'a CRE document')
  const rules = list(root.get('rules'), 'rules', root.at)
  if (rules.length === 0) throw new Refusal('the document has no rules', root.at)
  const terms = root.get('terms')
  const named = terms === null ? new Map<string, Node>() : entries(terms, '`terms`').all
  return rules.map((rule, at) => readRule(rule, { named, index: at }))
}

interface Naming {
  readonly named: ReadonlyMap<string, Node>
  readonly index: number
}

function readRule(node: Node, { named, index }: Naming): CreRule {
  const rule = entries(node, 'a rule')
  const cre = rule.get('cre') === null ? null : entries(rule.get('cre'), '`cre`')
  const metadata = rule.get('metadata') === null ? null : entries(rule.get('metadata'), '`metadata`')
  const said = (name: string): string => textOf(cre?.get(name) ?? null) ?? ''
  const id = said('id') || textOf(metadata?.get('id') ?? null) || `rule-${index + 1}`
  return {
    id: id
      .toLowerCase()
      .replace(/[^a-z0-9_]+/g, '-')
      .replace(/^-+|-+$/g, ''),
    title: said('title') || id,
    severity: Number(said('severity') || 2),
    impact: said('impactScore') === '' ? null : Number(said('impactScore')),
    mitigation: said('mitigation').trim(),
    references: list(cre?.get('references') ?? null, '`references`', rule.at).flatMap((one) => textOf(one) ?? []),
    author: said('author'),
    ...readMatch(entries(rule.get('rule'), '`rule`', rule.at), named),
    at: rule.at,
  }
}

type Match = Pick<CreRule, 'kind' | 'terms' | 'negations' | 'window'>

const MATCH_WORDS = { set: 'match', sequence: 'order' } as const

/** Where both stand, the sequence counts, as it does for the engine the rules were written for. */
function readMatch(rule: Entries, named: ReadonlyMap<string, Node>): Match {
  refuseUnknown(rule, ['set', 'sequence'])
  const kind = rule.get('sequence') === null ? 'set' : 'sequence'
  const body = entries(rule.get(kind), `\`${kind}\``, rule.at)
  const word = MATCH_WORDS[kind]
  refuseUnknown(body, [word, 'negate', 'window', 'event', 'correlations'])
  if (list(body.get('correlations'), '`correlations`', body.at).length > 0) {
    throw new Refusal('`correlations` cannot be honoured', body.at)
  }
  const terms = list(body.get(word), `\`${word}\``, body.at).map((term) => readTerm(term, named))
  const negations = list(body.get('negate'), '`negate`', body.at).map((term) => readNegation(term, named))
  const match = { kind, terms, negations, window: durationIn(body, 'window') } as const
  refuseBadWindow(match, body.at)
  return match
}

/** One term fires on each line and has no window; several have one; a sequence has two steps or more. */
function refuseBadWindow({ kind, terms, negations, window }: Match, at: Span): void {
  const steps = terms.reduce((sum, { count }) => sum + count, 0)
  if (terms.length === 0) throw new Refusal(`\`${MATCH_WORDS[kind]}\` lists no term`, at)
  if (kind === 'sequence' && steps < 2) throw new Refusal('a sequence has two steps or more', at)
  if (steps > 1 && window === null) throw new Refusal('several terms want a `window`', at)
  if (steps === 1 && negations.length === 0 && window !== null) throw new Refusal('one term alone has no `window`', at)
  for (const { anchor, term } of negations) {
    if (anchor >= 0 && anchor < steps) continue
    throw new Refusal(`\`anchor: ${anchor}\` is none of the ${steps} events`, term.at)
  }
  const repeated = kind === 'sequence' && terms.some(({ count }) => count > 1)
  const anchored = negations.find(({ anchor }) => anchor > 0)
  if (repeated && anchored !== undefined) {
    throw new Refusal('`anchor` cannot be told among repeated steps', anchored.term.at)
  }
}

const TERM_WORDS = ['value', 'regex', 'jq', 'count', 'field']
const NEGATION_WORDS = ['window', 'slide', 'anchor', 'absolute']

function readTerm(node: Node, named: ReadonlyMap<string, Node>, more: readonly string[] = []): CreTerm {
  const at = spanOf(node.range)
  const plain = textOf(node)
  if (plain !== null) {
    const meant = meantBy(node, named)
    return meant === node ? { kind: 'value', text: plain, count: 1, at } : readTerm(meant, new Map(), more)
  }
  const term = entries(node, 'a term')
  refuseUnknown(term, [...TERM_WORDS, ...more])
  const kinds = (['value', 'regex', 'jq'] as const).filter((kind) => term.get(kind) !== null)
  const [kind] = kinds
  const text = kind === undefined ? null : textOf(term.get(kind))
  if (kinds.length !== 1 || kind === undefined || text === null || text === '') {
    throw new Refusal('a term has one of `value`, `regex` and `jq`', at)
  }
  const count = Number(textOf(term.get('count')) ?? 1)
  if (!Number.isInteger(count) || count < 1) throw new Refusal('`count` is a whole number from 1 on', at)
  return { kind, text, count, at }
}

/** A text that names a term stands for it. */
function meantBy(node: Node, named: ReadonlyMap<string, Node>): Node {
  return named.get(textOf(node) ?? '') ?? node
}

function readNegation(node: Node, named: ReadonlyMap<string, Node>): CreNegation {
  const term = readTerm(node, named, NEGATION_WORDS)
  const said = meantBy(node, named)
  const options = isMap(said) ? entries(said, 'a negation') : null
  const none = { window: null, slide: 0, anchor: 0, absolute: false }
  if (options === null) return { term, ...none }
  return {
    term,
    window: durationIn(options, 'window'),
    slide: durationIn(options, 'slide') ?? 0,
    anchor: Number(textOf(options.get('anchor')) ?? 0),
    absolute: textOf(options.get('absolute')) === 'true',
  }
}

function refuseUnknown({ all, at }: Entries, known: readonly string[]): void {
  for (const [name, node] of all) {
    if (!known.includes(name)) throw new Refusal(`\`${name}\` cannot be honoured`, spanOf(node.range) ?? at)
  }
}

const GO_UNITS: Readonly<Record<string, number>> = {
  ns: 0.001,
  us: 1,
  µs: 1,
  ms: 1e3,
  s: 1e6,
  m: 60e6,
  h: 3600e6,
}

/** A duration as Go writes it, `1h30m`, perhaps negative; microseconds. */
function durationIn(where: Entries, name: string): number | null {
  const node = where.get(name)
  const text = textOf(node)
  if (node === null || text === null) return null
  const pieces = [...text.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g)]
  if (pieces.map(([piece]) => piece).join('') !== text.replace(/^[+-]/, '') || text === '') {
    throw new Refusal(`\`${text}\` is no duration`, spanOf(node.range))
  }
  const length = pieces.reduce((sum, [, amount, unit]) => sum + Number(amount) * (GO_UNITS[unit ?? ''] ?? 0), 0)
  return Math.round(text.startsWith('-') ? -length : length)
}
