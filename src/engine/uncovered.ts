// Which literals a scanner needs: where a longer one stands a shorter one within it stands too.
import { allowsAll, joinLiterals, type Literal } from '../model/index.ts'
import { LiteralIndex } from './literal-index.ts'

/** A literal that stands in more others than this is looked for whatever stands beside it: they need not be then. */
const MOST_OTHERS = 4

/** Each literal once, and none that never occurs without another of them. */
export function uncovered(literals: readonly Literal[]): readonly Literal[] {
  const distinct = joinLiterals(literals)
  const within = literalsWithin(distinct)
  const others = new Map<number, number>()
  for (const [at, found] of within.entries())
    for (const other of found) if (other !== at) others.set(other, (others.get(other) ?? 0) + 1)
  const asked = distinct.map((literal, at) => ((others.get(at) ?? 0) > MOST_OTHERS ? anywhere(literal) : literal))
  return asked.filter((literal, at) => !within[at]?.some((other) => other !== at && covers(asked[other], literal)))
}

/** For each literal which of all stand within it. */
function literalsWithin(literals: readonly Literal[]): readonly (readonly number[])[] {
  const index = new LiteralIndex(literals.map((literal) => [literal]))
  return literals.map(({ text }) => {
    const found = new Set<number>()
    index.collect(text, found)
    return [...found]
  })
}

function anywhere({ text, anyCase }: Literal): Literal {
  return { text, anyCase }
}

/** Of a literal that stands within another: whether it is there however the other is written. */
function covers(other: Literal | undefined, literal: Literal): boolean {
  return (
    other !== undefined && allowsAll(other, literal) && (other.anyCase || !literal.anyCase) && !isTwin(other, literal)
  )
}

/** Two that differ in case alone, both blind to it, would cover each other. */
function isTwin(other: Literal, literal: Literal): boolean {
  return other.anyCase && literal.anyCase && other.text.length === literal.text.length
}
