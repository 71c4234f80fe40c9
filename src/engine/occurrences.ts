// Which of many literals occur in a text: one pass answers for all, in WebAssembly where that runs.
import type { Literal } from '../model/index.ts'
import { LiteralIndex } from './literal-index.ts'
import { type Collect, createCollector } from './scanner/collector.ts'

/** Shorter literals, in bytes, are no work for the scanner. */
const SHORTEST = 3

/** Literals are named by numbers; the tables are made when a text is first looked at. */
export class Occurrences {
  readonly #numbers = new Map<string, number>()
  readonly #literals: Literal[] = []
  #tables: Tables | null = null

  /** The number of a literal, the same for the same one. To be called before the first text. */
  number(literal: Literal): number {
    const key = keyOf(literal)
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    if (this.#tables !== null) throw new Error('literals are named before texts are looked at')
    this.#numbers.set(key, this.#literals.length)
    return this.#literals.push(literal) - 1
  }

  /** How many literals are named. */
  get size(): number {
    return this.#literals.length
  }

  /** The number of every literal that occurs, in any order, each once. */
  of(text: string): number[] {
    this.#tables ??= tablesOf(this.#literals)
    const { collect, numbers, rest, all } = this.#tables
    const places = collect === null ? null : collect(text)
    if (places === null) return occurring(all(), text)
    const found = rest === null ? [] : occurring(rest, text)
    for (let at = 0; at < places.length; at++) found.push(numbers[places[at] ?? 0] ?? 0)
    return found
  }
}

function occurring(index: LiteralIndex, text: string): number[] {
  const found = new Set<number>()
  index.collect(text, found)
  return [...found]
}

interface Tables {
  readonly collect: Collect | null
  /** Numbers of the literals that are collected. */
  readonly numbers: readonly number[]
  /** The short ones; null where there are none. */
  readonly rest: LiteralIndex | null
  readonly all: () => LiteralIndex
}

function tablesOf(literals: readonly Literal[]): Tables {
  const isLong = literals.map(({ text }) => Buffer.byteLength(text) >= SHORTEST)
  const numbers = literals.flatMap((_, number) => (isLong[number] === true ? [number] : []))
  const collect = createCollector(literals.filter((_, number) => isLong[number]))
  const rest = isLong.every((one) => one) ? null : indexOf(literals, (number) => isLong[number] !== true)
  let index: LiteralIndex | null = null
  const all = () => {
    index ??= indexOf(literals, () => true)
    return index
  }
  return { collect, numbers, rest, all }
}

function indexOf(literals: readonly Literal[], isIn: (number: number) => boolean): LiteralIndex {
  return new LiteralIndex(literals.map((literal, number) => (isIn(number) ? [literal] : [])))
}

function keyOf({ text, anyCase }: Literal): string {
  return anyCase ? `~${text}` : `=${text}`
}
