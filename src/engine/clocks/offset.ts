// The offset between the clocks of two sources: the one at which most of what both tell of falls together.
import { type Duration, MILLISECOND, SECOND } from '../../model/index.ts'
import type { Mark, SourceMarks } from './marks.ts'
import { type Match, type Segment, segmentsOf } from './segments.ts'

export interface Offset {
  /** To be added to the second source's times so that they agree with the first's; 0 where the clocks agree. */
  readonly offset: Duration
  /** Events that agree with it. */
  readonly samples: number
  /** The same event in both sources, to be quoted. */
  readonly marks: readonly [Mark, Mark]
}

export const LEAST_SAMPLES = 5
/** Requests that took longer say little about clocks. */
const SHARP: Duration = 5 * SECOND
const BLUNT: Duration = 60 * SECOND
/** Between what happens and its being written down. */
const JITTER: Duration = 100 * MILLISECOND
/** Of what could agree this share must, no other offset may come near it, and none at all is believed first. */
const AGREEING = 0.75
const RIVAL = 0.6
const ZERO = 0.5

/** Below this a difference is no skew: clocks that tell seconds apart cannot show it. */
export function leastSkew(resolution: Duration): Duration {
  return Math.max(2 * SECOND, resolution + SECOND)
}

/** @returns null where too little is shared, or what is shared fits several offsets */
export function offsetBetween(one: SourceMarks, other: SourceMarks, shared: readonly number[]): Offset | null {
  const matches = shared.flatMap((name) => matchOf(one, other, name) ?? [])
  const sharp = narrowed(matches, SHARP)
  const width = sharp.length >= LEAST_SAMPLES ? SHARP : BLUNT
  const chosen = width === SHARP ? sharp : narrowed(matches, BLUNT)
  const least = leastSkew(Math.max(one.resolution, other.resolution))
  const peak = peakOf(chosen, { least, width })
  const name = chosen[0]?.name ?? 0
  const [left, right] = [one.named.get(name)?.[0], other.named.get(name)?.[0]]
  return peak === null || left === undefined || right === undefined ? null : { ...peak, marks: [left, right] }
}

/** Every offset at which a mark of the one may be a mark of the other. */
function matchOf(one: SourceMarks, other: SourceMarks, name: number): Match | null {
  const [left, right] = [one.named.get(name) ?? [], other.named.get(name) ?? []]
  if (left.length === 0 || right.length === 0) return null
  const spans = left.flatMap((a) =>
    right
      .filter((b) => isOneConnection(a, b))
      .map((b) => ({
        from: a.from - (b.to + grain(other)) - JITTER,
        to: a.to + grain(one) - b.from + JITTER,
      })),
  )
  return { name, spans, most: Math.min(left.length, right.length) }
}

/** Where both were captured their connections tell two equal requests apart. */
function isOneConnection(one: Mark, other: Mark): boolean {
  return one.port === null || other.port === null || one.port === other.port
}

/** A clock that shows whole seconds was up to a second further. */
function grain({ resolution }: SourceMarks): Duration {
  return resolution === 1 ? 0 : resolution
}

function narrowed(matches: readonly Match[], width: Duration): Match[] {
  return matches
    .map((match) => ({ ...match, spans: match.spans.filter(({ from, to }) => to - from <= width) }))
    .filter(({ spans }) => spans.length > 0)
}

interface Bounds {
  readonly least: Duration
  /** The longest span: farther than this from the peak none of those that hold there holds. */
  readonly width: Duration
}

function peakOf(matches: readonly Match[], { least, width }: Bounds): Omit<Offset, 'marks'> | null {
  const segments = segmentsOf(matches)
  const peak = segments.reduce<Segment | null>((best, one) => (best === null || isBetter(one, best) ? one : best), null)
  if (peak === null || peak.depth < LEAST_SAMPLES) return null
  const atZero = deepest(segments.filter(({ from, to }) => from <= least && to >= -least))
  if (atZero >= ZERO * peak.depth) return { offset: 0, samples: atZero }
  const possible = matches.reduce((sum, { most }) => sum + most, 0)
  const rival = deepest(segments.filter(({ from, to }) => to < peak.from - width || from > peak.to + width))
  if (peak.depth < AGREEING * possible || rival > RIVAL * peak.depth) return null
  return { offset: Math.round((peak.from + peak.to) / 2), samples: peak.depth }
}

/** The deeper one; of equals the one nearer to no offset. */
function isBetter(one: Segment, best: Segment): boolean {
  return one.depth > best.depth || (one.depth === best.depth && distance(one) < distance(best))
}

function distance({ from, to }: Segment): Duration {
  return Math.min(Math.abs(from), Math.abs(to))
}

function deepest(segments: readonly Segment[]): number {
  return segments.reduce((most, { depth }) => Math.max(most, depth), 0)
}
