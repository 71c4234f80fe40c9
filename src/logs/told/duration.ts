// How long a request took, by the names and units that applications write.

/** Microseconds per unit, by a unit's first letters in small. */
const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^(?:ms|mil)/, 1e3],
  [/^n/, 1e-3],
  [/^s/, 1e6],
]
/** The sign for micro has two code points, and two bytes where these are read one by one. */
const MICRO = '[\u00b5\u03bc\u00c2\u00ce\u00bc]{1,2}s'
export const UNIT = `(?:ns|us|${MICRO}|ms|sec(?:ond)?s?|s)`
const KEY_UNIT = '(?:In)?_?(?:ms|millis(?:econds)?|us|micros(?:econds)?|ns|nanos(?:econds)?|s|secs?|seconds)'
const NAMES = '(?:resp(?:onse)?|req(?:uest)?|process(?:ing)?|exec(?:ution)?|total|handl(?:ing|er)|server)[_-]?time'
const KEYED = new RegExp(
  `(?:duration|latency|elapsed|took|runtime|time_?taken|${NAMES})(${KEY_UNIT})?("?)[=:] ?"?(\\d+(?:\\.\\d+)?) ?(${UNIT})?(?=["\\s,;})\\]]|$)`,
  'gi',
)
const MILLIS = /(?<![\w\\.])"?ms"?[=:] ?(\d+(?:\.\d+)?)(?=[\s,;})\]]|$)/
const SAID = new RegExp(`(?:\\b(?:in|took|after)|[-|(]) ?(\\d+(?:\\.\\d+)?) ?(${UNIT})(?![\\w])`)
/** Of a part of the request. */
const PARTIAL = /^(?:db|sql|query|queue|wait|view|cache|redis|gc|lock|upstream|connect|idle|job)/i
/** In milliseconds whatever the number looks like. */
const MILLISECOND_KEYS = /^(?:Elapsed|resp(?:onse)?_?time)$|(?:^|\.)(?:responseTime|took)$/i
const ECS = /"event(?:\.|": ?\{[^{}]*")duration"/

/** What a whole number is that is written without a unit, microseconds. */
export type Bare = 1e3 | 1e-3

/** A number with its unit as microseconds. */
export function micros(number: string, unit: string): number {
  const small = unit.toLowerCase().replace(/^(?:in)?_?/, '')
  return Math.round(Number(number) * (UNITS.find(([name]) => name.test(small))?.[1] ?? 1))
}

/** Where the name begins that goes on at `at`. */
export function wordStart(text: string, at: number): number {
  let start = at
  while (start > 0 && /[\w.-]/.test(text[start - 1] ?? '')) start--
  return start
}

function nameAt(text: string, start: number): string {
  return /[\w.-]+/y.exec(text.slice(start))?.[0] ?? ''
}

/** Of a part of the request, or a place in a template. */
function isOther(text: string, { 0: whole, index }: RegExpExecArray): boolean {
  const start = wordStart(text, index)
  return PARTIAL.test(nameAt(text, start)) || (text[start - 1] === '{' && text[index + whole.length] === '}')
}

/** The first duration of a request that a text states, microseconds; null where there is none. */
export function durationIn(text: string, bare: Bare): number | null {
  for (const found of text.matchAll(KEYED)) {
    const [, keyUnit = '', quote = '', number = '', unit] = found
    if (isOther(text, found)) continue
    const key = nameAt(text, wordStart(text, found.index))
    if (unit !== undefined || keyUnit !== '') return micros(number, unit ?? keyUnit)
    return Math.round(Number(number) * bareUnit(text, { key, number, isJson: quote !== '' }, bare))
  }
  const millis = MILLIS.exec(text)
  if (millis !== null) return micros(millis[1] ?? '', 'ms')
  const said = SAID.exec(text)
  return said === null ? null : micros(said[1] ?? '', said[2] ?? '')
}

/** A name with what stands between it and the value at `value`, its quote included. */
export function keyTo(text: string, at: number, value: number): string {
  const start = wordStart(text, at)
  return text.slice(text[start - 1] === '"' ? start - 1 : start, value)
}

/** The key of the first duration that has one, up to its number. */
export function durationKey(text: string): string | null {
  for (const found of text.matchAll(KEYED)) {
    if (isOther(text, found)) continue
    const number = found[0].search(/\d+(?:\.\d+)? ?[^\d=:]*$/)
    return keyTo(text, found.index, found.index + number)
  }
  return null
}

const VALUE = new RegExp(`^(\\d+(?:\\.\\d+)?) ?(${UNIT})?(?=["\\s,;})\\]]|$)`)
const KEY = new RegExp(`^"?([\\w.-]*?)(?:${KEY_UNIT})?"?[=:] ?"?$`)
const UNIT_OF_KEY = new RegExp(
  `(?:duration|latency|elapsed|took|runtime|time_?taken|${NAMES})(${KEY_UNIT})"?[=:] ?"?$`,
  'i',
)

/** The duration behind its key, microseconds; null where it has none, or `place` is -1. */
export function durationAt(
  text: string,
  { place, key }: { readonly place: number; readonly key: string },
  bare: Bare,
): number | null {
  const [, number, unit = UNIT_OF_KEY.exec(key)?.[1]] = VALUE.exec(text.slice(place, place + 40)) ?? []
  if (place < 0 || number === undefined) return null
  if (unit !== undefined) return micros(number, unit)
  const name = KEY.exec(key)?.[1] ?? key
  return Math.round(Number(number) * bareUnit(text, { key: name, number, isJson: /"[=:] ?"?$/.test(key) }, bare))
}

interface Unitless {
  readonly key: string
  readonly number: string
  /** Objects hold seconds as fractions; pairs are written for people. */
  readonly isJson: boolean
}

function bareUnit(text: string, { key, number, isJson }: Unitless, bare: Bare): number {
  if (MILLISECOND_KEYS.test(key)) return 1e3
  if (number.includes('.')) return isJson ? 1e6 : 1e3
  return ECS.test(text) ? 1e-3 : bare
}

/** Beyond any request in milliseconds: a quarter of an hour. */
const LONGEST = 1_000_000 * 1e3

/** What whole numbers are where some, taken for milliseconds, came to these durations: languages write their own as nanoseconds. */
export function bareOf(durations: readonly (number | null)[]): Bare {
  return durations.some((one) => one !== null && one >= LONGEST) ? 1e-3 : 1e3
}
