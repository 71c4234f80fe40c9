// Trends: a measured number that rises steadily over a window (a leak, a backlog).
import { type Condition, type Figure, SECOND } from '../../model/index.ts'
import { type Episode, episodeOf, groupByKey } from '../episode.ts'
import { between, type Row } from '../row.ts'
import type { Sample, Series } from '../series.ts'
import { type Follow, keyFields, type Watch } from '../watch.ts'
import { type Fit, Line } from './line.ts'
import { seriesOf } from './series-source.ts'

type Trend = Extract<Condition, { kind: 'trend' }>

export function evaluateTrend(condition: Trend, key: readonly string[], follow: Follow): Watch {
  const source = seriesOf(condition.meter, keyFields(condition.meter.by, key), follow)
  return {
    evaluate: (scene) => {
      const rows = scene.rows(source.quoted)
      return [...source.series(scene).flatMap((series) => timed(series, rows, condition)), ...untimed(rows, condition)]
    },
  }
}

function timed(series: Series, rows: readonly Row[], condition: Trend): Episode[] {
  return rises(series, condition).map((rise): Episode => {
    const own = between(rows, rise.from, rise.to).filter((row) => row.key.every((part, at) => part === series.key[at]))
    return { ...episodeOf(series.key, own, rise.figures), first: rise.from, last: rise.to }
  })
}

/** A log that gives no times tells of growth by the order of its lines: they are taken as a second apart. */
function untimed(rows: readonly Row[], condition: Trend): Episode[] {
  if (condition.meter.divisor !== null) return []
  return [...groupByKey(rows.filter(({ time }) => time === null)).values()].flatMap((group) => {
    const key = group[0]?.key ?? []
    const samples = group.map(({ value, count }, at) => ({ time: at * SECOND, value, count, isHit: false, divisor: 0 }))
    return rises({ key, source: null, width: 0, samples }, condition).flatMap(({ from, to, figures }) => {
      const own = group.slice(from / SECOND, to / SECOND + 1)
      return isInOrder(own) ? [episodeOf(key, own, figures)] : []
    })
  })
}

/** Equal numbers without time are one row where the first of them stood: what came again was no steady rise. */
function isInOrder(rows: readonly Row[]): boolean {
  return rows.slice(1).every(({ count }) => count === 1)
}

interface Rise {
  readonly from: number
  readonly to: number
  readonly figures: readonly Figure[]
}

/** The longest rise: windows that pass are joined from the first to the last. */
function rises(series: Series, condition: Trend): Rise[] {
  const { meter } = condition
  const over = condition.over ?? meter.over
  const samples = series.samples.filter((sample) => typeof sample.value === 'number')
  const line = new Line(samples)
  let [from, to]: (Sample | undefined)[] = []
  let start = 0
  for (const [at, end] of samples.entries()) {
    while (end.time - (samples[start]?.time ?? end.time) > over) start++
    if (at + 1 - start < Math.max(meter.atLeast, 3) || !isRising(line.over(start, at + 1), condition)) continue
    from ??= lowest(samples.slice(start, at + 1))
    to = end
  }
  if (from === undefined || to === undefined || levelsOff(samples, { from, to })) return []
  const [low, high] = [Number(from.value), Number(to.value)]
  const name = meter.name ?? `${meter.calculate} of ${meter.select.signal}`
  const figures: Figure[] = [
    { name: `${name} at first`, value: low, unit: 'count' },
    { name: `${name} at last`, value: high, unit: 'count' },
  ]
  return [{ from: from.time, to: to.time, figures }]
}

/** Growth begins with the last of the least: before it the series stood or fell. */
function lowest(window: readonly Sample[]): Sample {
  return window.reduce((low, sample) => (Number(sample.value) <= Number(low.value) ? sample : low))
}

/** What rises and then stays where it is has found its level; what grows without bound ends by falling or not at all. */
function levelsOff(samples: readonly Sample[], rise: { readonly from: Sample; readonly to: Sample }): boolean {
  const top = Number(rise.to.value)
  const after = samples.filter(({ time }) => time > rise.to.time).map(({ value }) => Number(value))
  const during = samples.filter(({ time }) => time >= rise.from.time && time <= rise.to.time).length
  return after.length * 2 >= during && after.every((value) => Math.abs(value - top) <= LEVEL * Math.abs(top))
}

/** Within this share of its height a series stays where it is. */
const LEVEL = 0.1

function isRising(fit: Fit | null, condition: Trend): boolean {
  if (fit === null) return false
  return fit.correlation >= condition.correlation && fit.rise >= condition.rise * Math.max(Math.abs(fit.start), 1e-9)
}
