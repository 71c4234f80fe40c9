// Reads a regular expression of the subset that both RE2 and JavaScript understand alike.
import { ANY, type CharSet, only } from './char-set.ts'
import { classAt, escapeAt } from './classes.ts'
import { type Cursor, createCursor, Fault } from './cursor.ts'
import type { Pattern, PatternNode } from './pattern.ts'

const EMPTY: PatternNode = { kind: 'sequence', items: [] }
/** RE2 refuses larger counts. */
const LARGEST_COUNT = 1000

/** The structure; with a fault the structure is empty. */
export function parsePattern(source: string): Pattern {
  const cursor = createCursor(source)
  const names: string[] = []
  try {
    const root = choice(cursor, names)
    if (!cursor.ended()) throw new Fault('regex', cursor.index, 1, 'a bracket is closed that was never opened')
    return { root, names, fault: null }
  } catch (error) {
    if (error instanceof Fault) return { root: EMPTY, names: [], fault: error.fault }
    throw error
  }
}

function choice(cursor: Cursor, names: string[]): PatternNode {
  const options = [sequence(cursor, names)]
  while (cursor.take('|')) options.push(sequence(cursor, names))
  const [first] = options
  return options.length === 1 && first !== undefined ? first : { kind: 'choice', options }
}

function sequence(cursor: Cursor, names: string[]): PatternNode {
  const items: PatternNode[] = []
  while (!cursor.ended() && !cursor.sees('|') && !cursor.sees(')')) {
    items.push(repeated(cursor, atom(cursor, names)))
  }
  return { kind: 'sequence', items }
}

function atom(cursor: Cursor, names: string[]): PatternNode {
  const start = cursor.index
  const sign = cursor.next()
  switch (sign) {
    case '(':
      return group(cursor, names, start)
    case '[':
      return set(classAt(cursor, start))
    case '.':
      return set(ANY)
    case '^':
    case '$':
      return { kind: 'assertion' }
    case '\\':
      return escaped(cursor, start)
    case '*':
    case '+':
    case '?':
      throw new Fault('regex', start, 1, `\`${sign}\` has nothing to repeat`)
    case '{':
      if (cursor.match(/\d+,?\d*\}/y) !== null)
        throw new Fault('regex', start, cursor.index - start, 'a count has nothing to repeat')
      return set(only(123))
    default:
      return set([[sign.charCodeAt(0), sign.charCodeAt(0)]])
  }
}

function set(chars: CharSet): PatternNode {
  return { kind: 'set', set: chars }
}

function escaped(cursor: Cursor, start: number): PatternNode {
  if (cursor.take('b') || cursor.take('B')) return { kind: 'assertion' }
  return set(escapeAt(cursor, start))
}

function group(cursor: Cursor, names: string[], start: number): PatternNode {
  if (cursor.take('?')) groupHead(cursor, names, start)
  const inner = choice(cursor, names)
  if (!cursor.take(')')) throw new Fault('regex', start, 1, 'this bracket is never closed')
  return inner
}

function groupHead(cursor: Cursor, names: string[], start: number): void {
  if (cursor.take(':')) return
  const named = cursor.match(/P?<([A-Za-z_]\w*)>/y)
  if (named?.[1] !== undefined) {
    if (names.includes(named[1])) {
      throw new Fault('regex', start, cursor.index - start, `the group name \`${named[1]}\` stands twice`)
    }
    names.push(named[1])
    return
  }
  throw refusedGroup(cursor, start)
}

function refusedGroup(cursor: Cursor, start: number): Fault {
  const head = cursor.match(/<?[=!]|>|[a-zA-Z-]+[:)]?/y)?.[0] ?? ''
  const length = cursor.index - start
  if (/[=!]$/.test(head)) {
    return new Fault('regex-not-re2', start, length, 'look-around is outside of what runs in linear time')
  }
  if (head === '>')
    return new Fault('regex-not-re2', start, length, 'atomic groups are outside of what runs in linear time')
  if (/^[a-zA-Z-]/.test(head)) {
    return new Fault('regex-not-re2', start, length, 'flags stand behind the closing slash', '`/…/i`')
  }
  return new Fault('regex', start, length + 1, 'this group begins like none', '`(?:…)` or `(?<name>…)`')
}

function repeated(cursor: Cursor, item: PatternNode): PatternNode {
  const start = cursor.index
  const bounds = quantifier(cursor)
  if (bounds === null) return item
  if (item.kind === 'assertion') throw new Fault('regex', start, 1, 'a place cannot be repeated')
  cursor.take('?')
  if (cursor.sees('+')) {
    throw new Fault('regex-not-re2', start, cursor.index + 1 - start, 'possessive quantifiers are outside of RE2')
  }
  if (cursor.sees('*') || cursor.sees('?') || cursor.match(/\{\d+(?:,\d*)?\}/y) !== null) {
    throw new Fault('regex', start, cursor.index + 1 - start, 'two quantifiers stand behind one another')
  }
  return { kind: 'repeat', item, ...bounds }
}

function quantifier(cursor: Cursor): { readonly min: number; readonly max: number } | null {
  const start = cursor.index
  if (cursor.take('*')) return { min: 0, max: Number.POSITIVE_INFINITY }
  if (cursor.take('+')) return { min: 1, max: Number.POSITIVE_INFINITY }
  if (cursor.take('?')) return { min: 0, max: 1 }
  const counted = cursor.match(/\{(\d+)(,?)(\d*)\}/y)
  if (counted === null) return null
  const min = Number(counted[1])
  const max = counted[3] !== '' ? Number(counted[3]) : counted[2] === ',' ? Number.POSITIVE_INFINITY : min
  if (min > max || min > LARGEST_COUNT || (max !== Number.POSITIVE_INFINITY && max > LARGEST_COUNT)) {
    throw new Fault('regex', start, counted[0].length, `counts rise and end at ${LARGEST_COUNT}`)
  }
  return { min, max }
}
