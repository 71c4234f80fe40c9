// Conditions of Sigma: names of selections or rules joined by and, or, not, brackets and `1 of` or `all of`.
import type { Node } from 'yaml'
import { Refusal, spanOf } from './yaml-nodes.ts'

export type Expression =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Expression[] }
  | { readonly kind: 'not'; readonly part: Expression }
  | { readonly kind: 'name'; readonly name: string }
  /** `1 of selection_*`, `all of them`. */
  | { readonly kind: 'of'; readonly every: boolean; readonly pattern: string }

/** @throws Refusal where the text cannot be read */
export function expressionOf(text: string, { range }: Node): Expression {
  const expression = readExpression(text)
  if (typeof expression === 'string') throw new Refusal(expression, spanOf(range))
  return expression
}

/** @returns a sentence where the text cannot be read */
function readExpression(text: string): Expression | string {
  const words = text.match(/[()|]|[^\s()|]+/g) ?? []
  const reader = new Reader(words)
  const expression = reader.either()
  if (reader.fault !== null) return reader.fault
  if (reader.word === '|') return AGGREGATION
  return reader.word === undefined ? expression : `\`${reader.word}\` does not belong in a condition`
}

class Reader {
  readonly #words: readonly string[]
  #at = 0
  fault: string | null = null

  constructor(words: readonly string[]) {
    this.#words = words
  }

  get word(): string | undefined {
    return this.#words[this.#at]
  }

  either(): Expression {
    return this.#joined('or', () => this.#joined('and', () => this.#one()))
  }

  #joined(kind: 'and' | 'or', next: () => Expression): Expression {
    const first = next()
    const parts = [first]
    while (this.#takes(kind)) parts.push(next())
    return parts.length === 1 ? first : { kind, parts }
  }

  #one(): Expression {
    if (this.#takes('not')) return { kind: 'not', part: this.#one() }
    if (!this.#takes('(')) return this.#leaf()
    const inner = this.either()
    if (!this.#takes(')')) this.fault ??= 'a bracket of this condition is not closed'
    return inner
  }

  #leaf(): Expression {
    const name = this.word ?? ''
    if (!/^[^()|]+$/.test(name)) this.fault ??= 'this condition ends too early'
    this.#at++
    if (this.word?.toLowerCase() !== 'of') return { kind: 'name', name }
    this.#at++
    const many = name.toLowerCase()
    if (many !== '1' && many !== 'any' && many !== 'all') this.fault ??= `\`${name} of\` cannot be honoured`
    const pattern = this.word ?? ''
    this.#at++
    return { kind: 'of', every: many === 'all', pattern }
  }

  #takes(word: string): boolean {
    if (this.word?.toLowerCase() !== word) return false
    this.#at++
    return true
  }
}

const AGGREGATION = 'an aggregation behind `|` cannot be honoured beside other conditions'
