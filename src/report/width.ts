// How wide a text stands in a terminal, and where to break it.
import { stripVTControlCharacters } from 'node:util'

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u

/** Columns of one line; colours take none, wide characters (UAX #11) two, combining marks none. */
export function columnsOf(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length
  let columns = 0
  for (const character of stripVTControlCharacters(text)) {
    if (character >= ' ' && character <= '~') columns++
    else if (!/\p{M}/u.test(character)) columns += WIDE.test(character) ? 2 : 1
  }
  return columns
}

/** The text with blanks up to `width` columns; `align` is the side it stands on. */
export function pad(text: string, width: number, align: 'left' | 'right'): string {
  const room = ' '.repeat(Math.max(0, width - columnsOf(text)))
  return align === 'right' ? room + text : text + room
}

/** Lines of at most `width` columns, broken at blanks; a longer word stands alone. */
export function wrap(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, width))
}

/** Blanks at the start are kept, also on the lines that follow: stack frames stay in line. */
function wrapLine(text: string, width: number): string[] {
  const indent = /^ */.exec(text)?.[0] ?? ''
  if (indent.length > 0 && indent.length < width / 2) {
    return wrapLine(text.slice(indent.length), width - indent.length).map((line) => indent + line)
  }
  const lines: string[] = []
  let [line, used] = ['', 0]
  for (const word of text.split(' ')) {
    const columns = columnsOf(word)
    if (line !== '' && used + 1 + columns > width) {
      lines.push(line)
      ;[line, used] = [word, columns]
    } else {
      ;[line, used] = line === '' ? [word, columns] : [`${line} ${word}`, used + 1 + columns]
    }
  }
  lines.push(line)
  return lines
}

/** As `wrap`, but longer words are cut to the width: no character is lost, none stands beyond it. */
export function wrapHard(text: string, width: number): string {
  return wrap(text, width)
    .flatMap((line) => (columnsOf(line) <= width ? [line] : line.split(' ').flatMap((word) => cutWord(word, width))))
    .join('\n')
}

/** A painted word keeps its colour on every piece. */
function cutWord(word: string, width: number): string[] {
  const [, before = '', bare = word, after = ''] =
    /^((?:\u001b\[[\d;]*m)*)([^\u001b]*)((?:\u001b\[[\d;]*m)*)$/.exec(word) ?? []
  const pieces: string[] = []
  let [piece, used] = ['', 0]
  for (const character of bare) {
    const columns = columnsOf(character)
    if (used + columns > width && piece !== '') {
      pieces.push(piece)
      ;[piece, used] = ['', 0]
    }
    piece += character
    used += columns
  }
  return [...pieces, piece].map((one) => before + one + after)
}
