// Text out of the middle of a JSON string.
import { parseObject } from '../flatten.ts'

/** An escape at the end that was cut. */
const CUT = /^((?:[^\\]|\\[^u]|\\u[0-9a-fA-F]{4})*)\\?(?:u[0-9a-fA-F]{0,3})?$/

/** The text itself; null where it is part of no JSON string. An escape cut off at its end is left out. */
export function unescaped(part: string): string | null {
  const whole = CUT.exec(part)?.[1] ?? part
  const text = parseObject(`{"a":"${whole}"}`)?.a
  return typeof text === 'string' ? text : null
}
