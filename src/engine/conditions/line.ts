// A straight line through the samples of a window, for every window of a series at the same small price.
import { SECOND } from '../../model/index.ts'
import type { Sample } from '../series.ts'

export interface Fit {
  /** Pearson correlation with time. */
  readonly correlation: number
  /** The fitted line where the window starts, and how far it rises to its end. */
  readonly start: number
  readonly rise: number
}

type Sum = 'x' | 'y' | 'xx' | 'xy' | 'yy'

/** Straight lines fitted to windows of a series, by least squares: sums up to each sample, from the first on. */
export class Line {
  readonly #samples: readonly Sample[]
  readonly #sums: Readonly<Record<Sum, Float64Array>>

  constructor(samples: readonly Sample[]) {
    this.#samples = samples
    const room = () => new Float64Array(samples.length + 1)
    this.#sums = { x: room(), y: room(), xx: room(), xy: room(), yy: room() }
    const { x: xs, y: ys, xx, xy, yy } = this.#sums
    for (let at = 0; at < samples.length; at++) {
      const { x, y } = this.#at(at)
      xs[at + 1] = (xs[at] ?? 0) + x
      ys[at + 1] = (ys[at] ?? 0) + y
      xx[at + 1] = (xx[at] ?? 0) + x * x
      xy[at + 1] = (xy[at] ?? 0) + x * y
      yy[at + 1] = (yy[at] ?? 0) + y * y
    }
  }

  /** Seconds and value, both from the first sample on, so that sums of squares stay exact. */
  #at(at: number): { readonly x: number; readonly y: number } {
    const [first, one] = [this.#samples[0], this.#samples[at]]
    return {
      x: ((one?.time ?? 0) - (first?.time ?? 0)) / SECOND,
      y: Number(one?.value ?? 0) - Number(first?.value ?? 0),
    }
  }

  /** The line through samples `from` to before `to`; null where they stand at one time or have one value. */
  over(from: number, to: number): Fit | null {
    const count = to - from
    const sum = (name: Sum) => (this.#sums[name][to] ?? 0) - (this.#sums[name][from] ?? 0)
    const [x, y] = [sum('x'), sum('y')]
    const cross = sum('xy') - (x * y) / count
    const [vx, vy] = [sum('xx') - (x * x) / count, sum('yy') - (y * y) / count]
    if (vx <= 0 || vy <= 0) return null
    const slope = cross / vx
    const [begin, end] = [this.#at(from).x, this.#at(to - 1).x]
    const start = y / count + Number(this.#samples[0]?.value ?? 0) + slope * (begin - x / count)
    return { correlation: cross / Math.sqrt(vx * vy), start, rise: slope * (end - begin) }
  }
}
