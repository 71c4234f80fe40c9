// A jq filter that answers yes or no, as a test of a record's fields: paths, comparisons, and, or, not, text functions.
import type { Comparison, Test } from '../../model/index.ts'
import {
  called,
  compared,
  fieldName,
  holdsForNothing,
  IS_JSON,
  type Path,
  type Scalar,
  type Term,
  truth,
  Unsupported,
} from './jq-tests.ts'

const TOKEN =
  /\s*(?:("(?:[^"\\]|\\.)*")|(-?\d+(?:\.\d+)?)|([A-Za-z_]\w*)|(\.[A-Za-z_]\w*|\.)|(\/\/|==|!=|<=|>=|[[\]()|?<>]))/y

/** The test; null where the filter uses what cannot be honoured. */
export function translateJq(filter: string): Test | null {
  const tokens = tokenize(filter)
  if (tokens === null) return null
  try {
    const reader = new JqReader(tokens)
    const test = asTest(reader.pipe([]))
    if (!reader.ended) return null
    return holdsForNothing(test) ? { kind: 'and', tests: [IS_JSON, test] } : test
  } catch (error) {
    if (error instanceof Unsupported) return null
    throw error
  }
}

function tokenize(filter: string): readonly string[] | null {
  const tokens: string[] = []
  const text = filter.trim()
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < text.length) {
    const found = TOKEN.exec(text)
    if (found === null) return null
    tokens.push(found[0].trim())
  }
  return tokens
}

/** Reads tokens from left to right; `base` is the path that `.` stands for. */
class JqReader {
  readonly #tokens: readonly string[]
  #at = 0

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens
  }

  get ended(): boolean {
    return this.#at >= this.#tokens.length
  }

  /** The pipe binds loosest: what is right of it sees what is left of it as `.`. */
  pipe(base: Path): Term {
    const left = this.#or(base)
    if (!this.#take('|')) return left
    if (left.kind === 'path') return this.pipe(left.path)
    if (this.#take('not')) return { kind: 'test', test: { kind: 'not', test: asTest(left) } }
    throw new Unsupported()
  }

  #or(base: Path): Term {
    const terms = [this.#and(base)]
    while (this.#take('or')) terms.push(this.#and(base))
    return joined('or', terms)
  }

  #and(base: Path): Term {
    const terms = [this.#comparison(base)]
    while (this.#take('and')) terms.push(this.#comparison(base))
    return joined('and', terms)
  }

  #comparison(base: Path): Term {
    const left = this.#alternative(base)
    const sign = this.#peek()
    if (!isComparison(sign)) return left
    this.#at++
    const right = this.#alternative(base)
    if (left.kind === 'path' && right.kind === 'value') return compared(left, sign, right.value)
    if (left.kind === 'value' && right.kind === 'path') return compared(right, MIRRORED[sign], left.value)
    throw new Unsupported()
  }

  #alternative(base: Path): Term {
    const left = this.#primary(base)
    if (!this.#take('//')) return left
    const right = this.#primary(base)
    if (left.kind !== 'path' || right.kind !== 'value') throw new Unsupported()
    return { ...left, instead: right.value }
  }

  #primary(base: Path): Term {
    const token = this.#next()
    if (token === '(') return this.#closed(this.pipe(base))
    if (token.startsWith('"')) return { kind: 'value', value: stringOf(token) }
    if (/^-?\d/.test(token)) return { kind: 'value', value: Number(token) }
    if (token.startsWith('.')) return { kind: 'path', path: this.#path(token, base), instead: undefined }
    if (Object.hasOwn(CONSTANTS, token)) return { kind: 'value', value: CONSTANTS[token] ?? null }
    return this.#call(token, base)
  }

  #path(start: string, base: Path): Path {
    const path = start === '.' ? [...base] : [...base, start.slice(1)]
    for (;;) {
      const token = this.#peek()
      if (token === '?') this.#at++
      else if (/^\.\w/.test(token)) path.push(this.#next().slice(1))
      else if (token === '[') path.push(this.#index())
      else return path
    }
  }

  #index(): string | null {
    this.#at++
    const token = this.#next()
    if (token === ']') return null
    if (!this.#take(']')) throw new Unsupported()
    return token.startsWith('"') ? stringOf(token) : token
  }

  #call(name: string, base: Path): Term {
    if (name === 'not') return { kind: 'test', test: { kind: 'not', test: truth(base) } }
    if (!this.#take('(')) throw new Unsupported()
    const argument = this.#closed(this.pipe(base))
    if (name === 'select' || name === 'any') return argument
    if (argument.kind !== 'value' || typeof argument.value !== 'string') throw new Unsupported()
    return { kind: 'test', test: called(name, fieldName(base), argument.value) }
  }

  #closed(term: Term): Term {
    if (!this.#take(')')) throw new Unsupported()
    return term
  }

  #peek(): string {
    return this.#tokens[this.#at] ?? ''
  }

  #next(): string {
    const token = this.#peek()
    if (token === '') throw new Unsupported()
    this.#at++
    return token
  }

  #take(token: string): boolean {
    if (this.#peek() !== token) return false
    this.#at++
    return true
  }
}

const CONSTANTS: Readonly<Record<string, Scalar>> = { true: true, false: false, null: null }

const MIRRORED: Readonly<Record<Comparison, Comparison>> = {
  '==': '==',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
}

function isComparison(sign: string): sign is Comparison {
  return Object.hasOwn(MIRRORED, sign)
}

function joined(kind: 'and' | 'or', terms: readonly Term[]): Term {
  const [first] = terms
  if (terms.length === 1 && first !== undefined) return first
  return { kind: 'test', test: { kind, tests: terms.map(asTest) } }
}

function asTest(term: Term): Test {
  if (term.kind === 'test') return term.test
  if (term.kind === 'path') return truth(term.path)
  throw new Unsupported()
}

function stringOf(token: string): string {
  const value: unknown = JSON.parse(token)
  return String(value)
}
