// Finds the time that stands at one place of a text, in any of the styles logs use.
import { readDayFirst } from './day-first.ts'
import { readMonthName } from './month-name.ts'
import { readNumber } from './number.ts'
import type { Stamp } from './stamp.ts'
import { readYearFirst } from './year-first.ts'

/**
 * Reads the time that begins at `at`.
 * @returns null where no known style begins there
 */
export function readStamp(text: string, at: number): Stamp | null {
  if (at === lastAt && text === lastText) return lastStamp
  lastText = text
  lastAt = at
  lastStamp = stampAt(text, at)
  return lastStamp
}

/** Several formats ask for the time of the same line. */
let lastText = ''
let lastAt = -1
let lastStamp: Stamp | null = null

function stampAt(text: string, at: number): Stamp | null {
  const code = text.charCodeAt(at)
  if (code >= 48 && code <= 57) {
    return readYearFirst(text, at) ?? readDayFirst(text, at) ?? readNumber(text, at)
  }
  if (code === 64) return readNumber(text, at)
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122) ? readMonthName(text, at) : null
}
