// Literals of several rules as one list.
import type { Beside, Literal } from './rule.ts'

/** More possible surroundings of one literal are held for any. */
const MOST_BESIDE = 6

/** Each literal once, with what may stand beside any of those like it. */
export function joinLiterals(literals: readonly Literal[]): readonly Literal[] {
  if (areDistinct(literals)) return literals
  const like = Map.groupBy(literals, ({ anyCase, text }) => `${anyCase} ${text}`)
  return [...like.values()].flatMap((members) => {
    const [first] = members
    return first === undefined ? [] : [members.length === 1 ? first : joined(first, members)]
  })
}

function areDistinct(literals: readonly Literal[]): boolean {
  const seen = { blind: new Set<string>(), exact: new Set<string>() }
  return literals.every(({ text, anyCase }) => {
    const known = anyCase ? seen.blind : seen.exact
    return known.size < known.add(text).size
  })
}

function joined({ text, anyCase }: Literal, members: readonly Literal[]): Literal {
  const all = new Map<string, Beside>()
  for (const { beside } of members) {
    if (beside === undefined) return { text, anyCase }
    for (const one of beside) all.set(`${one.before} ${one.after}`, one)
  }
  return all.size > MOST_BESIDE ? { text, anyCase } : { text, anyCase, beside: [...all.values()] }
}

/** Of a literal that stands within another: whether what must stand beside the other lets no place out in which the literal counts. */
export function allowsAll(other: Literal, { text, beside }: Literal): boolean {
  if (other.beside === undefined) return true
  const [short, long] = [other.text.toLowerCase(), text.toLowerCase()]
  const [isEnd, isStart] = [long.endsWith(short), long.startsWith(short)]
  const isCovered = (one: Beside): boolean =>
    other.beside?.some(
      ({ before, after }) =>
        (isEnd && before === null && after === one.after) || (isStart && after === null && before === one.before),
    ) ?? false
  return beside?.every(isCovered) ?? false
}
