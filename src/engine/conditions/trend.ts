// Trends: a measured number that rises steadily over a window (a leak, a backlog).
import type { Condition, Figure } from '../../model/index.ts'
import { type Episode, episodeOf } from '../episode.ts'
import { between } from '../ledger.ts'
import type { Sample, Series } from '../series.ts'
import { type Follow, keyFields, type Watch } from '../watch.ts'
import { seriesOf } from './measure.ts'

type Trend = Extract<Condition, { kind: 'trend' }>

export function evaluateTrend(condition: Trend, key: readonly string[], follow: Follow): Watch {
  const source = seriesOf(condition.meter, keyFields(condition.meter.by, key), follow)
  return {
    evaluate: (scene) =>
      source.series(scene).flatMap((series) => {
        const rows = scene.rows(source.quoted)
        return rises(series, condition).map((rise): Episode => {
          const own = between(rows, rise.from, rise.to).filter((row) =>
            row.key.every((part, at) => part === series.key[at]),
          )
          return { ...episodeOf(series.key, own, rise.figures), first: rise.from, last: rise.to }
        })
      }),
  }
}

interface Rise {
  readonly from: number
  readonly to: number
  readonly figures: readonly Figure[]
}

/** The longest rise: windows that pass are joined from the first to the last. */
function rises(series: Series, condition: Trend): Rise[] {
  const { meter } = condition
  const samples = series.samples.filter((sample) => typeof sample.value === 'number')
  const rising = samples.flatMap((end, at) => {
    const window = samples.slice(0, at + 1).filter((sample) => end.time - sample.time <= meter.over)
    return window.length >= Math.max(meter.atLeast, 3) && isRising(window, condition) ? [{ window, end }] : []
  })
  const [from, to] = [lowest(rising[0]?.window), rising.at(-1)?.end]
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
function lowest(window: readonly Sample[] | undefined): Sample | undefined {
  return window?.reduce((low, sample) => (Number(sample.value) <= Number(low.value) ? sample : low))
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

/** Pearson correlation with time, and the rise along the fitted line against where it starts. */
function isRising(samples: readonly Sample[], condition: Trend): boolean {
  const [xs, ys] = [samples.map((sample) => sample.time), samples.map((sample) => Number(sample.value))]
  const [mx, my] = [mean(xs), mean(ys)]
  const cross = xs.reduce((sum, x, at) => sum + (x - mx) * ((ys[at] ?? 0) - my), 0)
  const [vx, vy] = [variance(xs, mx), variance(ys, my)]
  if (vx === 0 || vy === 0) return false
  const slope = cross / vx
  const start = my + slope * ((xs[0] ?? 0) - mx)
  const rise = slope * ((xs.at(-1) ?? 0) - (xs[0] ?? 0))
  return cross / Math.sqrt(vx * vy) >= condition.correlation && rise >= condition.rise * Math.max(Math.abs(start), 1e-9)
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function variance(values: readonly number[], middle: number): number {
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0)
}
