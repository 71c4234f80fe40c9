// What messages behind a wrapper's header count by, as passes over many lines at once have to know it.
import type { KeyRole, Severity, WrapHeader, WrapShape } from '../../model/index.ts'
import { SILENT, STATUS_NAMES } from '../formats/json-access.ts'
import { isFailing } from '../repeats.ts'
import { severityOf, severityOfPino } from '../severity.ts'
import type { Telling } from '../told/telling.ts'

/** By the numbers that they have there, from 1 on. */
export const SEVERITIES: readonly Severity[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal']
/** A message that shows as much of a sign may show all of it. */
const LONGEST_SIGN = 63
const NUMBERS = [10, 20, 30, 40, 50, 60]
const WORDS = 'trace debug info information notice warn warning error err critical fatal panic'.split(' ')

/** Shown by requests whose lines begin with a level, as uvicorn writes them. */
export const REQUEST = Buffer.from('HTTP/')

/** Keys that say something of an object: those that another kind has must not be there. */
const KEYS: readonly (readonly [string, KeyRole])[] = [
  ['level', 'level'],
  ['msg', 'spoken'],
  ['message', 'spoken-else'],
  ['log', 'foreign'],
  ['error_severity', 'foreign'],
  ['resourceLogs', 'foreign'],
  ...STATUS_NAMES.map((name) => [name, 'request'] as const),
]

export function wrapShape(header: WrapHeader, telling: Telling | null): WrapShape {
  return {
    ...header,
    sign: Buffer.from(telling?.sign ?? '').subarray(0, LONGEST_SIGN),
    request: REQUEST,
    keys: new Map(KEYS),
    levels: new Map(levels()),
    phrase: Buffer.from(SILENT),
    isLeft: isFailing,
  }
}

/** Values as they are written: numbers, and words in small letters, in capitals, and with a capital. */
function levels(): (readonly [string, number])[] {
  const words = WORDS.flatMap((word) => [word, word.toUpperCase(), `${word[0]?.toUpperCase()}${word.slice(1)}`])
  const told = [
    ...NUMBERS.map((number) => [String(number), severityOfPino(number)] as const),
    ...words.map((word) => [`"${word}"`, severityOf(word)] as const),
  ]
  return told.flatMap(([value, severity]) =>
    severity === null ? [] : [[value, SEVERITIES.indexOf(severity) + 1] as const],
  )
}
