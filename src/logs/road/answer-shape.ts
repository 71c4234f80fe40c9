// Where status and duration stand in objects that tell of a request which was answered, as one that was read shows it.
import type { AnswerShape } from '../../model/index.ts'

/** Their sign. */
export const STATUS_CODE = '"statusCode":'
/** Nothing else counts in them; behind the duration stands a comma or a bracket. */
const NUMBERS = /("res": ?\{ ?"statusCode": ?)\d{3}(?!\d)([^"][^\d"]{0,8}"responseTime": ?)\d/

/** Null where the text shows no such place. */
export function answerShapeIn(text: string): AnswerShape | null {
  const [, before, between] = NUMBERS.exec(text) ?? []
  if (before === undefined || between === undefined) return null
  const inside = before.indexOf(STATUS_CODE)
  return { before: Buffer.from(before, 'latin1'), inside, between: Buffer.from(between, 'latin1') }
}
