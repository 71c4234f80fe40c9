// A timeline in two rows of block characters: all above, failed below.
import type { TimelineBucket, TimelineFigure } from './figure.ts'
import { formatClock } from './wording.ts'

const BLOCKS = ' ▁▂▃▄▅▆▇█'

export function sparkline({ buckets, counted }: TimelineFigure, width: number): string {
  const columns = squeeze(buckets, Math.max(10, width - 10))
  const [all, failed] = counted === 'requests' ? ['requests', '5xx'] : ['lines', 'errors']
  const peak = Math.max(...columns.map(({ total }) => total))
  const worst = Math.max(...columns.map((bucket) => bucket.failed))
  const [first, last] = [formatClock(buckets[0]?.at ?? null), formatClock(buckets.at(-1)?.at ?? null)]
  const gap = ' '.repeat(Math.max(1, columns.length - first.length - last.length))
  return [
    `${all.padEnd(9)}${columns.map(({ total }) => blockFor(total, peak)).join('')}`,
    `${failed.padEnd(9)}${columns.map((bucket) => blockFor(bucket.failed, worst)).join('')}`,
    `${' '.repeat(9)}${first}${gap}${last}`,
  ].join('\n')
}

function blockFor(value: number, most: number): string {
  if (value === 0 || most === 0) return BLOCKS.charAt(0)
  return BLOCKS.charAt(Math.max(1, Math.round((value / most) * 8)))
}

function squeeze(buckets: readonly TimelineBucket[], width: number): TimelineBucket[] {
  const share = Math.ceil(buckets.length / width)
  const groups: TimelineBucket[] = []
  for (let at = 0; at < buckets.length; at += share) {
    const group = buckets.slice(at, at + share)
    const sum = (pick: (bucket: TimelineBucket) => number) => group.reduce((total, bucket) => total + pick(bucket), 0)
    groups.push({ at: group[0]?.at ?? 0, total: sum(({ total }) => total), failed: sum(({ failed }) => failed) })
  }
  return groups
}
