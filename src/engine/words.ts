// Words of a message for mining: what varies from event to event (numbers, ids, addresses, quoted values) is a hole.

export const HOLE = '<*>'
const WORDS = 40

/** Longest first: a uuid before its digits, an address before its numbers. */
const VALUES = new RegExp(
  [
    '"[^"]*\\d[^"]*"|\'[^\']*\\d[^\']*\'',
    '\\b[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\\b',
    '\\b[\\w.+-]+@[\\w-]+\\.[\\w.-]+',
    '\\b(?:\\d{1,3}\\.){3}\\d{1,3}(?::\\d+)?\\b',
    '\\[?\\b[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){3,7}\\b\\]?',
    '\\b0x[0-9a-fA-F]+\\b',
    '\\b(?=[0-9a-fA-F]*\\d)[0-9a-fA-F]{8,}\\b',
    '(?:(?<=[\\s=(])[-+])?\\b\\d+(?:[.,:/-]\\d+)*[A-Za-z%]{0,3}\\b%?',
  ].join('|'),
  'g',
)
/** A word that still holds a digit behind its letters: `worker-3`, `/orders/17`, `pod-7f9c`. */
const NUMBERED = /\d/

/** The first line as words; leading levels and times that a reader left are holes like all numbers. */
export function wordsOf(body: string): string[] {
  const line = body.split('\n', 1)[0] ?? ''
  return line
    .slice(0, 2000)
    .replace(VALUES, HOLE)
    .trim()
    .split(/\s+/)
    .slice(0, WORDS)
    .flatMap((word) => (word === '' ? [] : [NUMBERED.test(word) ? maskedWord(word) : word]))
}

/** What stands before the first digit and a sign is kept: `code=<*>`, `/orders/<*>`. */
function maskedWord(word: string): string {
  const kept = /^.*?[=:/(["'#@-](?=[^=:/(["'#@-]*\d)/.exec(word)?.[0] ?? ''
  return `${kept.replaceAll(/\d/g, '')}${HOLE}`
}
