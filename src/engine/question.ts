// Tests of a rule as functions: a question to one event that answers yes or no and binds captures.
import { createRequire } from 'node:module'
import { BlockList, isIPv6 } from 'node:net'
import type { Comparison, FieldValue, Literal, Operand, Template, Test } from '../model/index.ts'
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
      return compilePattern(test)
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

function compileText(test: TextTest, occurrences: Occurrences | null): Question {
  const finders = test.templates.map((template) => compileTemplate(template, test.how))
  const likely = occurrences !== null && isGuarded(test) ? likelyTemplates(test.templates, occurrences) : null
  return (look) => {
    const text = look.text(test.field, test.how)
    if (text === null) return false
    if (likely === null) return finders.some((find) => find(text, look.captures))
    for (const at of likely(look.found)) if (finders[at]?.(text, look.captures) === true) return true
    return false
  }
}

/** Which templates a message may hold, in their order, by the numbers of the literals that occur in it. */
function likelyTemplates(templates: readonly Template[], occurrences: Occurrences) {
  const blind: number[] = []
  const guarded = new Map<number, number[]>()
  for (const [at, template] of templates.entries()) {
    const guard = guardOf(template)
    const places = guard === null ? blind : (guarded.get(occurrences.number(guard)) ?? [])
    if (guard !== null) guarded.set(occurrences.number(guard), places)
    places.push(at)
  }
  return (found: readonly number[]): readonly number[] => {
    const likely = found.flatMap((literal) => guarded.get(literal) ?? NONE)
    return likely.length + blind.length < 2 ? [...likely, ...blind] : [...likely, ...blind].sort((a, b) => a - b)
  }
}

const NONE: readonly number[] = []

/** From so many templates on one pass over the text costs less than a look for each. */
const MANY = 8

function isGuarded({ field, how, templates }: TextTest): boolean {
  return field === 'message' && how === 'has' && templates.length >= MANY
}

/** What occurs wherever the template does; null where nothing is sure to. */
function guardOf(template: Template): Literal | null {
  const text = longestText(template)
  const { anyCase } = template
  return text === '' || (anyCase && /[^ -~]/.test(text)) ? null : { text, anyCase }
}

/** Names all that `compileTest` will ask for. */
export function nameGuards(test: Test, occurrences: Occurrences): void {
  if (test.kind === 'and' || test.kind === 'or') for (const part of test.tests) nameGuards(part, occurrences)
  else if (test.kind === 'not') nameGuards(test.test, occurrences)
  else if (test.kind === 'text' && isGuarded(test)) {
    for (const guard of test.templates.map(guardOf)) if (guard !== null) occurrences.number(guard)
  }
}

/** Native where linear time was proven at load, RE2 otherwise; compiled when a text first may match. */
function compilePattern(test: Extract<Test, { kind: 'pattern' }>): Question {
  const needs = test.needs ?? []
  let find: ((text: string) => Groups | null) | null = null
  return (look) => {
    const text = look.text(test.field, 'has')
    if (text === null || !needs.every((texts) => texts.some((one) => text.includes(one)))) return false
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

type Groups = (name: string) => string | null | undefined

function nativePattern(test: Extract<Test, { kind: 'pattern' }>): (text: string) => Groups | null {
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

function re2Pattern(test: Extract<Test, { kind: 'pattern' }>): (text: string) => Groups | null {
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
