// One time for a bundle: which source's clock the others are measured by, and how far each has to be moved.
import type { Clock, Duration } from '../../model/index.ts'
import type { SourceView } from '../watch.ts'
import type { Agreement, Clocked } from './clocked.ts'
import { correctionOf } from './correction.ts'
import { type Edge, edgesOf } from './edges.ts'
import type { Mark } from './marks.ts'
import { leastSkew } from './offset.ts'
import { byOverlap } from './overlap.ts'

const NO_CLOCK: Clock = { zone: null, quality: 'none', offset: 0 }

/** @returns one a source, in their order */
export function agreeOnTime(clocked: readonly Clocked[]): Agreement[] {
  const edges = edgesOf(clocked)
  const agreed = new Map<number, Agreement>()
  for (const reference of referencesOf(clocked, edges)) {
    if (!agreed.has(reference)) agreed.set(reference, untouched(clocked[reference], true))
    const settling = { clocked, agreed, reference }
    for (let edge = strongest(edges, agreed); edge !== null; edge = strongest(edges, agreed)) settle(settling, edge)
  }
  const all = clocked.map((one, at) => agreed.get(at) ?? untouched(one, false))
  return byOverlap(clocked, all)
}

function untouched(one: Clocked | undefined, isCompared: boolean): Agreement {
  return { shift: one?.source.shift ?? 0, clock: one?.source.clock ?? NO_CLOCK, measured: null, isCompared }
}

/**
 * Sources in the order in which they are trusted: those that state their zone, of them those that most others go along
 * with, then captures and journals. So the one clock that is wrong is moved, and not all others.
 */
function referencesOf(clocked: readonly Clocked[], edges: readonly Edge[]): number[] {
  const trust = new Map([...offsetsOf(edges)].map(([rank, offsets]) => [rank, trustIn(rank, offsets, clocked)]))
  return [...trust].sort(([a, one], [b, other]) => other - one || a - b).map(([rank]) => rank)
}

/** How far the clocks of others are from each source's, by their rank. */
function offsetsOf(edges: readonly Edge[]): Map<number, Map<number, Duration>> {
  const offsets = new Map<number, Map<number, Duration>>()
  for (const { first, second, offset } of edges)
    for (const [one, other] of [
      [first, second],
      [second, first],
    ] as const)
      offsets.set(one, (offsets.get(one) ?? new Map<number, Duration>()).set(other, offset))
  return offsets
}

/** Others go along with a source by the events both tell of, or somewhat by telling of the same time. */
function trustIn(rank: number, offsets: ReadonlyMap<number, Duration>, clocked: readonly Clocked[]): number {
  const source = clocked[rank]?.source
  const isSure = source?.isCapture || source?.clock?.quality === 'exact'
  const kind = source?.isCapture ? 2 : source?.reader.startsWith('journal') ? 1 : 0
  const agreeing = [...offsets.values()].filter((offset) => offset === 0).length
  const beside = clocked.filter((other, at) => at !== rank && !offsets.has(at) && overlap(source, other.source)).length
  return (isSure ? 1e12 : 0) + agreeing * 1e8 + beside * 10 + kind
}

function overlap(one: SourceView | undefined, other: SourceView | undefined): boolean {
  const [from, to] = [one?.first ?? null, one?.last ?? null]
  const [start, end] = [other?.first ?? null, other?.last ?? null]
  return from !== null && to !== null && start !== null && end !== null && from <= end && start <= to
}

/** The edge with most samples that leads from what is settled to what is not. */
function strongest(edges: readonly Edge[], agreed: ReadonlyMap<number, Agreement>): Edge | null {
  const open = edges.filter(({ first, second }) => agreed.has(first) !== agreed.has(second))
  return open.reduce<Edge | null>((best, edge) => (best === null || edge.samples > best.samples ? edge : best), null)
}

interface Settling {
  readonly clocked: readonly Clocked[]
  readonly agreed: Map<number, Agreement>
  readonly reference: number
}

function settle({ clocked, agreed, reference }: Settling, edge: Edge): void {
  const isForward = agreed.has(edge.first)
  const [by, found] = isForward ? [edge.first, edge.second] : [edge.second, edge.first]
  const [known, one] = [clocked[by], clocked[found]]
  const start = untouched(one, true)
  const offset = (isForward ? edge.offset : -edge.offset) + (agreed.get(by)?.shift ?? 0) - start.shift
  const least = leastSkew(Math.max(known?.marks?.resolution ?? 0, one?.marks?.resolution ?? 0))
  const { shift, clock } = correctionOf(start.clock, offset, { first: one?.source.first ?? null, least })
  const own = edge.marks[isForward ? 1 : 0] ?? firstMark(one)
  const other = firstMark(clocked[reference])
  const shown = own !== null ? { rank: found, mark: own } : other === null ? null : { rank: reference, mark: other }
  const measured = { by: reference, samples: edge.samples, shown }
  agreed.set(found, { shift: start.shift + shift, clock, measured, isCompared: true })
}

function firstMark(one: Clocked | undefined): Mark | null {
  const marks = [...(one?.marks?.named.values() ?? [])].flat()
  return marks.reduce<Mark | null>((best, mark) => (best === null || mark.from < best.from ? mark : best), null)
}

/** How far a source's clock is ahead of the one it was measured by, its zone and year put right. */
export function skewOf({ clock, measured }: Agreement, source: SourceView): Duration {
  return measured === null ? 0 : (source.clock?.offset ?? 0) - clock.offset
}
