// What a number with a unit comes to: microseconds, bytes, shares of one.
import type { Duration } from '../../model/index.ts'
import type { FieldType } from '../facts.ts'
import { nearest } from '../nearest.ts'
import type { Amount } from '../syntax/tree.ts'
import type { Complaints } from './complaints.ts'

export type Measure = 'number' | 'duration' | 'size' | 'share'

/** Each unit's measure and its factor. */
const UNITS: Readonly<Record<string, readonly [Measure, number]>> = {
  us: ['duration', 1],
  ms: ['duration', 1000],
  s: ['duration', 1e6],
  m: ['duration', 60e6],
  h: ['duration', 3600e6],
  d: ['duration', 86_400e6],
  k: ['size', 1e3],
  M: ['size', 1e6],
  G: ['size', 1e9],
  T: ['size', 1e12],
  Ki: ['size', 2 ** 10],
  Mi: ['size', 2 ** 20],
  Gi: ['size', 2 ** 30],
  Ti: ['size', 2 ** 40],
  '%': ['share', 0.01],
}

/** Units as they are written elsewhere. */
const ELSEWHERE: readonly (readonly [RegExp, string])[] = [
  [/^ms(?:ec)?s?$|^milli/i, 'ms'],
  [/^(?:usecs?|µs|μs)$|^micro/i, 'us'],
  [/^s(?:ecs?|econds?)$/i, 's'],
  [/^min(?:s|utes?)?$/i, 'm'],
  [/^h(?:rs?|ours?)$/i, 'h'],
  [/^days?$/i, 'd'],
  [/^kb$/i, 'k'],
  [/^mb$/i, 'M'],
  [/^gb$/i, 'G'],
  [/^tb$/i, 'T'],
  [/^[KMGT]iB$/, 'Ki, Mi, Gi, Ti'],
]

/** Measures that a field of a type may be compared with; a bare number is always one. */
const FITTING: Readonly<Record<FieldType, readonly Measure[]>> = {
  text: ['number'],
  boolean: ['number'],
  number: ['number'],
  duration: ['number', 'duration'],
  size: ['number', 'size'],
  share: ['number', 'share'],
  open: ['number', 'duration', 'size', 'share'],
}

export interface Wanted {
  readonly measures: readonly Measure[]
  /** What the number is for: `a window`, `field \`rtt\``. */
  readonly what: string
}

/** The value in microseconds, bytes or as a share of one; complains where the unit does not fit. */
export function amountValue(amount: Amount, wanted: Wanted, complaints: Complaints): number {
  const { digits, unit, at } = amount
  const known = unit === '' ? (['number', 1] as const) : UNITS[unit]
  if (known === undefined) {
    const meant = ELSEWHERE.find(([pattern]) => pattern.test(unit))?.[1]
    const suggestion = meant === undefined ? nearest(unit, Object.keys(UNITS)) : `\`${meant}\``
    complaints.error({ code: 'unit', at, sentence: `\`${unit}\` is no unit`, suggestion })
    return 0
  }
  const [measure, factor] = unit === 'm' && isPlain(wanted) ? MILLI : known
  if (!wanted.measures.includes(measure)) {
    const sentence = `${wanted.what} wants ${listMeasures(wanted.measures)}, not ${MEASURE_WORDS[measure].replace(/ \(.*/, '')}`
    complaints.error({ code: 'unit', at, sentence })
  }
  return scale(digits, measure, factor)
}

/** Where no duration can be meant `m` is a thousandth, as Kubernetes writes processors. */
const MILLI = ['number', 0.001] as const

function isPlain({ measures }: Wanted): boolean {
  return measures.includes('number') && !measures.includes('duration')
}

export function durationValue(amount: Amount, what: string, complaints: Complaints): Duration {
  return amountValue(amount, { measures: ['duration'], what }, complaints)
}

/** A count of events: a whole number from one on. */
export function countValue(amount: Amount, what: string, complaints: Complaints): number {
  const value = amountValue(amount, { measures: ['number'], what }, complaints)
  if (!Number.isInteger(value) || value < 0) {
    complaints.error({ code: 'value', at: amount.at, sentence: `${what} is a whole number` })
  }
  return value
}

export function fitting(type: FieldType): readonly Measure[] {
  return FITTING[type]
}

/** Shares through the decimal exponent, so that 7% is 0.07; microseconds and bytes are whole. */
function scale(digits: string, measure: Measure, factor: number): number {
  if (measure === 'share') return /e/.test(digits) ? Number(digits) * factor : Number(`${digits}e-2`)
  if (measure === 'number') return factor === 1 ? Number(digits) : Number(digits) / 1000
  return Math.round(Number(digits) * factor)
}

const MEASURE_WORDS: Readonly<Record<Measure, string>> = {
  number: 'a plain number',
  duration: 'a duration (`30s`)',
  size: 'a size (`1Gi`)',
  share: 'a share (`5%`)',
}

function listMeasures(measures: readonly Measure[]): string {
  return measures.map((measure) => MEASURE_WORDS[measure]).join(' or ')
}
