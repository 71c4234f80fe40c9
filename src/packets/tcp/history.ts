// Histories of connections as Zeek writes them, by number: most connections share theirs with many others.

/** Of the responder, then of the originator: a letter is its place here. */
const LETTERS = [...'shadfrqtwgSHADFRQTWG']
/** Added to a letter of the responder, it is the originator's. */
export const CAPITAL = LETTERS.length / 2
/** Different histories that have numbers. */
const LIMIT = 4096

const texts: string[] = ['']
/** By history and letter the history that follows; 0 where it has no number yet. */
const followers = new Uint16Array(LIMIT * LETTERS.length)

/** @returns the number of the history with one letter more; -1 where there are too many to give it one */
export function following(history: number, letter: number): number {
  const place = history * LETTERS.length + letter
  const known = followers[place] ?? 0
  if (known !== 0) return known
  if (texts.length >= LIMIT) return -1
  const number = texts.push(textOf(history) + letterOf(letter)) - 1
  followers[place] = number
  return number
}

export function textOf(history: number): string {
  return texts[history] ?? ''
}

export function letterOf(letter: number): string {
  return LETTERS[letter] ?? ''
}
