// Meters against a threshold or a baseline: where a number over a sliding window passes what a rule allows.
import type { Duration, Figure, Instant, Meter } from '../../model/index.ts'
import { EPISODE_GAP, type Episode, episodeOf, type Key, runs } from '../episode.ts'
import { compareValues } from '../question.ts'
import { witnessRows } from '../request-witness.ts'
import { between, type Row } from '../row.ts'
import type { Sample, Series } from '../series.ts'
import { median } from '../statistic.ts'
import { type Follow, keyFields, type Scene, type Watch } from '../watch.ts'
import { courseOf, type Measure, type Point, passes, past, reading, samplesBetween } from './course.ts'
import { seriesOf } from './series-source.ts'

export function evaluateMeasure(condition: Measure, key: readonly string[], follow: Follow): Watch {
  const { meter } = condition
  const by = keyFields(meter.by, key)
  const source = seriesOf(meter, by, follow)
  return {
    evaluate: (scene) => {
      const rowsOf = rowsByKey(scene.rows(source.quoted))
      return source.series(scene).flatMap((series) => {
        const readable = asWideAs(series.width, condition)
        const course = courseOf(series, readable)
        const points = reading(course).filter((point) => passes(point, course))
        const rows = rowsOf(series.key)
        return stretches(points, readable).map((stretch) =>
          episodeAt({ series, stretch, rows, condition: readable, sources: scene.sources }),
        )
      })
    },
  }
}

/** Windows narrower than what one sample stands for would be empty between samples and overfull at them. */
function asWideAs(width: Duration, condition: Measure): Measure {
  const { meter } = condition
  return meter.over >= width ? condition : { ...condition, meter: { ...meter, over: width } }
}

/** Rows by their whole key, grouped when the first is asked for; a shorter key is one of all rows that begin with it. */
function rowsByKey(rows: readonly Row[]): (key: Key) => readonly Row[] {
  let groups: Map<string, Row[]> | null = null
  return (key) => {
    if (rows[0]?.key.length !== key.length) return rows
    groups ??= groupedByName(rows)
    return groups.get(nameOf(key)) ?? []
  }
}

/** Rows of one key mostly share it: its name is made once. */
function groupedByName(rows: readonly Row[]): Map<string, Row[]> {
  const names = new Map<Key, string>()
  return Map.groupBy(rows, ({ key }) => {
    const name = names.get(key) ?? nameOf(key)
    names.set(key, name)
    return name
  })
}

function nameOf(key: Key): string {
  return key.map((part) => `${typeof part} ${part}`).join('\u0001')
}

/** Runs of points that pass, each at least as long as `lasting`; two moments far apart are no long time. */
function stretches(points: readonly Point[], { lasting, meter }: Measure): Point[][] {
  const gap = lasting > 0 ? Math.min(EPISODE_GAP, meter.over + lasting) : EPISODE_GAP
  const result: Point[][] = []
  for (const point of points) {
    const stretch = result.at(-1)
    const end = stretch?.at(-1)
    if (stretch !== undefined && end !== undefined && point.from - end.to <= gap) stretch.push(point)
    else result.push([point])
  }
  return result.filter((stretch) => (stretch.at(-1)?.to ?? 0) - (stretch[0]?.to ?? 0) >= lasting)
}

function episodeAt(at: {
  series: Series
  stretch: readonly Point[]
  rows: readonly Row[]
  condition: Measure
  sources: Scene['sources']
}): Episode {
  const { series, stretch, condition } = at
  const [from, to] = [stretch[0]?.from ?? 0, stretch.at(-1)?.to ?? 0]
  const end = to + condition.meter.over
  const began = onset(series, stretch, condition)
  const own = between(at.rows, from, end).filter((row) => isOf(row, series, condition.meter))
  const seen = { series, meter: condition.meter, from: began ?? from, to: end, sources: at.sources }
  const rows = own.length > 0 ? own : witnessRows(seen)
  const episode = episodeOf(
    series.key,
    runs(rows, Number.POSITIVE_INFINITY)[0] ?? [],
    figuresOf(stretch, series, condition),
  )
  return {
    ...episode,
    key: series.key,
    first: began ?? episode.first,
    last: to,
    count: Math.max(episode.count, 1),
  }
}

/** The rows to quote are those of the series' key and source that the meter counts. */
function isOf(row: Row, series: Series, meter: Meter): boolean {
  if (series.source !== null && row.source !== series.source) return false
  if (meter.among !== null && row.value === false) return false
  return sameKey(row.key, series.key)
}

function sameKey(a: Key, b: Key): boolean {
  return a.every((part, at) => part === b[at])
}

/** A threshold on a window is passed late: the onset is the first sample in it that speaks for it. */
function onset(series: Series, stretch: readonly Point[], condition: Measure): Instant | null {
  const point = stretch[0]
  if (point === undefined) return null
  const window = samplesBetween(series.samples, point.to - condition.meter.over, point.to)
  const busiest = window.reduce((most, sample) => Math.max(most, sample.count), 0)
  const isJump = condition.meter.calculate === 'rate' || condition.meter.calculate === 'count'
  const telling = window.find((sample) =>
    isJump ? sample.count * 2 >= busiest : sample.isHit || exceeds(sample, condition),
  )
  return telling?.time ?? point.from
}

function exceeds(sample: Sample, condition: Measure): boolean {
  const { meter } = condition
  return (
    typeof sample.value === 'number' &&
    meter.among === null &&
    compareValues(sample.value, condition.value, condition.comparison)
  )
}

const UNITS = {
  share: 'share',
  top: 'share',
  ratio: 'share',
  rate: 'per-second',
  count: 'count',
  distinct: 'count',
} as const

function figuresOf(stretch: readonly Point[], series: Series, condition: Measure): Figure[] {
  const { meter } = condition
  const values = stretch.map((point) => point.value)
  const isFalling = condition.comparison.startsWith('<')
  const unit =
    meter.calculate in UNITS
      ? UNITS[meter.calculate as keyof typeof UNITS]
      : meter.field?.includes('duration')
        ? 'duration'
        : 'count'
  const name = meter.name ?? `${meter.calculate} of ${meter.select.signal}`
  const peak: Figure = { name, value: isFalling ? Math.min(...values) : Math.max(...values), unit }
  const first = stretch[0]
  const before =
    first === undefined
      ? []
      : past(first, courseOf(series, { ...condition, baseline: condition.baseline ?? WHOLE_PAST }))
  return before.length === 0 ? [peak] : [peak, { name: `${name} before`, value: median(before), unit }]
}

const WHOLE_PAST = { factor: 1, calculate: 'median', over: 1800_000_000, points: 0 } as const
