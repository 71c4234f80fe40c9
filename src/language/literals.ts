// Which short texts must be in a raw line for a test to be true: what the scanner looks for.
import { allowsAll, joinLiterals, type Literal, type Template, type Test } from '../model/index.ts'
import { besideOf, textNodes } from './regex/beside.ts'
import { parsePattern } from './regex/parse.ts'
import { type Required, required } from './regex/required.ts'
import { weightOf } from './weight.ts'

/** A shorter literal is in too many lines to be worth looking for. */
const SHORTEST = 3
/** A literal that says more is in too few lines to count. */
const RARE = 10
/** Signs that a line of JSON, logfmt or plain text shows as they are. */
const SAFE_RUN = /[A-Za-z0-9 ._\-:,;()[\]{}@#+*%$!?|]+/g
const SAFE_START = /^[A-Za-z0-9._\-:@#+*%$!?|]+/
/** Fields that need not be in the line as they are written in a rule. */
const NOT_IN_LINE: ReadonlySet<string> = new Set(['severity', 'host', 'program', 'reader', 'source', 'pid', 'duration'])
/** How a quote begins in a text of JSON that is itself in a text of JSON. */
const DEEPER = '\\\\\\'
/** Numbers as they are written in a line: statuses, codes. */
const [LEAST_NUMBER, LARGEST_NUMBER] = [100, 99_999]

interface How {
  readonly anyCase: boolean
  /** The text in its pattern; absent where nothing is asked of what stands beside it. */
  readonly within?: Required
}

/** One of these is in every line for which the test is true; empty where none can be named. */
export function literalsOf(test: Test): readonly Literal[] {
  switch (test.kind) {
    case 'and':
      return strongest(test.tests.map(literalsOf))
    case 'or':
      return everyOne(test.tests.map(literalsOf))
    case 'text':
      return NOT_IN_LINE.has(test.field) ? [] : everyOne(test.templates.map(templateLiterals))
    case 'pattern':
      return NOT_IN_LINE.has(test.field) ? [] : patternLiterals(test.source, { anyCase: test.anyCase })
    case 'compare':
      return test.comparison === '==' && test.operand.kind === 'value' && !NOT_IN_LINE.has(test.field)
        ? valueLiterals(test.operand.value)
        : []
    case 'in':
      return NOT_IN_LINE.has(test.field) ? [] : everyOne(test.values.map(valueLiterals))
    case 'not':
    case 'cidr':
    case 'known':
      return []
    default:
      return test satisfies never
  }
}

function templateLiterals({ parts, anyCase }: Template): readonly Literal[] {
  const texts = parts.flatMap((part) => (part.kind === 'text' ? [part.text] : []))
  return strongest(texts.map((text) => textLiterals(text, { anyCase })))
}

function patternLiterals(source: string, how: { readonly anyCase: boolean }): readonly Literal[] {
  const { root, fault } = parsePattern(source)
  if (fault !== null) return []
  const isPath = source.startsWith('\\n') && source.includes('=')
  const literals = isPath ? pathLiterals : textLiterals
  const demands = required(root)
  const sets = demands.map((texts) => everyOne(texts.map(({ text }) => literals(text, how))))
  const best = strongest(sets)
  const chosen = isPath ? undefined : demands[sets.indexOf(best)]
  return chosen === undefined ? best : everyOne(chosen.map((one) => textLiterals(one.text, { ...how, within: one })))
}

/** A line of its own within a message tells a field, `a.0.b=value`: JSON has its names apart. */
function pathLiterals(text: string, how: How): readonly Literal[] {
  return strongest(text.split(/[\n.=]/).map((part) => textLiterals(part, how)))
}

function valueLiterals(value: string | number | boolean): readonly Literal[] {
  if (typeof value === 'string') return textLiterals(value, { anyCase: false })
  const shown = typeof value === 'number' && Number.isInteger(value) && value >= LEAST_NUMBER && value <= LARGEST_NUMBER
  return shown ? [{ text: String(value), anyCase: false }] : []
}

/** The best run of a text that is in the raw line as it stands. */
function textLiterals(text: string, how: How): readonly Literal[] {
  const plain = [...text.matchAll(SAFE_RUN)].flatMap((run) =>
    spellings(run[0], text.slice(run.index + run[0].length))
      .filter((spelled) => spelled.every((one) => one.trim().length >= SHORTEST))
      .map((spelled) => spelled.map((one) => literalOf(one, text.indexOf(one, run.index), how))),
  )
  const foreign = [...text.matchAll(/[^\0-\x7f]{2,}/g)].map((run) => foreignLiterals(run[0], how))
  return strongest([...plain, ...foreign])
}

/** A literal with what stands beside it where its pattern has it as it is, at a place of the text; elsewhere -1. */
function literalOf(text: string, at: number, { anyCase, within }: How): Literal {
  if (within === undefined || at < 0) return { text, anyCase }
  const before = [...within.before, ...textNodes(within.text.slice(0, at))]
  const after = [...textNodes(within.text.slice(at + text.length)), ...within.after]
  const beside = besideOf(before, after, { anyCase })
  return beside === null ? { text, anyCase } : { text, anyCase, beside: [beside] }
}

/** The ways in which a run and what stands right behind it can be written: as it is, as CSV doubles quotes, and as JSON escapes it. */
function spellings(run: string, behind: string): readonly (readonly string[])[] {
  const next = behind.charAt(0)
  if (next === '=') return assignments(run, SAFE_START.exec(behind.slice(1))?.[0] ?? '')
  if (next <= ' ' || next > '~') return [[run]]
  const further = SAFE_START.exec(behind.slice(1))?.[0] ?? ''
  const doubled = next === '"' && further !== '' ? [`${run}""`] : []
  return [[run], [run + next + further, ...doubled, `${run}\\`]]
}

/**
 * What a rule calls `name=value` may be a field of JSON: `"name":value`, there or in a text of JSON, or in quotes.
 * With the value known the name alone is not looked for: every line of a container's JSON would show it.
 * A name may be nested: `pool.size=` is `{"pool":{"size":`.
 */
function assignments(run: string, value: string): readonly (readonly string[])[] {
  const parts = run.split('.')
  const name = parts.at(-1) ?? ''
  const outer = parts.slice(0, -1).map((part) => [part])
  if (value === '') return [...outer, ['=', '"', '\\'].map((sign) => name + sign)]
  const written = ['=', '="', "='", '":', '": ', '":"', '": "'].map((sign) => name + sign + value)
  const escaped = ['":', '": ', '":"', '": "'].map((sign) => name + sign.replaceAll('"', '\\"') + value)
  return [...outer, [...written, `${name}" `, ...escaped, `${name}\\" `, name + DEEPER]]
}

/** Text beyond ASCII as it is, and as JSON may escape it; letters with two cases cannot be looked for blindly. */
function foreignLiterals(text: string, { anyCase }: How): readonly Literal[] {
  if (anyCase && text.toLowerCase() !== text.toUpperCase()) return []
  const units = Array.from({ length: Math.min(text.length, 4) }, (_, at) => text.charCodeAt(at))
  const escaped = units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')
  return [
    { text, anyCase: false },
    { text: escaped, anyCase: true },
  ]
}

/** The set whose weakest member is in the fewest lines; of those that are all rare the smallest. */
function strongest(sets: readonly (readonly Literal[])[]): readonly Literal[] {
  const weakest = (set: readonly Literal[]): number => Math.min(RARE, ...set.map(({ text }) => weightOf(text)))
  return (
    sets.filter((set) => set.length > 0).toSorted((a, b) => weakest(b) - weakest(a) || a.length - b.length)[0] ?? []
  )
}

/** All sets together; empty as soon as one is. */
function everyOne(sets: readonly (readonly Literal[])[]): readonly Literal[] {
  if (sets.some((set) => set.length === 0)) return []
  const all = joinLiterals(sets.flat())
  return all.filter((literal) => !all.some((other) => other !== literal && covers(other, literal)))
}

/** Whether wherever `literal` is, `other` is too. */
function covers(other: Literal, literal: Literal): boolean {
  if (!allowsAll(other, literal)) return false
  if (other.anyCase) return literal.text.toLowerCase().includes(other.text.toLowerCase()) && !same(other, literal)
  return !literal.anyCase && literal.text.includes(other.text)
}

/** Two that say the same blindly cover each other: both stay. */
function same(a: Literal, b: Literal): boolean {
  return a.anyCase && b.anyCase && a.text.toLowerCase() === b.text.toLowerCase()
}
