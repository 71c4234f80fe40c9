// Reads how bad a line is off its bytes: the level in its column, or the priority that begins it.
import type { Severity } from '../../model/index.ts'
import { severityOf, severityOfPino, severityOfSyslog } from '../severity.ts'
import type { Span } from '../within.ts'
import { GOES_ON, LEVEL_BYTES } from './level-words.ts'
import type { Site } from './site.ts'

/** The longest word in a level's place and what shows that it is none. */
const WORD_BYTES = 12

export const PRIORITY = /^<(\d{1,3})>/

/** Where a line has its level; null where none of the columns of its format shows one. */
export function levelColumn(site: Site, { bytes, from, to }: Span): number | null {
  for (const column of site.columns) if (levelAt(bytes, from + column, to, site) !== null) return column
  return null
}

/** Severity by the priority that begins a line; null where none does. RFC 5424 section 6.2.1 */
export function severityOfPriority({ bytes, from, to }: Span): Severity | null {
  const number = PRIORITY.exec(bytes.toString('latin1', from, Math.min(to, from + 6)))?.[1]
  return number === undefined ? null : severityOfSyslog(Number(number) % 8)
}

/** Severity of the level at `at`, by its first letters. */
export function levelAt(bytes: Buffer, at: number, to: number, site: Site): Severity | null {
  if (at + LEVEL_BYTES > to) return null
  const first = bytes[at] ?? 0
  if (first >= 49 && first <= 54 && bytes[at + 1] === 48) return severityOfPino((first - 48) * 10)
  const word = bytes.readUInt32LE(at)
  let severity = site.levels.get(word)
  if (severity === undefined) {
    const text = bytes.toString('latin1', at, Math.min(to, at + WORD_BYTES))
    severity = GOES_ON.test(text) ? null : severityOf(/^[A-Za-z]{0,9}/.exec(text)?.[0] ?? '')
    if (site.levels.size < 32) site.levels.set(word, severity)
  }
  return severity
}
