// Tokens that no regular expression finds: regular expressions between slashes, and given blocks by indentation.

/** A regular expression at `offset`: up to the closing slash outside of a class and its flags, or to the end of the line. */
export function regexAt(text: string, offset: number): string {
  let inClass = false
  for (let at = offset + 1; at < text.length; at++) {
    const sign = text[at]
    if (sign === '\n') return text.slice(offset, at)
    if (sign === '\\') at++
    else if (sign === '[') inClass = true
    else if (sign === ']') inClass = false
    else if (sign === '/' && !inClass) return text.slice(offset, at + 1) + flagsAt(text, at + 1)
  }
  return text.slice(offset)
}

function flagsAt(text: string, offset: number): string {
  return /^[A-Za-z]*/.exec(text.slice(offset, offset + 16))?.[0] ?? ''
}

/** The token for `given FILE` alone on a line, with the lines below that are indented more; null where none begins. */
export function givenAt(text: string, offset: number): string | null {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1
  const indent = text.slice(lineStart, offset)
  const firstEnd = lineEnd(text, offset)
  if (/\S/.test(indent) || !GIVEN_LINE.test(text.slice(offset, firstEnd))) return null
  return text.slice(offset, blockEnd(text, firstEnd, indent.length)).trimEnd()
}

const GIVEN_LINE = /^given[ \t]+(\S+)[ \t]*(?:#.*)?\r?\n?$/

/** The file's name and its text, as it would lie in the bundle. */
export function givenContent(image: string): { readonly file: string; readonly text: string } {
  const end = lineEnd(image, 0)
  const file = GIVEN_LINE.exec(image.slice(0, end))?.[1] ?? ''
  return { file, text: unindent(image.slice(end)) }
}

function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset)
  return newline < 0 ? text.length : newline + 1
}

/** Blank lines belong to the block as long as a line that is indented more follows. */
function blockEnd(text: string, start: number, indent: number): number {
  let end = start
  for (let at = start; at < text.length; ) {
    const next = lineEnd(text, at)
    const line = text.slice(at, next)
    const blanks = line.length - line.trimStart().length
    if (line.trim() !== '' && blanks <= indent) break
    if (line.trim() !== '') end = next
    at = next
  }
  return end
}

/** The lines without what all begin with; each ends in a newline. */
function unindent(block: string): string {
  const lines = block.split(/\r?\n/).map((line) => (line.trim() === '' ? '' : line))
  while (lines.at(-1) === '') lines.pop()
  const common = lines.filter((line) => line !== '').reduce<string | null>(commonBlanks, null) ?? ''
  return lines.map((line) => `${line.slice(common.length)}\n`).join('')
}

function commonBlanks(common: string | null, line: string): string {
  const blanks = /^[ \t]*/.exec(line)?.[0] ?? ''
  if (common === null) return blanks
  let length = 0
  while (length < common.length && common[length] === blanks[length]) length++
  return common.slice(0, length)
}
