// The scanner: says where in raw bytes a literal of a rule stands, so that most lines are never parsed.
import type { Literal, Scanner } from '../../model/index.ts'
import { toNeedles } from './needles.ts'
import { createPlainScanner } from './plain.ts'
import { createTeddyScanner } from './teddy.ts'
import { teddyModule } from './teddy-module.ts'

export { createPlainScanner } from './plain.ts'

/**
 * The fastest scanner for `literals` (UTF-8, three bytes or more) there is here; all give the same answers.
 * @throws FaultlineError for a shorter literal
 */
export function createScanner(literals: readonly Literal[]): Scanner {
  const module = teddyModule()
  const fast = module === null ? null : createTeddyScanner(module, toNeedles(literals))
  return fast ?? createPlainScanner(literals)
}
