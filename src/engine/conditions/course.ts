// A meter's values along a series: in each window, and in the windows side by side before it.
import type { Baseline, Condition, Duration, Instant } from '../../model/index.ts'
import { compareValues } from '../question.ts'
import type { Sample, Series } from '../series.ts'
import { median, Windows } from '../statistic.ts'

export type Measure = Extract<Condition, { kind: 'measure' }>

export interface Point {
  readonly from: Instant
  readonly to: Instant
  readonly value: number
}

/** A series under a condition, with the meter's values in windows that were asked for already, by their end. */
export interface Course {
  readonly series: Series
  readonly condition: Measure
  readonly windows: Windows
  readonly known: Map<Instant, number | null>
  /** When the source begins, and begins again after a hole. */
  readonly starts: readonly Instant[]
}

export function courseOf(series: Series, condition: Measure): Course {
  const starts = startsOf(series.samples, condition.baseline?.over ?? Number.POSITIVE_INFINITY)
  return { series, condition, windows: new Windows(series.samples, condition.meter), known: new Map(), starts }
}

/** A log that tells nothing for as long as its past is looked at has a hole there: no rate of zero. */
function startsOf(samples: readonly Sample[], hole: Duration): Instant[] {
  const starts: Instant[] = []
  let before = Number.NEGATIVE_INFINITY
  for (const { time } of samples) {
    if (time - before >= hole || starts.length === 0) starts.push(time)
    before = time
  }
  return starts
}

/** Windows read at most for one key: beyond that they are taken at even distances. */
const READINGS = 4000

/** The meter's value in every window that ends with a sample and has samples enough. */
export function reading({ series: { samples }, condition: { meter }, windows }: Course): Point[] {
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

export function passes(point: Point, course: Course): boolean {
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
  const { comparison, value: least } = course.condition
  if (comparison === '==' || comparison === '!=') return false
  if (comparison.startsWith('<') && compareValues(point.value, least, comparison)) return false
  const windows = pastWindows(point, course)
  let left = calculate === 'max' ? 1 : Math.floor(windows / 2) + 1
  for (let back = 1; back <= windows; back++) {
    const value = valueBefore(point, back, course)
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
export function past(point: Point, course: Course): number[] {
  const values: number[] = []
  const windows = pastWindows(point, course)
  for (let back = 1; back <= windows; back++) {
    const value = valueBefore(point, back, course)
    if (value !== null) values.push(value)
  }
  return values
}

function pastWindows(point: Point, { starts, condition: { meter, baseline } }: Course): number {
  const reach = point.to - meter.over
  const start = Math.max(starts.findLast((time) => time <= point.from) ?? point.from, reach - (baseline?.over ?? 0))
  return Math.floor((reach - start + 1) / meter.over)
}

/** The meter's value `back` windows before the point's, however few its samples. */
function valueBefore(point: Point, back: number, { series, condition, windows, known }: Course): number | null {
  const { over } = condition.meter
  const end = point.to - back * over
  let value = known.get(end)
  if (value === undefined) {
    value = windows.value(firstAfter(series.samples, end - over), firstAfter(series.samples, end), 0)
    known.set(end, value)
  }
  return value
}

/** Samples in (after, to]. */
export function samplesBetween(samples: readonly Sample[], after: Instant, to: Instant): readonly Sample[] {
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
