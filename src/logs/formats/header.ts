// The header of a line of application text, as far as it has been read.
import type { OpenFields, Reading } from '../reading.ts'

export interface Header {
  severity: Reading['severity']
  pid: number | null
  host: string | null
  program: string | null
  readonly fields: OpenFields
  /** Whether the logger's name stood alone: what is in brackets may turn out to be the thread. */
  hasLogger: boolean
  /** Index where the message begins. */
  end: number
}

/**
 * Takes what stands at the header's end: the message begins behind it.
 * @param pattern a sticky one
 * @returns null where something else stands there
 */
export function take(header: Header, pattern: RegExp, text: string): RegExpExecArray | null {
  pattern.lastIndex = header.end
  const found = pattern.exec(text)
  if (found !== null) header.end = pattern.lastIndex
  return found
}
