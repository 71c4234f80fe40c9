// What a field of a Sigma rule is asked: values with their wildcards and modifiers as tests of an event.
import { isScalar, type Node } from 'yaml'
import type { Comparison, Template, Test } from '../../model/index.ts'
import { parsePattern } from '../regex/parse.ts'
import { escapeText, translatePattern } from './re2.ts'
import { Refusal, spanOf, textOf } from './yaml-nodes.ts'

/** A text is of literals, of `*` and `?`, and, where Windows writes options in several ways, of dashes. */
type Piece = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'any' | 'one' | 'dash' }

const COMPARISONS: Readonly<Record<string, Comparison>> = { lt: '<', lte: '<=', gt: '>', gte: '>=' }
const ENDS: Readonly<Record<string, 'has' | 'starts' | 'ends'>> = {
  contains: 'has',
  startswith: 'starts',
  endswith: 'ends',
}
const ENCODINGS: ReadonlySet<string> = new Set(['wide', 'utf16le', 'utf16be', 'utf16', 'base64', 'base64offset'])
const FLAGS: ReadonlySet<string> = new Set(['i', 'm', 's'])
const PLAIN: ReadonlySet<string> = new Set(['all', 'neq', 'cased', 'windash', 're', 'cidr', 'exists', 'fieldref'])

/** `''` asks the whole record. */
export interface Asked {
  readonly fields: readonly string[]
  readonly modifiers: readonly string[]
  readonly values: readonly Node[]
}

/** @throws Refusal for a modifier or value that cannot be honoured */
export function testOfValues(asked: Asked): Test {
  const { modifiers, values } = asked
  const [first] = values
  for (const modifier of modifiers) if (!isKnown(modifier)) refuse(`the modifier \`${modifier}\``, first)
  const tests = values.map((value) => either(asked.fields.map((field) => testOf(field, value, modifiers))))
  const joined = modifiers.includes('all') ? both(tests) : either(tests)
  return modifiers.includes('neq') ? { kind: 'not', test: joined } : joined
}

function isKnown(modifier: string): boolean {
  return [ENDS, COMPARISONS].some((table) => Object.hasOwn(table, modifier)) || isSimple(modifier)
}

function isSimple(modifier: string): boolean {
  return PLAIN.has(modifier) || ENCODINGS.has(modifier) || FLAGS.has(modifier)
}

function refuse(what: string, node: Node | undefined): never {
  throw new Refusal(`${what} cannot be honoured`, spanOf(node?.range))
}

function testOf(field: string, value: Node, modifiers: readonly string[]): Test {
  const text = textOf(value)
  const has = (modifier: string) => modifiers.includes(modifier)
  const comparison = modifiers.map((modifier) => COMPARISONS[modifier]).find((one) => one !== undefined)
  if (text === null) return { kind: 'not', test: { kind: 'known', field } }
  if (comparison !== undefined) return compareNumber(field, comparison, value)
  if (has('exists')) {
    const known: Test = { kind: 'known', field }
    return text === 'true' ? known : { kind: 'not', test: known }
  }
  if (has('cidr')) return { kind: 'cidr', field, ranges: [text] }
  if (has('fieldref')) return compareField(field, value, modifiers)
  if (has('re')) return patternTest(field, value, modifiers)
  if (modifiers.every((one) => one === 'all' || one === 'neq') && field !== '' && !isText(value)) {
    return { kind: 'compare', field, comparison: '==', operand: { kind: 'value', value: plainValue(value) } }
  }
  return textTest(field, value, modifiers)
}

function isText(value: Node): boolean {
  return isScalar(value) && typeof value.value === 'string'
}

function plainValue(value: Node): number | boolean {
  const found = isScalar(value) ? value.value : null
  return typeof found === 'number' || typeof found === 'boolean' ? found : refuse('this value', value)
}

function compareNumber(field: string, comparison: Comparison, value: Node): Test {
  const number = Number(textOf(value))
  if (Number.isNaN(number)) refuse(`a comparison with \`${textOf(value)}\``, value)
  return { kind: 'compare', field, comparison, operand: { kind: 'value', value: number } }
}

function compareField(field: string, value: Node, modifiers: readonly string[]): Test {
  const name = textOf(value) ?? ''
  if (modifiers.some((one) => Object.hasOwn(ENDS, one))) refuse('`fieldref` of a part', value)
  if (!isName(name)) refuse(`the field name \`${name}\``, value)
  return { kind: 'compare', field, comparison: '==', operand: { kind: 'field', name } }
}

/** What pattern text takes for the name of a field. */
export function isName(name: string): boolean {
  return /^[A-Za-z_@]\w*(?:[.-]\w+)*$/.test(name)
}

function patternTest(field: string, value: Node, modifiers: readonly string[]): Test {
  const flags = modifiers.filter((modifier) => FLAGS.has(modifier)).join('')
  const { source, anyCase } = translatePattern(textOf(value) ?? '', flags)
  const { fault } = parsePattern(source)
  if (fault !== null) throw new Refusal(fault.sentence, spanOf(value.range))
  return everywhere(field, (asked) => pattern(asked, source, anyCase))
}

function pattern(field: string, source: string, anyCase: boolean): Test {
  return { kind: 'pattern', field, source, anyCase, names: [], linear: false }
}

/** A keyword is looked for in what the record says and in its line as it stands. */
function everywhere(field: string, ask: (field: string) => Test): Test {
  return field === '' ? { kind: 'or', tests: [ask('message'), ask('line')] } : ask(field)
}

function textTest(field: string, value: Node, modifiers: readonly string[]): Test {
  const anyCase = !modifiers.includes('cased')
  const variants = encoded(value, modifiers)
  const ends = modifiers.flatMap((one) => ENDS[one] ?? [])
  const how = field === '' ? 'has' : (ends[0] ?? 'is')
  const tests = variants.map((pieces) => everywhere(field, (asked) => piecesTest(asked, pieces, { how, anyCase })))
  return either(tests)
}

/** The ways in which the value may stand in an event. */
function encoded(value: Node, modifiers: readonly string[]): readonly (readonly Piece[])[] {
  const text = textOf(value) ?? ''
  const base64 = modifiers.find((one) => one === 'base64' || one === 'base64offset')
  const wide = modifiers.find((one) => ENCODINGS.has(one) && one !== base64)
  if (base64 === undefined && wide !== undefined) refuse(`\`${wide}\` without \`base64\``, value)
  if (base64 === undefined) return [piecesOf(text, modifiers.includes('windash'))]
  const pieces = piecesOf(text, false)
  if (pieces.some(({ kind }) => kind !== 'text')) refuse('a wildcard in `base64`', value)
  const bytes = inBytes(pieces.map((piece) => (piece.kind === 'text' ? piece.text : '')).join(''), wide)
  const texts = base64 === 'base64' ? [bytes.toString('base64')] : [0, 1, 2].map((shift) => shifted(bytes, shift))
  return texts.map((one) => [{ kind: 'text', text: one }])
}

function inBytes(text: string, encoding: string | undefined): Buffer {
  if (encoding === undefined) return Buffer.from(text)
  const little = Buffer.from(encoding === 'utf16' ? `\uFEFF${text}` : text, 'utf16le')
  return encoding === 'utf16be' ? little.swap16() : little
}

/** What stays the same of the encoded text whatever stands before and behind it. */
function shifted(bytes: Buffer, shift: number): string {
  const text = Buffer.concat([Buffer.alloc(shift, ' '), bytes]).toString('base64')
  const end = [0, -3, -2][(bytes.length + shift) % 3] ?? 0
  return text.slice([0, 2, 3][shift] ?? 0, end === 0 ? undefined : end)
}

/** A backslash before a wildcard or a backslash takes its meaning away and stands for itself elsewhere. */
function piecesOf(written: string, dashes: boolean): readonly Piece[] {
  const pieces: Piece[] = []
  const add = (text: string) => {
    const last = pieces.at(-1)
    if (last?.kind === 'text') pieces[pieces.length - 1] = { kind: 'text', text: last.text + text }
    else pieces.push({ kind: 'text', text })
  }
  for (const { 0: sign, index } of written.matchAll(/\\[\\*?]|[\s\S]/g)) {
    if (sign === '*') pieces.push({ kind: 'any' })
    else if (sign === '?') pieces.push({ kind: 'one' })
    else if (dashes && isDash(written, index)) pieces.push({ kind: 'dash' })
    else add(sign.length === 2 ? sign.slice(1) : sign)
  }
  return pieces
}

/** `-` or `/` that begins a word. */
function isDash(text: string, at: number): boolean {
  const [before = ' ', sign = '', behind = ' '] = [text[at - 1], text[at], text[at + 1]]
  return /[-/]/.test(sign) && !/\w/.test(before) && /\w/.test(behind)
}

interface How {
  readonly how: 'has' | 'starts' | 'ends' | 'is'
  readonly anyCase: boolean
}

/** Wildcards at the ends are what `has`, `starts` and `ends` say; others want a regular expression. */
function piecesTest(field: string, written: readonly Piece[], { how, anyCase }: How): Test {
  const openStart = how === 'has' || how === 'ends' || written[0]?.kind === 'any'
  const openEnd = how === 'has' || how === 'starts' || written.at(-1)?.kind === 'any'
  const pieces = withoutEnds(written)
  const [only] = pieces
  if (only === undefined) {
    return openStart || openEnd
      ? { kind: 'known', field }
      : { kind: 'compare', field, comparison: '==', operand: { kind: 'value', value: '' } }
  }
  if (pieces.length === 1 && only.kind === 'text') {
    const ends = openStart ? (openEnd ? 'has' : 'ends') : openEnd ? 'starts' : 'is'
    return { kind: 'text', field, how: ends, templates: [{ parts: [{ kind: 'text', text: only.text }], anyCase }] }
  }
  return pattern(field, `${openStart ? '' : '^'}${pieces.map(sourceOf).join('')}${openEnd ? '' : '$'}`, anyCase)
}

function withoutEnds(pieces: readonly Piece[]): readonly Piece[] {
  const from = pieces.findIndex(({ kind }) => kind !== 'any')
  const to = pieces.findLastIndex(({ kind }) => kind !== 'any')
  return from < 0 ? [] : pieces.slice(from, to + 1)
}

function sourceOf(piece: Piece): string {
  switch (piece.kind) {
    case 'text':
      return escapeText(piece.text).replaceAll('\n', '\\n')
    case 'any':
      return '[\\s\\S]*'
    case 'one':
      return '[\\s\\S]'
    case 'dash':
      return '[-\\/–—―]'
    default:
      return piece satisfies never
  }
}

export function both(tests: readonly Test[]): Test {
  return single(tests) ?? { kind: 'and', tests: tests.flatMap((test) => (test.kind === 'and' ? test.tests : [test])) }
}

/** One of them; texts that are asked of one field in one way become one list. */
export function either(tests: readonly Test[]): Test {
  const flat = tests.flatMap((test) => (test.kind === 'or' ? test.tests : [test]))
  const lists = new Map<string, Test & { kind: 'text' }>()
  const joined = flat.flatMap((test): Test[] => {
    if (test.kind !== 'text') return [test]
    const known = lists.get(`${test.field} ${test.how}`)
    const templates: readonly Template[] = [...(known?.templates ?? []), ...test.templates]
    lists.set(`${test.field} ${test.how}`, { ...test, templates })
    return []
  })
  const all = [...lists.values(), ...joined]
  return single(all) ?? { kind: 'or', tests: all }
}

function single(tests: readonly Test[]): Test | undefined {
  return tests.length === 1 ? tests[0] : undefined
}
