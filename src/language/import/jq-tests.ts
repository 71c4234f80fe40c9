// What jq expressions ask of a record's fields, as tests: comparisons, presence, truth, text functions, whatever is missing.
import type { Comparison, Test } from '../../model/index.ts'
import { escapeText } from './re2.ts'

/** What cannot be honoured. */
export class Unsupported extends Error {}

/** Parts of a path; null is `[]`, every element. */
export type Path = readonly (string | null)[]
export type Scalar = string | number | boolean | null

/** What an expression comes to: a test, or a place in the record with what stands in when it is missing. */
export type Term =
  | { readonly kind: 'test'; readonly test: Test }
  | { readonly kind: 'path'; readonly path: Path; readonly instead: Scalar | undefined }
  | { readonly kind: 'value'; readonly value: Scalar }

/** A filter fails on a line that is no JSON, whatever it says of missing fields. */
export const IS_JSON: Test = linePattern('(?:^|[ \\t])\\{', 'line')

/** Whether a record without any of the fields passes. */
export function holdsForNothing(test: Test): boolean {
  switch (test.kind) {
    case 'and':
      return test.tests.every(holdsForNothing)
    case 'or':
      return test.tests.some(holdsForNothing)
    case 'not':
      return !holdsForNothing(test.test)
    default:
      return false
  }
}

const OPPOSITE: Readonly<Record<Comparison, Comparison>> = {
  '==': '!=',
  '!=': '==',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
}

export function compared(
  { path, instead }: Extract<Term, { kind: 'path' }>,
  comparison: Comparison,
  value: Scalar,
): Term {
  if (value === null) {
    if (comparison !== '==' && comparison !== '!=') throw new Unsupported()
    return { kind: 'test', test: comparison === '!=' ? present(path) : { kind: 'not', test: present(path) } }
  }
  if (path.includes(null)) return { kind: 'test', test: element(path, comparison, value) }
  const field = fieldName(path)
  const ask = (sign: Comparison): Test => ({
    kind: 'compare',
    field,
    comparison: sign,
    operand: { kind: 'value', value },
  })
  const missing = missingHolds(instead, comparison, value)
  return { kind: 'test', test: missing ? { kind: 'not', test: ask(OPPOSITE[comparison]) } : ask(comparison) }
}

/** Whether the comparison holds where the path is missing; jq sorts null before everything. */
function missingHolds(instead: Scalar | undefined, comparison: Comparison, value: Scalar): boolean {
  if (instead === undefined || instead === null) return comparison === '!=' || comparison === '<' || comparison === '<='
  switch (comparison) {
    case '==':
      return instead === value
    case '!=':
      return instead !== value
    case '<':
      return Number(instead) < Number(value)
    case '<=':
      return Number(instead) <= Number(value)
    case '>':
      return Number(instead) > Number(value)
    case '>=':
      return Number(instead) >= Number(value)
    default:
      return comparison satisfies never
  }
}

/** What is there and not `false`. */
export function truth(path: Path): Test {
  const there = present(path)
  const field = fieldOf(path)
  if (field === null) return there
  const isFalse: Test = { kind: 'compare', field, comparison: '==', operand: { kind: 'value', value: false } }
  return { kind: 'and', tests: [there, { kind: 'not', test: isFalse }] }
}

/** Records tell every field as a line `a.b.0.c=value`: an object is there if a line begins with its path. */
function present(path: Path): Test {
  const line = linePattern(`\\n${linePath(path)}[.=]`)
  const field = fieldOf(path)
  return field === null ? line : { kind: 'or', tests: [{ kind: 'known', field }, line] }
}

function element(path: Path, comparison: Comparison, value: Exclude<Scalar, null>): Test {
  if (comparison !== '==') throw new Unsupported()
  return linePattern(`\\n${linePath(path)}=${escapeText(String(value))}(?:\\n|$)`)
}

function linePath(path: Path): string {
  if (path.length === 0) throw new Unsupported()
  return path.map((part) => (part === null ? '\\d+' : escapeText(part))).join('\\.')
}

function linePattern(source: string, field = 'message'): Test {
  return { kind: 'pattern', field, source, anyCase: false, names: [], linear: true }
}

export function called(name: string, field: string, text: string): Test {
  const how = TEXT_FUNCTIONS[name]
  if (how !== undefined) {
    return { kind: 'text', field, how, templates: [{ parts: [{ kind: 'text', text }], anyCase: false }] }
  }
  if (name !== 'test') throw new Unsupported()
  return { kind: 'pattern', field, source: text.replace(/(?<!\\)\//g, '\\/'), anyCase: false, names: [], linear: true }
}

const TEXT_FUNCTIONS: Readonly<Record<string, 'has' | 'starts' | 'ends'>> = {
  contains: 'has',
  startswith: 'starts',
  endswith: 'ends',
}

/** A path as a field of the record; names that the pattern language cannot write are not honoured. */
export function fieldName(path: Path): string {
  const name = fieldOf(path)
  if (name === null) throw new Unsupported()
  return name
}

function fieldOf(path: Path): string | null {
  const name = path.join('.')
  return path.includes(null) || !/^[A-Za-z_]\w*(?:[.-]\w+)*$/.test(name) ? null : name
}
