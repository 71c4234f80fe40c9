// Which sources tell of the same events, and by how much their clocks differ.
import type { SourceMarks } from './marks.ts'
import { type Offset, offsetBetween } from './offset.ts'

/** Two sources by their rank: the times of `second` plus the offset agree with those of `first`. */
export interface Edge extends Offset {
  readonly first: number
  readonly second: number
}

/** Sources that are compared for one event: a name that all of them share says little. */
const TELLERS = 8

/** @param marks of each source, in final order */
export function edgesOf(marks: readonly (SourceMarks | undefined)[]): Edge[] {
  return [...sharedNames(marks)].flatMap(([first, others]) =>
    [...others].flatMap(([second, names]) => {
      const [one, other] = [marks[first], marks[second]]
      if (one === undefined || other === undefined) return []
      const offset = offsetBetween(one, other, names)
      return offset === null ? [] : [{ ...offset, first, second }]
    }),
  )
}

/** Names by first and second source, in ascending order. */
function sharedNames(marks: readonly (SourceMarks | undefined)[]): Map<number, Map<number, number[]>> {
  const shared = new Map<number, Map<number, number[]>>()
  const tellers = [...tellersOf(marks)].filter(([, sources]) => sources.length > 1).sort(([a], [b]) => a - b)
  for (const [name, sources] of tellers)
    for (const [at, first] of sources.entries())
      for (const second of sources.slice(at + 1)) {
        const others = shared.get(first) ?? new Map<number, number[]>()
        shared.set(first, others)
        const names = others.get(second) ?? []
        others.set(second, names)
        names.push(name)
      }
  return shared
}

function tellersOf(marks: readonly (SourceMarks | undefined)[]): Map<number, number[]> {
  const tellers = new Map<number, number[]>()
  for (const [source, own] of marks.entries())
    for (const name of own?.named.keys() ?? []) {
      const known = tellers.get(name)
      if (known === undefined) tellers.set(name, [source])
      else if (known.length < TELLERS) known.push(source)
    }
  return tellers
}
