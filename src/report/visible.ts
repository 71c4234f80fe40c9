// Hostile text made harmless to look at: what cannot be seen or turns the reading order shows as a sign.

/** Longest line shown, in characters; the whole of it stays in the bundle. */
const LINE_LIMIT = 4096

const BIDI = '\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069'
const INVISIBLE =
  '\u00ad\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2028\u2029\u2060-\u2065\u206a-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb'
const HIDDEN = new RegExp(
  `[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f${BIDI}${INVISIBLE}\\u{e0000}-\\u{e0fff}]`,
  'gu',
)

/**
 * The text with control characters as symbols (`␛[31m`), bidirectional and invisible ones as `⟨U+202E⟩`, lone
 * surrogates replaced, lines cut at 4,096 characters with their true length. Newlines and tabs stay.
 */
export function visible(text: string): string {
  const shown = text.replaceAll('\r\n', '\n').toWellFormed()
  const cut = shown.length <= LINE_LIMIT ? shown : shown.split('\n').map(cutLine).join('\n')
  return cut.replace(HIDDEN, symbol)
}

/** The same on one line: newlines show as `⏎`. */
export function visibleLine(text: string): string {
  return visible(text).replaceAll('\n', '⏎').replaceAll('\t', ' ')
}

function cutLine(line: string): string {
  if (line.length <= LINE_LIMIT) return line
  return `${line.slice(0, LINE_LIMIT).toWellFormed()} … (cut, ${line.length} characters)`
}

function symbol(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x20) return String.fromCharCode(0x2400 + code)
  if (code === 0x7f) return '␡'
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`
}
