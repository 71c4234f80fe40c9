// Between which numbers a value may lie, ends included or left out.
import type { Comparison } from '../../model/index.ts'

interface End {
  readonly at: number
  /** Whether the end itself is left out. */
  readonly isOpen: boolean
}

export interface Bounds {
  readonly low: End
  readonly high: End
}

const LEAST: End = { at: Number.NEGATIVE_INFINITY, isOpen: false }
const MOST: End = { at: Number.POSITIVE_INFINITY, isOpen: false }
export const UNBOUND: Bounds = { low: LEAST, high: MOST }

export function boundsOf(comparison: Comparison, value: number): Bounds {
  const end = { at: value, isOpen: comparison === '<' || comparison === '>' }
  if (comparison === '!=') return UNBOUND
  return { low: comparison.startsWith('<') ? LEAST : end, high: comparison.startsWith('>') ? MOST : end }
}

export function isEmpty({ low, high }: Bounds): boolean {
  return low.at > high.at || (low.at === high.at && (low.isOpen || high.isOpen))
}

export function isWithin(value: number, bounds: Bounds): boolean {
  return !isEmpty(narrowed(bounds, boundsOf('==', value)))
}

export function narrowed(a: Bounds, b: Bounds): Bounds {
  if (b === UNBOUND) return a
  return a === UNBOUND ? b : { low: tighter(a.low, b.low, 1), high: tighter(a.high, b.high, -1) }
}

function tighter(a: End, b: End, side: 1 | -1): End {
  if (a.at === b.at) return a.isOpen ? a : b
  return (a.at - b.at) * side > 0 ? a : b
}
