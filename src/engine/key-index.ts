// Finds what is filed under keys that agree with another, without asking all of them.
import type { FieldValue } from '../model/index.ts'
import { agrees, type Key } from './episode.ts'

interface Filed<T> {
  readonly order: number
  readonly key: Key
  readonly item: T
}

const NONE = new Map<string, never>()

export class KeyIndex<T> {
  readonly #all: Filed<T>[] = []
  /** For each part of a key by its text, null among them: those filed with it. */
  readonly #byPart: Map<string | null, Filed<T>[]>[] = []

  add(key: Key, item: T): void {
    const filed = { order: this.#all.length, key, item }
    this.#all.push(filed)
    for (const [at, part] of key.entries()) {
      this.#byPart[at] ??= new Map()
      const those = this.#byPart[at].get(textOf(part))
      if (those === undefined) this.#byPart[at].set(textOf(part), [filed])
      else those.push(filed)
    }
  }

  /** Those of agreeing keys that pass, in the order they were filed. */
  agreeing(key: Key, passes: (item: T) => boolean = () => true): T[] {
    const found: Filed<T>[] = []
    for (const list of this.#candidates(key))
      for (const filed of list) if (passes(filed.item) && agrees(filed.key, key)) found.push(filed)
    return found.sort((a, b) => a.order - b.order).map(({ item }) => item)
  }

  /** Those that have the rarest of the known parts, or do not know it. */
  #candidates(key: Key): readonly (readonly Filed<T>[])[] {
    let fewest: readonly Filed<T>[][] = [this.#all]
    const size = (lists: readonly Filed<T>[][]) => lists.reduce((sum, { length }) => sum + length, 0)
    for (const [at, part] of key.entries()) {
      if (part === null) continue
      const parts: ReadonlyMap<string | null, Filed<T>[]> = this.#byPart[at] ?? NONE
      const lists = [parts.get(textOf(part)) ?? [], parts.get(null) ?? []]
      if (size(lists) < size(fewest)) fewest = lists
    }
    return fewest
  }
}

/** Equal for parts that are the same value. */
function textOf(part: FieldValue): string | null {
  return part === null ? null : String(part).toLowerCase()
}
