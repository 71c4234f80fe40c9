// Where a meter's samples come from: minutes counted while reading, or the rows of its signal.
import type { Meter } from '../../model/index.ts'
import type { Ledger } from '../ledger.ts'
import { asksTally, ledgerSeries, type Series, tallySeries } from '../series.ts'
import type { Follow, Scene } from '../watch.ts'

/** The samples of a meter, and the ledger whose rows are quoted for it. */
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
