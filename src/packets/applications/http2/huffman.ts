// The Huffman code of HPACK (RFC 7541 appendix B): the lengths of its codes, from which the codes follow.

/** Bits of the code of each byte; the 257th is the end of string. */
const LENGTHS: readonly number[] = [
  13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28,
  28, 28, 28, 6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10,
  13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6, 15, 5, 6, 5, 6,
  5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28, 20, 22, 20, 20, 22, 22, 22, 23,
  22, 23, 23, 23, 23, 23, 24, 23, 24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24, 22, 21, 20, 22, 22,
  23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23, 26, 26,
  20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25, 19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27,
  27, 20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23, 26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27,
  27, 27, 27, 26, 30,
]
const LONGEST = 30
const END_OF_STRING = 256

/** Of each length: the first code, and its symbols in order; codes of one length count up. */
interface Level {
  readonly first: number
  readonly symbols: readonly number[]
}

const LEVELS = levels()

function levels(): readonly Level[] {
  const found: Level[] = []
  let first = 0
  for (let length = 0; length <= LONGEST; length++) {
    const symbols = LENGTHS.flatMap((bits, symbol) => (bits === length ? [symbol] : []))
    found.push({ first, symbols })
    first = (first + symbols.length) * 2
  }
  return found
}

/** The text, one character a byte; null where the code is broken (RFC 7541 section 5.2). */
export function decodeHuffman(bytes: Uint8Array): string | null {
  let text = ''
  let code = 0
  let length = 0
  for (const byte of bytes) {
    for (let bit = 7; bit >= 0; bit--) {
      code = code * 2 + ((byte >> bit) & 1)
      length++
      const symbol = symbolOf(code, length)
      if (symbol === END_OF_STRING || length > LONGEST) return null
      if (symbol === null) continue
      text += String.fromCharCode(symbol)
      code = 0
      length = 0
    }
  }
  const isPadding = length < 8 && code === 2 ** length - 1
  return isPadding ? text : null
}

function symbolOf(code: number, length: number): number | null {
  const level = LEVELS[length]
  return level?.symbols[code - level.first] ?? null
}
