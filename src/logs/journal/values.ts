// The values of a journal's data objects by their offset, until the last entry that uses them has been read.

/** What each of two generations may hold: values that nobody uses while a younger one fills are forgotten. */
const SIZE = 24 << 20
/** What a value takes beside its bytes. */
const OVERHEAD = 160

interface Kept<T> {
  readonly value: T
  readonly size: number
  /** Entries that still use it; infinite where the object does not tell. */
  left: number
}

export class Values<T> {
  /** Most values are of one entry, the next: there are never many of them. */
  readonly #single = new Recent<T>()
  readonly #shared = new Recent<T>()

  /**
   * @param size bytes of the value
   * @param uses entries that the object says it is part of
   */
  add(offset: number, value: T, { size, uses }: { readonly size: number; readonly uses: number }): void {
    const left = uses > 0 ? uses : Number.POSITIVE_INFINITY
    const values = left === 1 ? this.#single : this.#shared
    values.add(offset, { value, size, left })
  }

  /** For one more entry. */
  use(offset: number): T | null {
    return this.#shared.use(offset) ?? this.#single.use(offset)
  }
}

class Recent<T> {
  #young = new Map<number, Kept<T>>()
  #old = new Map<number, Kept<T>>()
  #size = 0

  add(offset: number, kept: Kept<T>): void {
    this.#young.set(offset, kept)
    this.#size += OVERHEAD + kept.size
    if (this.#size < SIZE) return
    this.#old = this.#young
    this.#young = new Map()
    this.#size = 0
  }

  use(offset: number): T | null {
    const young = this.#young.get(offset)
    const kept = young ?? this.#old.get(offset)
    if (kept === undefined) return null
    kept.left--
    if (kept.left === 0) this.#drop(offset, kept)
    else if (young === undefined) this.add(offset, kept)
    return kept.value
  }

  #drop(offset: number, { size }: Kept<T>): void {
    if (this.#young.delete(offset)) this.#size -= OVERHEAD + size
    else this.#old.delete(offset)
  }
}
