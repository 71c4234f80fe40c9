// What is often written in place of what this language says, and where the slip then lies.
import { type IToken, tokenMatcher } from 'chevrotain'
import { Amount, Word } from './tokens.ts'

export interface Slip {
  readonly token: IToken
  readonly meant: string
}

/** Words that come from other languages, or behind a comma or word that was left out. */
const MEANT: Readonly<Record<string, string>> = {
  '=': '`==`',
  at: '`, at least …`',
  r: '`, r >= …`',
  over: '`within`',
  in: '`within`',
  if: '`when`',
  baseline: '`> 3 x baseline …`',
  percent: '`5%`',
  suspect: '`as suspect`',
  symptom: '`as symptom`',
}
const UNITS = /^(?:us|ms|s|m|h|d|k|M|G|T|Ki|Mi|Gi|Ti)$/

/** @param at the token that does not fit */
export function usualSlip(tokens: readonly IToken[], at: number): Slip | null {
  const [before, token, , operator] = tokens.slice(Math.max(0, at - 1), at + 3)
  if (token === undefined) return null
  // What follows `and` is read as a question only where a sign of comparison stands.
  if (/^(?:and|or)$/.test(token.image) && operator?.image === '=') return { token: operator, meant: '`==`' }
  if (before !== undefined && tokenMatcher(before, Amount) && UNITS.test(token.image))
    return { token, meant: `\`${before.image}${token.image}\`, without a blank` }
  const meant = Object.hasOwn(MEANT, token.image) ? MEANT[token.image] : undefined
  return meant === undefined || !(tokenMatcher(token, Word) || token.image === '=') ? null : { token, meant }
}
