// The scanner: says where in raw bytes a literal of a rule stands, so that most lines are never parsed.
import type { Literal, Scanner } from '../../model/index.ts'
import { createPlainScanner } from './plain.ts'

export { createPlainScanner } from './plain.ts'

/** The fastest scanner for `literals` there is here. @throws FaultlineError for a literal under three bytes */
export function createScanner(literals: readonly Literal[]): Scanner {
  return createPlainScanner(literals)
}
