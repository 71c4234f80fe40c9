// Which signals can match a text: one rare run of three signs of every literal is looked for, then the literal itself.
import type { Literal } from '../model/index.ts'

/** Buckets of runs: enough that few share one, few enough for the processor's nearest memory. */
const LARGEST = 15
const SMALLEST = 9
const RUN = 3
const RUN_SIGNS = 0x1fffff

interface Entry {
  readonly text: string
  readonly anyCase: boolean
  readonly owners: number[]
  /** Where in the literal its run stands. */
  readonly offset: number
  readonly run: number
  /** The next entry of the same bucket; null at the end. */
  readonly next: Entry | null
}

/** Literals of many owners: one pass over a text names all owners whose literal occurs. */
export class LiteralIndex {
  readonly #heads: Int16Array
  /** Bits of a hash that are left out to name a bucket. */
  readonly #shift: number
  readonly #entries: Entry[] = []
  /** Literals with fewer signs than a run: a few words of Chinese. */
  readonly #short: Entry[] = []

  /** @param literals for each owner (by index) the literals of which one must occur; owners without any are never named */
  constructor(literals: readonly (readonly Literal[])[]) {
    const distinct = new Map<string, Literal & { readonly owners: number[] }>()
    for (const [owner, list] of literals.entries()) {
      for (const { text, anyCase } of list) {
        const key = anyCase ? `~${text}` : `=${text}`
        const known = distinct.get(key)
        if (known === undefined) distinct.set(key, { text, anyCase, owners: [owner] })
        else known.owners.push(owner)
      }
    }
    const bits = Math.min(LARGEST, Math.max(SMALLEST, 5 + Math.ceil(Math.log2(distinct.size + 1))))
    this.#shift = 32 - bits
    this.#heads = new Int16Array(1 << bits).fill(-1)
    const crowds = crowdsOf([...distinct.values()])
    for (const { text, anyCase, owners } of distinct.values()) {
      if (text.length < RUN) {
        this.#short.push({ text, anyCase, owners, offset: 0, run: 0, next: null })
        continue
      }
      const offset = rarestRun(text, crowds)
      const run = runAt(text, offset)
      const bucket = hashOf(run) >>> this.#shift
      const next = this.#entries[this.#heads[bucket] ?? -1] ?? null
      this.#entries.push({ text, anyCase, owners, offset, run, next })
      this.#heads[bucket] = this.#entries.length - 1
    }
  }

  /** Adds the owners whose literals occur in the text to `found`, each once. */
  collect(text: string, found: Set<number>): void {
    for (const entry of this.#short) {
      if (isWithin(text, entry)) add(entry.owners, found)
    }
    const [heads, shift, entries] = [this.#heads, this.#shift, this.#entries]
    let run = 0
    for (let at = 0; at < text.length; at++) {
      run = ((run << 7) | fold(text.charCodeAt(at))) & RUN_SIGNS
      const head = heads[hashOf(run) >>> shift] ?? -1
      if (head >= 0) check(entries[head], { text, at: at - RUN + 1, run, found })
    }
  }
}

interface Spot {
  readonly text: string
  readonly at: number
  readonly run: number
  readonly found: Set<number>
}

function check(first: Entry | undefined, { text, at, run, found }: Spot): void {
  for (let entry = first ?? null; entry !== null; entry = entry.next)
    if (entry.run === run && holds(text, at - entry.offset, entry)) add(entry.owners, found)
}

function isWithin(text: string, literal: Literal): boolean {
  if (!literal.anyCase) return text.includes(literal.text)
  for (let at = 0; at + literal.text.length <= text.length; at++) if (holds(text, at, literal)) return true
  return false
}

function add(owners: readonly number[], found: Set<number>): void {
  for (const owner of owners) found.add(owner)
}

/** Signs of ASCII, letters in lower case. */
const FOLDED = Uint8Array.from({ length: 128 }, (_, code) => (code >= 65 && code <= 90 ? code | 32 : code))

/** Letters in lower case; what signs beyond ASCII become matters little, since every literal found is looked at again. */
function fold(code: number): number {
  return FOLDED[code & 127] ?? 0
}

function hashOf(run: number): number {
  return Math.imul(run, 0x9e3779b1)
}

function runAt(text: string, at: number): number {
  return (fold(text.charCodeAt(at)) << 14) | (fold(text.charCodeAt(at + 1)) << 7) | fold(text.charCodeAt(at + 2))
}

const CROWDS = 1 << LARGEST

function crowdAt(text: string, at: number): number {
  return hashOf(runAt(text, at)) >>> (32 - LARGEST)
}

/** How often the runs of each bucket stand in the literals: what is common there is common in logs. */
function crowdsOf(literals: readonly Literal[]): Uint16Array {
  const crowds = new Uint16Array(CROWDS)
  for (const { text } of literals) {
    for (let at = 0; at + RUN <= text.length; at++) {
      const bucket = crowdAt(text, at)
      crowds[bucket] = (crowds[bucket] ?? 0) + 1
    }
  }
  return crowds
}

function rarestRun(text: string, crowds: Uint16Array): number {
  let rarest = 0
  let fewest = Number.POSITIVE_INFINITY
  for (let at = 0; at + RUN <= text.length; at++) {
    const crowd = crowds[crowdAt(text, at)] ?? 0
    if (crowd < fewest) [rarest, fewest] = [at, crowd]
  }
  return rarest
}

function holds(text: string, at: number, literal: Literal): boolean {
  if (at < 0 || at + literal.text.length > text.length) return false
  if (!literal.anyCase) return text.startsWith(literal.text, at)
  for (let index = 0; index < literal.text.length; index++) {
    const one = text.charCodeAt(at + index)
    const other = literal.text.charCodeAt(index)
    if (one !== other && (fold(one) !== fold(other) || one > 126 || other > 126)) return false
  }
  return true
}
