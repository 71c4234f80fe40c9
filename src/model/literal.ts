// Texts that lines are searched for, and those of several rules as one list.

export interface Literal {
  readonly text: string
  readonly anyCase: boolean
  /** What must stand beside it in its line: one of these; absent where anything may. */
  readonly beside?: readonly Beside[]
}

/**
 * Automata over the bytes of a line behind a literal, and over those before it from the nearest on; null accepts all.
 * The signs are numbers from `0` on: how many classes of bytes there are, the class of each of the 128 bytes of ASCII, and for each
 * state, from 2 on, the next one by class. State 0 rejects, 1 accepts, as does any other byte.
 */
export interface Beside {
  readonly before: string | null
  readonly after: string | null
}

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
