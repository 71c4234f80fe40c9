// Which sources tell of the same events, and by how much their clocks differ.
import { SECOND } from '../../model/index.ts'
import type { Clocked } from './clocked.ts'
import { jointTrust, type Mark, type SourceMarks, type Trust } from './marks.ts'
import { leastSkew, type Offset, offsetBetween } from './offset.ts'
import { rhythmOf, rhythmOffset } from './rhythm.ts'

/** Two sources by their rank: the times of `second` plus the offset agree with those of `first`. */
export interface Edge extends Pick<Offset, 'offset' | 'samples'> {
  readonly first: number
  readonly second: number
  /** The same event in both, where there is one to quote. */
  readonly marks: readonly [Mark | null, Mark | null]
}

/** Sources that are compared for one event: a name that all of them share says little. */
const TELLERS = 8
/** Sources whose rhythms are compared. */
const RHYTHMS = 12

/** By the events both tell of, or where those say nothing by the rhythm of the requests both count. */
export function edgesOf(clocked: readonly Clocked[]): Edge[] {
  const named = namedEdges(clocked.map(({ marks }) => marks))
  const tied = new Set(named.map(({ first, second }) => `${first} ${second}`))
  return [...named, ...rhythmEdges(clocked).filter(({ first, second }) => !tied.has(`${first} ${second}`))]
}

function namedEdges(marks: readonly (SourceMarks | undefined)[]): Edge[] {
  return [...sharedNames(marks)].flatMap(([first, others]) =>
    [...others].flatMap(([second, names]) => {
      const [one, other] = [marks[first], marks[second]]
      if (one === undefined || other === undefined) return []
      const offset = offsetBetween(one, other, names)
      return offset === null ? [] : [{ ...offset, first, second }]
    }),
  )
}

function rhythmEdges(clocked: readonly Clocked[]): Edge[] {
  const rhythms = clocked
    .flatMap(({ source }, rank) => {
      const rhythm = rhythmOf(source.tally)
      return rhythm === null ? [] : [{ rank, rhythm }]
    })
    .slice(0, RHYTHMS)
  return rhythms.flatMap(({ rank: first, rhythm: a }, at) =>
    rhythms.slice(at + 1).flatMap(({ rank: second, rhythm: b }) => {
      const found = rhythmOffset(a, b, leastSkew(SECOND))
      return found === null ? [] : [{ ...found, first, second, marks: [null, null] as const }]
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

/** Sources by the name they tell of, as far as what they tell happened at one time. */
function tellersOf(marks: readonly (SourceMarks | undefined)[]): Map<number, number[]> {
  const tellers = new Map<number, { sources: number[]; trust: Trust }>()
  for (const [source, own] of marks.entries())
    for (const [name, [mark]] of own?.named ?? []) {
      if (mark === undefined) continue
      const known = tellers.get(name)
      if (known === undefined) tellers.set(name, { sources: [source], trust: mark.trust })
      else {
        known.trust = jointTrust(known.trust, mark.trust)
        if (known.sources.length < TELLERS) known.sources.push(source)
      }
    }
  return new Map([...tellers].flatMap(([name, { sources, trust }]) => (trust === 'sound' ? [[name, sources]] : [])))
}
