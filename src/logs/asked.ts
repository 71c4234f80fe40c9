// What is asked of a line: formats, and styles within one, by the first character that their lines can have.
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
  const known: (readonly One[] | undefined)[] = []
  return (text) => {
    const code = text.charCodeAt(0)
    if (!(code < ASCII)) return all
    const asked = known[code] ?? all.filter((one) => begins(one)?.test(text.charAt(0)) !== false)
    known[code] = asked
    return asked
  }
}
