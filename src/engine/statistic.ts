// Statistics of the samples in a window of a series: counts, sums, shares, percentiles.
import { type Meter, SECOND } from '../model/index.ts'
import { RankedWindow } from './ranked-window.ts'
import type { Sample } from './series.ts'

type Asked = Pick<Meter, 'calculate' | 'atLeast' | 'over'>

/** The windows of one series: what many of them ask for is added up once. */
export class Windows {
  readonly #samples: readonly Sample[]
  readonly #meter: Asked
  /** Before each sample: how many events, and how many of those that hit. */
  readonly #counts: Float64Array
  #hits: Float64Array | null = null
  #ranked: RankedWindow | null = null

  constructor(samples: readonly Sample[], meter: Asked) {
    this.#samples = samples
    this.#meter = meter
    this.#counts = sumsOf(samples, (sample) => sample.count)
  }

  /** Value of the meter over the samples from index `from` to before `to`; null where there are fewer than `atLeast`. */
  value(from: number, to: number, atLeast = this.#meter.atLeast): number | null {
    const { calculate, over } = this.#meter
    const count = between(this.#counts, from, to)
    const divisor = calculate === 'ratio' ? this.#sum(from, to, ({ divisor }) => divisor) : 0
    if ((calculate === 'ratio' ? divisor : count) < Math.max(atLeast, 0)) return null
    switch (calculate) {
      case 'count':
        return count
      case 'rate':
        return count / (over / SECOND)
      case 'distinct':
        return this.#counted(from, to).size
      case 'share':
        return count === 0 ? null : this.#hit(from, to) / count
      case 'top':
        return count === 0 ? null : [...this.#counted(from, to).values()].reduce(larger, 0) / count
      case 'ratio':
        return divisor === 0 ? null : this.#sum(from, to, product) / divisor
      default:
        return this.#ofNumbers(from, to, calculate)
    }
  }

  #ofNumbers(
    from: number,
    to: number,
    calculate: 'sum' | 'avg' | 'min' | 'max' | 'p50' | 'p95' | 'p99',
  ): number | null {
    switch (calculate) {
      case 'sum':
      case 'avg': {
        const count = this.#sum(from, to, (sample) => (typeof sample.value === 'number' ? sample.count : 0))
        if (count === 0) return null
        return this.#sum(from, to, product) / (calculate === 'avg' ? count : 1)
      }
      case 'min':
        return this.#extreme(from, to, smaller)
      case 'max':
        return this.#extreme(from, to, larger)
      default:
        this.#ranked ??= new RankedWindow(this.#samples)
        return this.#ranked.percentile(from, to, Number(calculate.slice(1)) / 100)
    }
  }

  #hit(from: number, to: number): number {
    this.#hits ??= sumsOf(this.#samples, (sample) => (sample.isHit ? sample.count : 0))
    return between(this.#hits, from, to)
  }

  #sum(from: number, to: number, part: (sample: Sample) => number): number {
    let sum = 0
    for (let at = from; at < to; at++) {
      const sample = this.#samples[at]
      if (sample !== undefined) sum += part(sample)
    }
    return sum
  }

  #extreme(from: number, to: number, better: (one: number, other: number) => number): number | null {
    let best: number | null = null
    for (let at = from; at < to; at++) {
      const value = this.#samples[at]?.value
      if (typeof value === 'number') best = best === null ? value : better(best, value)
    }
    return best
  }

  /** How often each value stands in the window. */
  #counted(from: number, to: number): Map<string, number> {
    const counts = new Map<string, number>()
    for (const { value, count } of this.#samples.slice(from, to))
      counts.set(String(value), (counts.get(String(value)) ?? 0) + count)
    return counts
  }
}

function product({ value, count }: Sample): number {
  return typeof value === 'number' ? value * count : 0
}

const smaller = (one: number, other: number): number => Math.min(one, other)
const larger = (one: number, other: number): number => Math.max(one, other)

function sumsOf(samples: readonly Sample[], part: (sample: Sample) => number): Float64Array {
  const sums = new Float64Array(samples.length + 1)
  for (const [at, sample] of samples.entries()) sums[at + 1] = (sums[at] ?? 0) + part(sample)
  return sums
}

function between(sums: Float64Array, from: number, to: number): number {
  return (sums[to] ?? 0) - (sums[from] ?? 0)
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const high = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? high) + high) / 2
}
