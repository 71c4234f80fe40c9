// By what the lines of a source tell of requests that an application answered, as its head shows.
import { type Bare, bareOf } from './duration.ts'
import { STYLES } from './styles.ts'
import type { Style, Told } from './told.ts'

/** One manner of telling: the commonest of the head, so that lines without its sign need no look. */
export interface Telling {
  /** What all its lines show. */
  readonly sign: string
  readonly style: Style
  readonly bare: Bare
  /** It tells in lines that go on with a record. */
  readonly follows: boolean
}

/** The request of a line; null where it tells of none. */
export function toldIn(text: string, { sign, style, bare }: Telling): Told | null {
  return text.includes(sign) ? style(text, bare) : null
}

/** Null where no line of the head tells of a request. */
export function tellingIn(lines: readonly string[]): Telling | null {
  const kinds = new Map<
    string,
    { readonly style: Style; readonly told: Told[]; readonly example: string; follows: number }
  >()
  for (const line of lines) {
    const found = toldBy(line)
    if (found === null) continue
    const { style, told } = found
    const name = `${STYLES.indexOf(style)} ${told.sign}`
    const kind = kinds.get(name) ?? { style, told: [], example: line, follows: 0 }
    kinds.set(name, kind)
    kind.told.push(told)
    if (/^[\t ]/.test(line)) kind.follows++
  }
  const [first, ...others] = kinds.values()
  if (first === undefined) return null
  const { style, told, example, follows } = others.reduce(
    (most, one) => (one.told.length > most.told.length ? one : most),
    first,
  )
  const bare = bareOf(told.map(({ duration }) => duration))
  return {
    sign: told[0]?.sign ?? '',
    style: style.narrow?.(example) ?? style,
    bare,
    follows: follows > told.length / 2,
  }
}

function toldBy(line: string): { readonly style: Style; readonly told: Told } | null {
  for (const style of STYLES) {
    const told = style(line, 1e3)
    if (told !== null) return { style, told }
  }
  return null
}
