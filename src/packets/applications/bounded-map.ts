// A map that keeps the latest so many entries and hands the oldest back.

/** A share at a time: the first entry of a Map from which the first was deleted again and again is slow to find. */
const SHARE = 1 / 8

export class BoundedMap<Key, Value> {
  readonly #limit: number
  readonly #onEvict: (value: Value) => void
  readonly #entries = new Map<Key, Value>()

  constructor(limit: number, onEvict: (value: Value) => void) {
    this.#limit = limit
    this.#onEvict = onEvict
  }

  get size(): number {
    return this.#entries.size
  }

  get(key: Key): Value | undefined {
    return this.#entries.get(key)
  }

  /** A new key is the latest; the oldest go where there is no room. */
  set(key: Key, value: Value): void {
    if (this.#entries.size >= this.#limit) this.#evict()
    this.#entries.set(key, value)
  }

  delete(key: Key): void {
    this.#entries.delete(key)
  }

  entries(): IterableIterator<[Key, Value]> {
    return this.#entries.entries()
  }

  values(): IterableIterator<Value> {
    return this.#entries.values()
  }

  /** Hands all entries back, oldest first. */
  clear(): void {
    for (const value of this.#entries.values()) this.#onEvict(value)
    this.#entries.clear()
  }

  #evict(): void {
    let left = Math.ceil(this.#limit * SHARE)
    for (const [key, value] of this.#entries) {
      if (left-- === 0) break
      this.#entries.delete(key)
      this.#onEvict(value)
    }
  }
}
