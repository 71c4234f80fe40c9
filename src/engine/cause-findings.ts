// From the episodes of one cause's evidence to its findings: what belongs to one key and time is one finding.
import type { Cause, Instant, Strength } from '../model/index.ts'
import { STRENGTHS } from '../model/index.ts'
import { cluster, type Judged } from './clusters.ts'
import { confidence, type Witness } from './confidence.ts'
import { type Episode, type Key, type Stretch, unite } from './episode.ts'
import { KeyIndex } from './key-index.ts'
import { piecesOf } from './pieces.ts'
import type { Row } from './row.ts'
import type { Scene, Watch } from './watch.ts'

/** A cause whose evidence is tied to ledgers. */
export interface WatchedCause {
  readonly cause: Cause
  readonly evidence: readonly { readonly strength: Strength; readonly watch: Watch }[]
}

/** A finding before it has a role, a title and quotations. */
export interface Draft {
  readonly cause: Cause
  readonly key: Key
  readonly first: Instant | null
  readonly last: Instant | null
  readonly count: number
  readonly confidence: number
  readonly episodes: readonly Episode[]
  /** Of all episodes, each event once. */
  readonly rows: readonly Row[]
  readonly counter: readonly Row[]
}

export function draftFindings(watched: WatchedCause, scene: Scene): Draft[] {
  const judged = watched.evidence.flatMap(({ strength, watch }) =>
    watch.evaluate(scene).map((episode) => ({ strength, episode })),
  )
  const against = judged.filter(({ strength }) => strength === 'against')
  const clusters = cluster(judged.filter(({ strength }) => strength !== 'against'))
  const counters = new KeyIndex<Judged>()
  for (const one of against) counters.add(one.episode.key, one)
  return clusters.map((members) => draft({ cause: watched.cause, members, counters, scene }))
}

interface Gathered {
  readonly cause: Cause
  readonly members: readonly Judged[]
  readonly counters: KeyIndex<Judged>
  readonly scene: Scene
}

function draft({ cause, members, counters, scene }: Gathered): Draft {
  const episodes = members.map(({ episode }) => episode)
  const key = episodes.reduce<Key>((known, episode) => unite(known, episode.key), episodes[0]?.key ?? [])
  const rows = distinctRows(episodes.flatMap((episode) => episode.rows))
  const span = hull(episodes)
  const count = Math.max(total(rows), ...episodes.map((episode) => episode.count))
  const opposed = counters.agreeing(key)
  const during = opposed.length === 0 ? () => false : isDuring(rows, span)
  const counter = distinctRows(opposed.flatMap(({ episode }) => episode.rows.filter(during)))
  const isContradicted = total(counter) >= Math.max(1, CONTRADICTING_SHARE * count)
  return {
    cause,
    key,
    ...span,
    count,
    confidence: confidence(witnesses(members, scene), isContradicted ? 1 : 0, cause.combine),
    episodes,
    rows,
    counter: isContradicted ? counter : [],
  }
}

/** Counter-evidence weighs when it is this many times as frequent as the evidence: a recovery is no contradiction. */
const CONTRADICTING_SHARE = 0.25

function total(rows: readonly Row[]): number {
  return rows.reduce((sum, row) => sum + row.count, 0)
}

/**
 * Strictly inside the span of what the same source says, or else of all: what ends or begins it speaks of the recovery
 * or of the time before, and one source tells of it later than another.
 */
function isDuring(rows: readonly Row[], whole: Stretch): (row: Row) => boolean {
  const bySource = Map.groupBy(rows, ({ source }) => source)
  const spans = new Map([...bySource].map(([source, own]) => [source, spanOf(own)]))
  return ({ source, time }) => {
    const { first, last } = spans.get(source) ?? whole
    return first === null || last === null || (time !== null && time > first && time < last)
  }
}

function spanOf(rows: readonly Row[]): Stretch {
  return rows.reduce<Stretch>(
    ({ first, last }, { time, last: end }) => {
      const to = end ?? time
      if (time === null || to === null) return { first, last }
      return { first: Math.min(first ?? time, time), last: Math.max(last ?? to, to) }
    },
    { first: null, last: null },
  )
}

/** When an episode began: with its first event, or with what its events say had lasted until then. */
function began({ first, rows }: Episode): Instant[] {
  if (first === null) return []
  const earliest = (least: Instant, { time, lead }: Row) =>
    time === null || time < first ? least : Math.min(least, time - lead)
  return [rows.reduce(earliest, first)]
}

function hull(episodes: readonly Episode[]): Stretch {
  const firsts = episodes.flatMap(began)
  const lasts = episodes.flatMap(({ last }) => (last === null ? [] : [last]))
  return {
    first: firsts.length === 0 ? null : Math.min(...firsts),
    last: lasts.length === 0 ? null : Math.max(...lasts),
  }
}

/** One event may stand in several ledgers: it counts once. */
export function distinctRows(rows: readonly Row[]): Row[] {
  const distinct: Row[] = []
  const placesOf = placesByWitness()
  for (const row of rows) {
    const places = placesOf(row)
    const at = places.get(row.offset)
    if (at === undefined) places.set(row.offset, distinct.push(row) - 1)
    else if (distinct[at]?.excerpt === null && row.excerpt !== null) distinct[at] = row
  }
  return distinct
}

/** Where the rows of a signal in a source stand, by their offset; neighbours mostly share both. */
function placesByWitness(): (row: Row) => Map<number, number> {
  const all = new Map<string, Map<number, number>>()
  let before: Row | null = null
  let places = new Map<number, number>()
  return (row) => {
    if (before?.source === row.source && before.signal === row.signal) return places
    before = row
    const name = witnessName(row)
    places = all.get(name) ?? new Map()
    all.set(name, places)
    return places
  }
}

function witnessName({ source, signal }: Pick<Row, 'source' | 'signal'>): string {
  return `${source} ${signal}`
}

/** A witness is one signal in one source, its pieces together; of several words about it the strongest holds. */
function witnesses(members: readonly Judged[], { sources: views }: Scene): Witness[] {
  const best = new Map<string, Witness>()
  const pieces = piecesOf(new Set(members.flatMap(({ episode }) => episode.rows.map(({ source }) => source))), views)
  for (const { strength, episode } of members) {
    const { counts, signals } = said(episode, pieces)
    const [[main, count] = ['', 1]] = [...counts].sort(([, a], [, b]) => b - a)
    for (const [source, signal] of signals) {
      const name = signals.size === 1 ? main : witnessName({ source, signal })
      const known = best.get(name)
      if (known === undefined || STRENGTHS[known.strength] < STRENGTHS[strength])
        best.set(name, { source, strength, count: counts.get(name) ?? count })
    }
  }
  return [...best.values()]
}

/** How often an episode's witnesses speak, and the first signal of each of its sources. */
function said(episode: Episode, pieces: ReadonlyMap<number, number>) {
  const counts = new Map<string, number>()
  const signals = new Map<number, string>()
  const rows = episode.rows.length === 0 ? [{ source: -1, signal: '', count: episode.count }] : episode.rows
  let before: Pick<Row, 'source' | 'signal'> | null = null
  let name = ''
  for (const row of rows) {
    if (before?.source !== row.source || before.signal !== row.signal) {
      const source = pieces.get(row.source) ?? row.source
      name = witnessName({ source, signal: row.signal })
      if (!signals.has(source)) signals.set(source, row.signal)
      before = row
    }
    counts.set(name, (counts.get(name) ?? 0) + row.count)
  }
  return { counts, signals }
}
