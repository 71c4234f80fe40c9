// Which formats are asked of a line: those whose lines can begin as it does.
import type { Opened } from './format.ts'

/** The formats that can read a text, in their order. */
export type Asked = (text: string) => readonly Opened[]

const ASCII = 128

/** Formats by the first character of what they are asked to read. */
export function askedOf(formats: readonly Opened[]): Asked {
  const known: (readonly Opened[] | undefined)[] = []
  return (text) => {
    const code = text.charCodeAt(0)
    if (!(code < ASCII)) return formats
    const asked = known[code] ?? formats.filter(({ format }) => format.begins?.test(text.charAt(0)) !== false)
    known[code] = asked
    return asked
  }
}
