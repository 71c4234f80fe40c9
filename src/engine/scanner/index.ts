// The scanner: says where in raw bytes a literal of a rule stands, so that most lines are never parsed.
import type { Literal, Scanner } from '../../model/index.ts'
import { createGramsScanner, fitsGrams } from './grams.ts'
import { openGrams } from './grams-module.ts'
import { toNeedles } from './needles.ts'
import { createPlainScanner } from './plain.ts'

export { createPlainScanner } from './plain.ts'

/**
 * The fastest scanner for `literals` (UTF-8, three bytes or more) there is here; all give the same answers.
 * @throws FaultlineError for a shorter literal
 */
export function createScanner(literals: readonly Literal[]): Scanner {
  const needles = toNeedles(literals)
  const grams = fitsGrams(needles) ? openGrams() : null
  return grams === null ? createPlainScanner(literals) : createGramsScanner(grams, needles)
}
