// Sets of characters as sorted ranges of code units.

export type CharRange = readonly [number, number]
export type CharSet = readonly CharRange[]

const LAST = 0xffff

export const DIGITS: CharSet = [[48, 57]]
export const WORDS: CharSet = [
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122],
]
export const BLANKS: CharSet = [
  [9, 13],
  [32, 32],
]
/** All but line ends. */
export const ANY: CharSet = negate([
  [10, 10],
  [13, 13],
])

export function only(code: number): CharSet {
  return [[code, code]]
}

export function union(sets: readonly CharSet[]): CharSet {
  const merged: [number, number][] = []
  for (const [from, to] of sets.flat().toSorted((a, b) => a[0] - b[0])) {
    const last = merged.at(-1)
    if (last !== undefined && from <= last[1] + 1) last[1] = Math.max(last[1], to)
    else merged.push([from, to])
  }
  return merged
}

export function negate(set: CharSet): CharSet {
  const rest: CharRange[] = []
  let next = 0
  for (const [from, to] of union([set])) {
    if (from > next) rest.push([next, from - 1])
    next = to + 1
  }
  return next <= LAST ? [...rest, [next, LAST]] : rest
}

export function overlap(a: CharSet, b: CharSet): boolean {
  return a.some(([from, to]) => b.some(([low, high]) => from <= high && low <= to))
}

/** The members, where they are few. */
export function members(set: CharSet, limit: number): readonly number[] | null {
  const found: number[] = []
  for (const [from, to] of set) {
    if (found.length + to - from + 1 > limit) return null
    for (let code = from; code <= to; code++) found.push(code)
  }
  return found
}
