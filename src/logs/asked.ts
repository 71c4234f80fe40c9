// What is asked of a line: formats, and styles within one, by how their lines can begin.
import type { Opened } from './format.ts'

/** The formats that can read a text, in their order. */
export type Asked = (text: string) => readonly Opened[]

const ASCII = 128

export function askedOf(formats: readonly Opened[]): Asked {
  return byFirst(formats, ({ format }) => format.begins)
}

/** Gives of `all` those that can begin as a text does; such that state nothing always can, and all can where it is no ASCII. */
export function byFirst<One>(
  all: readonly One[],
  begins: (one: One) => RegExp | undefined,
): (text: string) => readonly One[] {
  const known = new Map<number, readonly One[]>()
  return (text) => {
    const first = text.charCodeAt(0)
    const second = isBlank(first) ? text.charCodeAt(behindBlanks(text)) : 0
    if (!(first < ASCII && second < ASCII)) return all
    const key = keyOf(first, second)
    let asked = known.get(key)
    if (asked === undefined) {
      asked = all.filter((one) => canBegin(begins(one), first, second))
      known.set(key, asked)
    }
    return asked
  }
}

/** Whether lines that begin with a blank, and behind all blanks with this sign, may be a format's own. */
export function ownIndented(formats: readonly Opened[]): (blank: number, sign: number) => boolean {
  const indented = formats.filter(({ format }) => format.indents === true)
  return (blank, sign) => sign < ASCII && indented.some(({ format }) => canBegin(format.begins, blank, sign))
}

/** What was asked of a beginning before, by the signs at hand: each source asks anew. */
const answers = new WeakMap<RegExp, Map<number, boolean>>()

function canBegin(begins: RegExp | undefined, first: number, second: number): boolean {
  if (begins === undefined) return true
  const known = answers.get(begins) ?? new Map<number, boolean>()
  answers.set(begins, known)
  const key = keyOf(first, second)
  const answer = known.get(key) ?? beginsSo(begins, first, second)
  known.set(key, answer)
  return answer
}

function beginsSo({ source, flags }: RegExp, first: number, second: number): boolean {
  const text = second === 0 ? String.fromCharCode(first) : String.fromCharCode(first, second)
  return new RegExp(`^(?:${source})`, flags).test(text)
}

function keyOf(first: number, second: number): number {
  return first * ASCII + second
}

function isBlank(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13)
}

function behindBlanks(text: string): number {
  let at = 1
  while (isBlank(text.charCodeAt(at))) at++
  return at
}
