// Tests of a rule as functions: a question to one event that answers yes or no and binds captures.
import { createRequire } from 'node:module'
import { BlockList, isIPv6 } from 'node:net'
import type { Comparison, FieldValue, Literal, Operand, Test } from '../model/index.ts'
import type { Look } from './look.ts'
import type { Occurrences } from './occurrences.ts'
import { compileTemplate, longestText } from './text-template.ts'
import { compareVersions } from './version.ts'

export type Question = (look: Look) => boolean

/**
 * @param occurrences what looks through messages for many tests at once
 * @throws a plain Error for a pattern the engine cannot run: the loader has refused those before.
 */
export function compileTest(test: Test, occurrences: Occurrences | null = null): Question {
  switch (test.kind) {
    case 'and': {
      const parts = test.tests.map((part) => compileTest(part, occurrences))
      return (look) => areAll(parts, look)
    }
    case 'or': {
      const parts = test.tests.map((part) => compileTest(part, occurrences))
      return (look) => isAny(parts, look)
    }
    case 'not': {
      const part = compileTest(test.test, occurrences)
      return (look) => !part(look)
    }
    case 'text':
      return compileText(test, occurrences)
    case 'pattern':
      return compilePattern(test, occurrences)
    case 'compare':
      return compileComparison(test.field, test.comparison, test.operand)
    case 'in': {
      const values = new Set(test.values.map(String))
      return (look) => values.has(String(look.field(test.field)))
    }
    case 'cidr':
      return compileRanges(test.field, test.ranges)
    case 'known':
      return (look) => look.field(test.field) !== null
    default:
      return test satisfies never
  }
}

/** Asked with every event: no function is made for it. */
function areAll(parts: readonly Question[], look: Look): boolean {
  for (const part of parts) if (!part(look)) return false
  return true
}

function isAny(parts: readonly Question[], look: Look): boolean {
  for (const part of parts) if (part(look)) return true
  return false
}

type TextTest = Extract<Test, { kind: 'text' }>
type PatternTest = Extract<Test, { kind: 'pattern' }>

/** Asked of many templates with every event, by index: no iterator. */
function compileText(test: TextTest, occurrences: Occurrences | null): Question {
  const finders = test.templates.map((template) => compileTemplate(template, test.how))
  const guards = guardsOf(test).map((guard) => (guard && occurrences?.number(guard)) ?? null)
  return (look) => {
    const text = look.text(test.field, test.how)
    if (text === null) return false
    for (let at = 0; at < finders.length; at++)
      if (look.mayHold(guards[at] ?? null) && finders[at]?.(text, look.captures) === true) return true
    return false
  }
}

/** For each template what occurs in the message wherever it does; null where nothing is sure to. */
function guardsOf({ field, how, templates }: TextTest): readonly (Literal | null)[] {
  const isWhole = field === 'message' && how === 'has'
  return templates.map((one) => (isWhole ? asGuard(longestText(one), one.anyCase) : null))
}

/** Shorter texts are no work for one pass over a message. */
const SHORTEST_GUARD = 3

function asGuard(text: string, anyCase: boolean): Literal | null {
  return text.length < SHORTEST_GUARD || (anyCase && /[^ -~]/.test(text)) ? null : { text, anyCase }
}

/** Of these one occurs in the message wherever the pattern matches; none where nothing is sure to. */
function needsOf({ field, needs = [], anyCase }: PatternTest): readonly Literal[] {
  const shortest = (texts: readonly string[]) => Math.min(...texts.map(({ length }) => length))
  const best = needs.reduce((one, other) => (shortest(other) > shortest(one) ? other : one), [''])
  const guards = field === 'message' ? best.map((text) => asGuard(text, anyCase)) : []
  return guards.every((guard) => guard !== null) ? guards : []
}

/** Names all that `compileTest` will ask for. */
export function nameGuards(test: Test, occurrences: Occurrences): void {
  if (test.kind === 'and' || test.kind === 'or') for (const part of test.tests) nameGuards(part, occurrences)
  else if (test.kind === 'not') nameGuards(test.test, occurrences)
  else if (test.kind === 'text' || test.kind === 'pattern')
    for (const guard of test.kind === 'text' ? guardsOf(test) : needsOf(test))
      if (guard !== null) occurrences.number(guard)
}

/** Native where linear time was proven at load, RE2 otherwise; compiled when a text first may match. */
function compilePattern(test: PatternTest, occurrences: Occurrences | null): Question {
  const guards = needsOf(test).map((guard) => occurrences?.number(guard) ?? null)
  let find: ((text: string) => Groups | null) | null = null
  return (look) => {
    if (!look.mayHoldAny(guards)) return false
    const text = look.text(test.field, 'has')
    if (text === null || !(test.linear || holdsNeeds(test, text))) return false
    find ??= test.linear ? nativePattern(test) : re2Pattern(test)
    const groups = find(text)
    if (groups === null) return false
    for (const name of test.names) {
      const value = groups(name)
      if (value !== null && value !== undefined) look.captures[name] = asValue(value)
    }
    return true
  }
}

function holdsNeeds({ needs = [], anyCase }: PatternTest, text: string): boolean {
  return anyCase || needs.every((texts) => texts.some((one) => text.includes(one)))
}

type Groups = (name: string) => string | null | undefined

function nativePattern(test: PatternTest): (text: string) => Groups | null {
  const expression = new RegExp(test.source.replaceAll('(?P<', '(?<'), test.anyCase ? 'i' : '')
  return (text) => {
    const found = expression.exec(text)
    return found === null ? null : (name) => found.groups?.[name]
  }
}

/** Loaded when a pattern needs it: most never do, and it takes its time to start. */
function loadRe2(): typeof import('re2js') {
  return createRequire(import.meta.url)('re2js')
}

function re2Pattern(test: PatternTest): (text: string) => Groups | null {
  const { RE2JS } = loadRe2()
  const compiled = RE2JS.compile(test.source, test.anyCase ? RE2JS.CASE_INSENSITIVE : 0)
  // Whether there is a match costs less than where its groups are.
  if (test.names.length === 0) return (text) => (compiled.test(text) ? () => null : null)
  return (text) => {
    const matcher = compiled.matcher(text)
    return matcher.find() ? (name) => matcher.group(name) : null
  }
}

function asValue(text: string): FieldValue {
  return /^-?\d{1,15}(\.\d+)?$/.test(text) ? Number(text) : text
}

function compileComparison(field: string, comparison: Comparison, operand: Operand): Question {
  const holds = ORDER[comparison]
  switch (operand.kind) {
    case 'version':
      return (look) => {
        const value = look.field(field)
        const order = value === null ? null : compareVersions(String(value), operand.text)
        return order !== null && holds(order)
      }
    case 'field':
      return (look) => compareValues(look.field(field), look.field(operand.name), comparison)
    case 'value':
      return (look) => compareValues(look.field(field), operand.value, comparison)
    default:
      return operand satisfies never
  }
}

const ORDER: Readonly<Record<Comparison, (order: number) => boolean>> = {
  '==': (order) => order === 0,
  '!=': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
}

/** Missing values compare false whatever is asked; numbers as numbers, everything else as text. */
export function compareValues(left: FieldValue, right: FieldValue, comparison: Comparison): boolean {
  if (left === null || right === null) return false
  if (typeof left === 'number' || typeof right === 'number') {
    const [a, b] = [Number(left), Number(right)]
    return Number.isNaN(a) || Number.isNaN(b) ? comparison === '!=' : ORDER[comparison](a - b)
  }
  const [a, b] = [String(left), String(right)]
  return ORDER[comparison](a === b ? 0 : a < b ? -1 : 1)
}

function compileRanges(field: string, ranges: readonly string[]): Question {
  const list = new BlockList()
  for (const range of ranges) {
    const [net = '', prefix] = range.split('/')
    const family = isIPv6(net) ? 'ipv6' : 'ipv4'
    list.addSubnet(net, prefix === undefined ? (family === 'ipv6' ? 128 : 32) : Number(prefix), family)
  }
  return (look) => {
    const address = look.field(field)
    return typeof address === 'string' && list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
  }
}
