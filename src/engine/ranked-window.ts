// Percentiles of a window that moves along a series: counts by rank in a tree of partial sums (Fenwick 1994).
import type { Sample } from './series.ts'

export class RankedWindow {
  readonly #samples: readonly Sample[]
  /** Distinct numbers in order, and for each sample which of them it is; -1 where it is no number. */
  readonly #values: Float64Array
  readonly #ranks: Int32Array
  /** Partial sums of counts, the first place unused. */
  readonly #tree: Float64Array
  /** The highest power of two within the tree. */
  readonly #top: number
  #from = 0
  #to = 0
  #total = 0

  constructor(samples: readonly Sample[]) {
    this.#samples = samples
    const numbers = samples.flatMap(({ value }) => (typeof value === 'number' ? [value] : []))
    this.#values = Float64Array.from(new Set(numbers)).sort()
    const rankOf = new Map([...this.#values].map((value, rank) => [value, rank]))
    this.#ranks = Int32Array.from(samples, ({ value }) => (typeof value === 'number' ? (rankOf.get(value) ?? -1) : -1))
    this.#tree = new Float64Array(this.#values.length + 1)
    this.#top = 2 ** Math.floor(Math.log2(Math.max(1, this.#values.length)))
  }

  /** Nearest rank: the least value that at least this share of the samples from `from` to before `to` does not exceed. */
  percentile(from: number, to: number, share: number): number | null {
    this.#move(from, to)
    if (this.#total === 0) return null
    let left = Math.max(1, Math.ceil(share * this.#total))
    let rank = 0
    for (let step = this.#top; step > 0; step >>= 1) {
      const sum = this.#tree[rank + step]
      if (sum === undefined || sum >= left) continue
      rank += step
      left -= sum
    }
    return this.#values[rank] ?? null
  }

  #move(from: number, to: number): void {
    if (from >= this.#to || to <= this.#from) {
      this.#tree.fill(0)
      this.#total = 0
      this.#from = from
      this.#to = from
    }
    while (this.#to < to) this.#add(this.#to++, 1)
    while (this.#from > from) this.#add(--this.#from, 1)
    while (this.#to > to) this.#add(--this.#to, -1)
    while (this.#from < from) this.#add(this.#from++, -1)
  }

  #add(at: number, sign: 1 | -1): void {
    const rank = this.#ranks[at] ?? -1
    if (rank < 0) return
    const count = sign * (this.#samples[at]?.count ?? 0)
    this.#total += count
    for (let node = rank + 1; node < this.#tree.length; node += node & -node)
      this.#tree[node] = (this.#tree[node] ?? 0) + count
  }
}
