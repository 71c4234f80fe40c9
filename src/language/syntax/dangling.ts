// Where a statement ends too soon: behind an `or`, `and`, comma or the like that the next line does not go on from.
import { createToken, EOF, type IToken, Lexer, type TokenType } from 'chevrotain'
import { attempt } from './attempt.ts'
import type { Expectation } from './expectations.ts'
import { Comma, keyword, STARTS } from './tokens.ts'
import type { Span } from './tree.ts'

/** What is found where a line ends too soon. */
export const LINE_END = createToken({ name: 'LineEnd', pattern: Lexer.NA })

/** Words that only go on from something finished. */
const CONTINUES: readonly TokenType[] = [
  keyword.and,
  keyword.or,
  keyword.by,
  keyword.within,
  keyword.where,
  keyword.without,
  keyword.until,
  keyword.andThen,
]
const JOINS: readonly TokenType[] = [keyword.and, keyword.or, Comma]

export interface Missing {
  readonly expectation: Expectation
  readonly at: Span
}

/**
 * What is missing at the end of a line, where the parser took the next line's first word for it; null where the
 * mistake lies elsewhere.
 */
export function missingBefore(
  tokens: readonly IToken[],
  starts: ReadonlySet<IToken>,
  { begun, found }: { readonly begun: IToken; readonly found: IToken },
): Missing | null {
  const from = tokens.indexOf(begun)
  const stop = tokens.indexOf(found)
  for (let next = stop < from ? 0 : stop + 1; next > from + 1; next--) {
    const token = tokens[next]
    if (token !== undefined && !(starts.has(token) && leadsOn(tokens, next, stop))) continue
    const left = tokens.slice(from, next)
    const { expectation } = attempt(left)
    if (expectation === null) continue
    const joins = expectation.found === left.at(-1) && JOINS.includes(expectation.found.tokenType)
    if (expectation.found.tokenType !== EOF && !joins) continue
    const end = { ...expectation.found, tokenType: LINE_END }
    return { expectation: { found: end, expected: joins ? [] : expectation.expected }, at: behind(left) }
  }
  return null
}

/** Whether a line is better read as a beginning of its own than as going on from the one before. */
function leadsOn(tokens: readonly IToken[], first: number, stop: number): boolean {
  const type = tokens[first]?.tokenType
  if (type === undefined) return true
  if (CONTINUES.includes(type)) return stop <= first + 1
  if (!STARTS.includes(type)) return false
  const { expectation } = attempt(tokens.slice(first, Math.max(first + 1, stop) + 1))
  return expectation === null || expectation.found.tokenType === EOF
}

/** The place behind the last token. */
export function behind(tokens: readonly IToken[]): Span {
  const last = tokens.at(-1)
  return { offset: last === undefined ? 0 : last.startOffset + last.image.length, length: 1 }
}
