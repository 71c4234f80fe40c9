// A line to quote where counts of requests are all there is: the first that stands for what a meter counts in its time.
import type { Instant, Meter } from '../model/index.ts'
import type { Row } from './row.ts'
import { holds, type Series } from './series.ts'
import type { SourceView } from './watch.ts'

export interface Sought {
  readonly series: Series
  readonly meter: Meter
  readonly from: Instant
  readonly to: Instant
  readonly sources: readonly SourceView[]
}

/** None for a share: what stands for all requests is no proof of those it counts. */
export function witnessRows({ series, meter, from, to, sources }: Sought): Row[] {
  const source = series.source === null ? undefined : sources[series.source]
  if (source === undefined || series.source === null || meter.among !== null) return []
  const { tally, shift } = source
  const found = tally
    .witnesses()
    .find((one) => one.at + shift >= from && one.at + shift <= to && holds(meter.select.where, one))
  if (found === undefined) return []
  const { place, excerpt } = found
  const time = found.at + shift
  const whole = { source: series.source, time, last: time, key: series.key, value: null, count: 1, place, excerpt }
  return [{ ...whole, offset: place.offset, requestId: null, captures: {}, signal: meter.select.signal, lead: 0 }]
}
