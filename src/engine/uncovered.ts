// Which literals a scanner needs: where a longer one stands a shorter one within it stands too.
import type { Literal } from '../model/index.ts'
import { LiteralIndex } from './literal-index.ts'

/** Each literal once, and none that never occurs without another of them. */
export function uncovered(literals: readonly Literal[]): readonly Literal[] {
  const distinct = [...new Map(literals.map((literal) => [`${literal.anyCase} ${literal.text}`, literal])).values()]
  const index = new LiteralIndex(distinct.map((literal) => [literal]))
  const found = new Set<number>()
  return distinct.filter((literal, at) => {
    found.clear()
    index.collect(literal.text, found)
    for (const other of found) if (other !== at && covers(distinct[other], literal)) return false
    return true
  })
}

/** Of a literal that stands within another: whether it is there however the other is written. */
function covers(other: Literal | undefined, literal: Literal): boolean {
  return other !== undefined && (other.anyCase || !literal.anyCase) && !isTwin(other, literal)
}

/** Two that differ in case alone, both blind to it, would cover each other. */
function isTwin(other: Literal, literal: Literal): boolean {
  return other.anyCase && literal.anyCase && other.text.length === literal.text.length
}
