// Regular expressions as Go's RE2 writes them, in the subset that the pattern language takes.

export interface Translated {
  readonly source: string
  readonly anyCase: boolean
}

const POSIX: Readonly<Record<string, string>> = {
  alnum: 'A-Za-z0-9',
  alpha: 'A-Za-z',
  blank: ' \\t',
  digit: '0-9',
  lower: 'a-z',
  punct: '!-/:-@[-`{-~',
  space: '\\s',
  upper: 'A-Z',
  word: '\\w',
  xdigit: '0-9A-Fa-f',
}

/**
 * Leading flags become the flag `i`; `s` and `m` mean nothing within one line. What has no counterpart is left as it is:
 * reading the pattern text refuses it with its name.
 */
export function translateRe2(written: string): Translated {
  const { source, anyCase } = translated(written)
  return { source: spanLines(source), anyCase }
}

/** The same with flags that stand apart; a dot stops at the end of a line unless `s` is one. */
export function translatePattern(written: string, said: string): Translated {
  const { source, anyCase, flags } = translated(written, said)
  const lines = flags.includes('m') ? eachLine(source) : source
  return { source: flags.includes('s') ? spanLines(lines) : lines, anyCase }
}

function translated(written: string, said = ''): Translated & { readonly flags: string } {
  const [head = '', inFront = ''] = /^\(\?([imsU]+)\)/.exec(written) ?? []
  const flags = inFront + said
  const source = written
    .slice(head.length)
    .replace(/\\Q([\s\S]*?)(?:\\E|$)/g, (_, text: string) => escapeText(text))
    .replace(/\[:(\^?)(\w+):\]/g, (whole, negated: string, name: string) =>
      negated === '' ? (POSIX[name] ?? whole) : whole,
    )
    .replace(/\\x\{([0-9A-Fa-f]+)\}/g, (_, digits: string) =>
      escapeText(String.fromCodePoint(Number.parseInt(digits, 16))),
    )
    .replace(/\\(?:([Az])|[\s\S])/g, (whole, anchor: string | undefined) =>
      anchor === undefined ? whole : anchor === 'A' ? '^' : '$',
    )
    .replaceAll('\n', '\\n')
  const escaped = escapeSlashes(flags.includes('i') ? source : withoutScopes(source))
  return { source: escaped, anyCase: flags.includes('i'), flags }
}

const SCOPED = /\\[\s\S]|\[\^?\]?(?:\\[\s\S]|[^\]\\])*\]|\(\?(-?i)([:)])|[\s\S]/g

/** `a(?i:b)` and `a(?i)b` say of each letter that either case will do. */
function withoutScopes(source: string): string {
  if (!/\(\?-?i[:)]/.test(source)) return source
  const outer: boolean[] = []
  let anyCase = false
  return source.replace(SCOPED, (piece, flag: string | undefined, end: string | undefined) => {
    if (piece === '(' || end === ':') outer.push(anyCase)
    if (flag !== undefined) anyCase = flag === 'i'
    if (piece === ')') anyCase = outer.pop() ?? false
    return flag !== undefined ? (end === ':' ? '(?:' : '') : anyCase ? inEitherCase(piece) : piece
  })
}

function inEitherCase(piece: string): string {
  if (/^[a-z]$/i.test(piece)) return `[${piece.toLowerCase()}${piece.toUpperCase()}]`
  if (!piece.startsWith('[')) return piece
  const ranges = piece.match(/\\[\s\S]|[a-z]-[a-z]|[a-z]/gi) ?? []
  const other = ranges.filter((range) => !range.startsWith('\\')).map(swapped)
  return `${piece.slice(0, -1)}${other.join('')}]`
}

function swapped(letters: string): string {
  return letters === letters.toLowerCase() ? letters.toUpperCase() : letters.toLowerCase()
}

/** Lines without a time are glued to the one before without a line end there: a dot passes over it. */
function spanLines(source: string): string {
  return source.replace(/\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]|\./g, (piece) => (piece === '.' ? '[\\s\\S]' : piece))
}

/** Begin and end of each line are begin and end. */
function eachLine(source: string): string {
  const signs: Readonly<Record<string, string>> = { '^': '(?:^|\\n)', $: '(?:\\n|$)' }
  return source.replace(/\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]|[\^$]/g, (piece) => signs[piece] ?? piece)
}

export function escapeText(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}

/** A slash would end the pattern; one that is escaped or within a class would not. */
function escapeSlashes(source: string): string {
  return source.replace(/\\[\s\S]|\//g, (piece) => (piece === '/' ? '\\/' : piece))
}
