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
    const key = first * ASCII + second
    let asked = known.get(key)
    if (asked === undefined) {
      asked = all.filter((one) => canBegin(begins(one), first, second))
      known.set(key, asked)
    }
    return asked
  }
}

function canBegin(begins: RegExp | undefined, first: number, second: number): boolean {
  if (begins === undefined) return true
  const text = second === 0 ? String.fromCharCode(first) : String.fromCharCode(first, second)
  return new RegExp(`^(?:${begins.source})`).test(text)
}

function isBlank(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13)
}

function behindBlanks(text: string): number {
  let at = 1
  while (isBlank(text.charCodeAt(at))) at++
  return at
}
