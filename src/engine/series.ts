// Samples of a meter in order of time, per key: from a ledger's rows or from the counts of all requests.
import type { Duration, FieldValue, Instant, Meter, RequestCell, Test } from '../model/index.ts'
import { groupByKey, type Key } from './episode.ts'
import { compareValues } from './question.ts'
import type { Row } from './row.ts'
import type { SourceView } from './watch.ts'

export interface Sample {
  readonly time: Instant
  readonly value: FieldValue
  /** How many events it stands for. */
  readonly count: number
  /** For `share`: it is one of those counted. */
  readonly isHit: boolean
  /** For `ratio`: what the value is divided by. */
  readonly divisor: number
}

interface Counted extends Sample {
  count: number
}

export interface Series {
  readonly key: Key
  /** The source they come from, where they come from one. */
  readonly source: number | null
  /** The stretch of time that one sample stands for; 0 for a moment. */
  readonly width: Duration
  readonly samples: readonly Sample[]
}

/** What the counts of a source's requests know of all of them: its path, and who answers in it. */
const TOLD_BY_SOURCE: Readonly<Record<string, (source: SourceView) => string | null>> = {
  source: ({ path }) => path,
  service: ({ served }) => served?.service ?? null,
  host: ({ served }) => served?.host ?? null,
}

/** Whether a meter is answered from the counts of all requests: it asks `http.request` by what a source knows of all of its own. */
export function asksTally(meter: Meter): boolean {
  const isCounted = meter.select.signal === 'http.request' && (meter.field === null || meter.field === 'duration')
  const tests = [meter.select.where, meter.among]
  return (
    isCounted &&
    meter.by.every((name) => name === null || Object.hasOwn(TOLD_BY_SOURCE, name)) &&
    tests.every(isCellTest)
  )
}

function isCellTest(test: Test | null): boolean {
  if (test === null) return true
  switch (test.kind) {
    case 'and':
    case 'or':
      return test.tests.every(isCellTest)
    case 'not':
      return isCellTest(test.test)
    case 'compare':
      return (test.field === 'status' || test.field === 'duration') && test.operand.kind === 'value'
    case 'in':
    case 'known':
      return test.field === 'status' || test.field === 'duration'
    default:
      return false
  }
}

/** One series a source: requests that all its access lines or packets tell. */
export function tallySeries(meter: Meter, by: readonly (string | null)[], sources: readonly SourceView[]): Series[] {
  return sources.flatMap((source, index) => {
    const samples = sampled(meter, source)
    const key = by.map((name) => (name === null ? null : (TOLD_BY_SOURCE[name]?.(source) ?? null)))
    return samples.length === 0 ? [] : [{ key, source: index, width: source.tally.requestWidth, samples }]
  })
}

/** Statistics that ask only how many there are: requests of one time are one sample, or two. */
const COUNTING: ReadonlySet<Meter['calculate']> = new Set(['count', 'rate', 'share'])

function sampled({ select, among, field, calculate }: Meter, { tally, shift }: SourceView): Sample[] {
  const samples: Sample[] = []
  if (calculate === 'rate' && tally.isOfClient) return samples
  const isCounting = COUNTING.has(calculate)
  const open: [Counted | null, Counted | null] = [null, null]
  const isTimeless = isCounting && !asksDuration(select.where) && !asksDuration(among)
  for (const cell of isTimeless ? tally.statuses() : tally.requests()) {
    if (!holds(select.where, cell)) continue
    const isHit = among !== null && holds(among, cell)
    const time = cell.at + shift
    const same = open[isHit ? 1 : 0]
    if (isCounting && same?.time === time) {
      same.count += cell.count
      continue
    }
    const value = isCounting ? null : field === 'duration' ? cell.duration : cell.status
    const sample: Counted = { time, value, count: cell.count, isHit, divisor: 0 }
    open[isHit ? 1 : 0] = sample
    samples.push(sample)
  }
  return samples
}

function asksDuration(test: Test | null): boolean {
  if (test === null) return false
  switch (test.kind) {
    case 'and':
    case 'or':
      return test.tests.some(asksDuration)
    case 'not':
      return asksDuration(test.test)
    default:
      return 'field' in test && test.field === 'duration'
  }
}

/** Whether a request of this status and duration passes. */
export function holds(test: Test | null, cell: Pick<RequestCell, 'status' | 'duration'>): boolean {
  if (test === null) return true
  const value = (name: string) => (name === 'status' ? cell.status : cell.duration)
  switch (test.kind) {
    case 'and':
      return test.tests.every((part) => holds(part, cell))
    case 'or':
      return test.tests.some((part) => holds(part, cell))
    case 'not':
      return !holds(test.test, cell)
    case 'compare':
      return test.operand.kind === 'value' && compareValues(value(test.field), test.operand.value, test.comparison)
    case 'in':
      return test.values.some((one) => String(one) === String(value(test.field)))
    case 'known':
      return value(test.field) !== null
    default:
      return false
  }
}

/** One series a key; a divisor's rows are matched by their place in time. */
export function ledgerSeries(rows: readonly Row[], divisors: readonly Row[] | null): Series[] {
  const divided = divisors === null ? null : groupByKey(divisors)
  return [...groupByKey(rows)].map(([text, group]) => {
    const samples: Sample[] = []
    for (const { time, value, count } of group) {
      if (time !== null) samples.push({ time, value, count, isHit: value === true, divisor: 0 })
    }
    // A divisor adds to the lower sum only.
    for (const { time, value, count } of divided?.get(text) ?? []) {
      if (time !== null) samples.push({ time, value: null, count: 0, isHit: false, divisor: Number(value) * count })
    }
    return { key: group[0]?.key ?? [], source: null, width: 0, samples: samples.sort((a, b) => a.time - b.time) }
  })
}
