// One go at reading statements from tokens: what was read, and what was expected where it broke off.
import type { IToken } from 'chevrotain'
import type { Expectation } from './expectations.ts'
import { StatementParser } from './statements.ts'
import type { Statement } from './tree.ts'

const parser = new StatementParser()

export interface Attempt {
  readonly found: Statement[]
  /** First token of the statement read last. */
  readonly begun: IToken | null
  /** Null where everything could be read. */
  readonly expectation: Expectation | null
}

export function attempt(tokens: readonly IToken[]): Attempt {
  parser.input = [...tokens]
  parser.found = []
  parser.begun = null
  parser.file()
  const expectation = parser.errors.length === 0 ? null : parser.expectations.latest()
  return { found: parser.found, begun: parser.begun, expectation }
}
