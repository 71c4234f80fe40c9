// Meters against a threshold or a baseline: where a number over a sliding window passes what a rule allows.
import type { Baseline, Condition, Duration, Figure, Instant, Meter } from '../../model/index.ts'
import { EPISODE_GAP, type Episode, episodeOf, type Key, runs } from '../episode.ts'
import { between, type Ledger, type Row } from '../ledger.ts'
import { compareValues } from '../question.ts'
import { witnessRows } from '../request-witness.ts'
import { asksTally, ledgerSeries, type Sample, type Series, tallySeries } from '../series.ts'
import { median, Windows } from '../statistic.ts'
import { type Follow, keyFields, type Scene, type Watch } from '../watch.ts'

type Measure = Extract<Condition, { kind: 'measure' }>

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
        const points = reading(series, readable.meter, course.windows).filter((point) => passes(point, course))
        const rows = rowsOf(series.key)
        return stretches(points, readable.lasting).map((stretch) =>
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
    groups ??= Map.groupBy(rows, (row) => nameOf(row.key))
    return groups.get(nameOf(key)) ?? []
  }
}

function nameOf(key: Key): string {
  return key.map((part) => `${typeof part} ${part}`).join('\u0001')
}

/** Where a meter's samples come from, and the ledger whose rows are quoted for it. */
export interface SeriesSource {
  series(scene: Scene): Series[]
  readonly quoted: Ledger
}

export function seriesOf(meter: Meter, by: readonly (string | null)[], follow: Follow): SeriesSource {
  if (asksTally(meter)) {
    const tests = [meter.select.where, meter.among].flatMap((test) => (test === null ? [] : [test]))
    const where = tests.length === 0 ? null : ({ kind: 'and', tests } as const)
    const quoted = follow({ signal: meter.select.signal, where }, by)
    return { quoted, series: (scene) => tallySeries(meter, by, scene.sources) }
  }
  const ledger = follow(meter.select, by, measuredBy(meter))
  const divisor = meter.divisor === null ? null : follow(meter.select, by, { kind: 'field', name: meter.divisor })
  return {
    quoted: ledger,
    series: (scene) => ledgerSeries(scene.rows(ledger), divisor === null ? null : scene.rows(divisor)),
  }
}

function measuredBy(meter: Meter) {
  if (meter.among !== null) return { kind: 'test', test: meter.among } as const
  return meter.field === null ? undefined : ({ kind: 'field', name: meter.field } as const)
}

export interface Point {
  readonly from: Instant
  readonly to: Instant
  readonly value: number
}

/** Windows read at most for one key: beyond that they are taken at even distances. */
const READINGS = 4000

/** The meter's value in every window that ends with a sample and has samples enough. */
export function reading({ samples }: Series, meter: Meter, windows: Windows): Point[] {
  const stride = Math.max(1, Math.ceil(samples.length / READINGS))
  const points: Point[] = []
  let from = 0
  for (let to = 0; to < samples.length; to++) {
    const end = samples[to]?.time ?? 0
    while (from < to && (samples[from]?.time ?? 0) <= end - meter.over) from++
    const isBucketEnd = samples[to + 1]?.time !== end
    if (!isBucketEnd || (to % stride !== 0 && stride > 1)) continue
    const value = windows.value(from, to + 1)
    if (value !== null) points.push({ from: samples[from]?.time ?? end, to: end, value })
  }
  return points
}

/** A series under a condition, with the meter's values in windows that were asked for already, by their end. */
interface Course {
  readonly series: Series
  readonly condition: Measure
  readonly windows: Windows
  readonly known: Map<Instant, number | null>
}

function courseOf(series: Series, condition: Measure): Course {
  return { series, condition, windows: new Windows(series.samples, condition.meter), known: new Map() }
}

function passes(point: Point, course: Course): boolean {
  const { baseline, comparison, value } = course.condition
  if (baseline === null || isBelow(point, course.condition)) return compareValues(point.value, value, comparison)
  if (baseline.calculate !== 'avg' && isUsual(point, course, baseline)) return false
  const before = past(point, course)
  if (before.length < baseline.points) return false
  const level =
    baseline.calculate === 'median' ? median(before) : baseline.calculate === 'max' ? Math.max(...before) : mean(before)
  return compareValues(point.value, Math.max(value, baseline.factor * level), comparison)
}

/** Whether so much of the past alone refuses the point that its median or maximum does: then none has to be sorted. */
function isUsual(point: Point, course: Course, { calculate, factor }: Baseline): boolean {
  const { comparison, meter, value: least } = course.condition
  if (comparison === '==' || comparison === '!=') return false
  if (comparison.startsWith('<') && compareValues(point.value, least, comparison)) return false
  const start = pastStart(point, course)
  const windows = Math.floor((point.to - meter.over - start + 1) / meter.over)
  let left = calculate === 'max' ? 1 : Math.floor(windows / 2) + 1
  for (let end = point.to - meter.over; end - meter.over >= start - 1; end -= meter.over) {
    const value = valueAt(end, course)
    if (value !== null && !compareValues(point.value, factor * value, comparison) && --left === 0) return true
  }
  return false
}

/** Whether the least value that counts at all is not reached: then no past can matter. */
function isBelow(point: Point, { comparison, value }: Measure): boolean {
  return (comparison === '>' || comparison === '>=') && !compareValues(point.value, value, comparison)
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}

/** The meter's values in the windows side by side that lie before the point, as far as the source reaches back. */
function past(point: Point, course: Course): number[] {
  const { over } = course.condition.meter
  const values: number[] = []
  const start = pastStart(point, course)
  for (let end = point.to - over; end - over >= start - 1; end -= over) {
    const value = valueAt(end, course)
    if (value !== null) values.push(value)
  }
  return values
}

function pastStart(point: Point, { series, condition: { meter, baseline } }: Course): Instant {
  return Math.max(series.samples[0]?.time ?? point.from, point.to - meter.over - (baseline?.over ?? 0))
}

/** The meter's value in the window that ends with an instant, however few its samples. */
function valueAt(end: Instant, { series, condition, windows, known }: Course): number | null {
  let value = known.get(end)
  if (value === undefined) {
    value = windows.value(firstAfter(series.samples, end - condition.meter.over), firstAfter(series.samples, end), 0)
    known.set(end, value)
  }
  return value
}

/** Samples in (after, to]. */
function samplesBetween(samples: readonly Sample[], after: Instant, to: Instant): readonly Sample[] {
  return samples.slice(firstAfter(samples, after), firstAfter(samples, to))
}

function firstAfter(samples: readonly Sample[], at: Instant): number {
  let [low, high] = [0, samples.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((samples[middle]?.time ?? 0) <= at) low = middle + 1
    else high = middle
  }
  return low
}

/** Runs of points that pass, each at least as long as `lasting`. */
function stretches(points: readonly Point[], lasting: Duration): Point[][] {
  const result: Point[][] = []
  for (const point of points) {
    const stretch = result.at(-1)
    const end = stretch?.at(-1)
    if (stretch !== undefined && end !== undefined && point.from - end.to <= EPISODE_GAP) stretch.push(point)
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
