// A source that was read: what the engine and the store are to know of it, and its counts over time.
import { asHeard, bucketWidth, heardIn, minutesOf, type SourceClock, type SourceView } from './engine/index.ts'
import {
  type Instant,
  type MinuteRow,
  type Source,
  type SourceReport,
  type SourceSummary,
  Tally,
} from './model/index.ts'

const NO_CLOCK = { zone: null, quality: 'none', offset: 0 } as const

/** Of a source, without its bytes: a bundle may have thousands. */
export type Label = Pick<Source, 'path' | 'modified' | 'charset' | 'content'>

export interface ReadSource {
  readonly source: Label
  readonly summary: SourceSummary
  readonly events: number
}

export function labelOf({ path, modified, charset, content }: Source): Label {
  return { path, modified, charset, content }
}

export function unread(source: Source): SourceSummary {
  const none = { records: 0, coverage: 0, first: null, last: null, clock: NO_CLOCK, tally: new Tally() }
  return { reader: 'none', bytes: source.size ?? 0, ...none }
}

export function viewOf({ source, summary }: ReadSource): SourceView {
  return { ...summary, path: source.path, isCapture: source.content === 'capture', shift: summary.clock.offset }
}

export function reportOf({ source, summary, events }: ReadSource): SourceReport {
  const { tally, ...rest } = summary
  return { ...rest, path: source.path, charset: source.charset, modified: source.modified, events }
}

/** By the clock that it turned out to have. */
export function onTime(read: ReadSource, { clock, shift }: SourceClock): ReadSource {
  const { summary } = read
  const later = (time: Instant | null) => (time === null ? null : time + shift)
  return { ...read, summary: { ...summary, clock, first: later(summary.first), last: later(summary.last) } }
}

/** Counts over time of all sources, in buckets that fit the length of the bundle. */
export function minutesIn(sources: readonly ReadSource[], clocks: readonly SourceClock[]): MinuteRow[] {
  const times = sources.flatMap(({ summary: { first, last } }) =>
    first === null || last === null ? [] : [first, last],
  )
  const width = bucketWidth(times.length === 0 ? 0 : Math.max(...times) - Math.min(...times))
  const heard = heardIn(sources.map(({ summary }) => summary.tally))
  return sources.flatMap(({ summary }, source) =>
    minutesOf(asHeard(summary.tally, heard), { source, shift: clocks[source]?.shift ?? 0, width }),
  )
}
