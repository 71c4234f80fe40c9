// What a string in quotes says, and where each of its signs stands in the file.
import type { Span, Text } from './tree.ts'

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', '"': '"', '\\': '\\' }

interface Written {
  readonly image: string
  readonly startOffset: number
}

/** Strings side by side are one text; an unknown escape stays as it is written. */
export function decodeStrings(tokens: readonly Written[]): Text {
  const offsets: number[] = []
  let value = ''
  for (const { image, startOffset } of tokens) {
    const end = image.length > 1 && image.endsWith('"') ? image.length - 1 : image.length
    for (let at = 1; at < end; at++) {
      const escaped = image[at] === '\\' ? ESCAPES[image[at + 1] ?? ''] : undefined
      offsets.push(startOffset + at)
      value += escaped ?? image[at]
      if (escaped !== undefined) at++
    }
  }
  return { value, offsets, at: spanOf(tokens) }
}

export function encodeString(value: string): string {
  const escaped = value.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\t', '\\t')
  return `"${escaped}"`
}

/** From the start of the first token to the end of the last. */
export function spanOf(tokens: readonly Written[]): Span {
  const [first, last] = [tokens[0], tokens.at(-1)]
  if (first === undefined || last === undefined) return { offset: 0, length: 0 }
  return { offset: first.startOffset, length: last.startOffset + last.image.length - first.startOffset }
}
