// Statistics of the samples in a window: counts, sums, shares, percentiles.
import { type Meter, SECOND } from '../model/index.ts'
import type { Sample } from './series.ts'

/** Value of the meter over these samples; null where there are fewer than it demands. */
export function statistic(
  samples: readonly Sample[],
  meter: Pick<Meter, 'calculate' | 'atLeast' | 'over'>,
): number | null {
  let count = 0
  let divisor = 0
  for (const sample of samples) {
    count += sample.count
    divisor += sample.divisor
  }
  if ((meter.calculate === 'ratio' ? divisor : count) < Math.max(meter.atLeast, 0)) return null
  switch (meter.calculate) {
    case 'count':
      return count
    case 'rate':
      return count / (meter.over / SECOND)
    case 'distinct':
      return new Set(samples.map((sample) => String(sample.value))).size
    case 'share':
      return count === 0 ? null : total(samples.filter((sample) => sample.isHit)) / count
    case 'top':
      return count === 0 ? null : commonest(samples) / count
    case 'ratio':
      return divisor === 0 ? null : sum(samples) / divisor
    default:
      return ofNumbers(samples, meter.calculate)
  }
}

function total(samples: readonly Sample[]): number {
  return samples.reduce((sum, sample) => sum + sample.count, 0)
}

function sum(samples: readonly Sample[]): number {
  let sum = 0
  for (const { value, count } of samples) if (typeof value === 'number') sum += value * count
  return sum
}

function commonest(samples: readonly Sample[]): number {
  const counts = new Map<string, number>()
  for (const { value, count } of samples) counts.set(String(value), (counts.get(String(value)) ?? 0) + count)
  return [...counts.values()].reduce((most, count) => Math.max(most, count), 0)
}

function ofNumbers(
  samples: readonly Sample[],
  calculate: 'sum' | 'avg' | 'min' | 'max' | 'p50' | 'p95' | 'p99',
): number | null {
  const numbers = samples.flatMap(({ value, count }) => (typeof value === 'number' ? [{ value, count }] : []))
  if (numbers.length === 0) return null
  switch (calculate) {
    case 'sum':
      return sum(samples)
    case 'avg':
      return sum(samples) / numbers.reduce((count, number) => count + number.count, 0)
    case 'min':
      return numbers.reduce((least, { value }) => Math.min(least, value), Number.POSITIVE_INFINITY)
    case 'max':
      return numbers.reduce((most, { value }) => Math.max(most, value), Number.NEGATIVE_INFINITY)
    default:
      return percentile(numbers, Number(calculate.slice(1)) / 100)
  }
}

/** Nearest rank: the least value that at least this share of the samples does not exceed. */
function percentile(numbers: readonly { value: number; count: number }[], share: number): number | null {
  const sorted = [...numbers].sort((a, b) => a.value - b.value)
  const rank = Math.ceil(share * sorted.reduce((count, number) => count + number.count, 0))
  let seen = 0
  for (const { value, count } of sorted) {
    seen += count
    if (seen >= rank) return value
  }
  return null
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const high = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? high) + high) / 2
}
