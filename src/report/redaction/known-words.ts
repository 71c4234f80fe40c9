// Words that are known to name something, found wherever they stand whole: between signs that names do not contain.

/** Codes of UTF-16. */
const CODES = 1 << 16
/** Signs of names, `[\w-]`, by code. */
const NAMING = Uint8Array.from({ length: CODES }, (_, code) => Number(/[\w-]/.test(String.fromCharCode(code))))

interface Known {
  readonly word: string
  readonly shown: string
}

export class KnownWords {
  /** By the run of such signs that they begin with, else by their first sign; the longest first. */
  readonly #byBeginning = new Map<string, readonly Known[]>()
  /** Which signs any of them begins with, by code: most words of a text begin otherwise. */
  readonly #first = new Uint8Array(CODES)

  /** From now on another is shown in its place. */
  add(word: string, another: (word: string) => string): void {
    if (word === '') return
    const beginning = word.slice(0, endOfRun(word, 0))
    const alike = this.#byBeginning.get(beginning) ?? []
    if (alike.some((known) => known.word === word)) return
    const all = [...alike, { word, shown: another(word) }].sort((a, b) => b.word.length - a.word.length)
    this.#byBeginning.set(beginning, all)
    this.#first[word.charCodeAt(0)] = 1
  }

  /**
   * Looks once at each word of the text, however many are known.
   * @param count hears how many were replaced, if any
   */
  replace(text: string, count: (words: number) => void): string {
    if (this.#byBeginning.size === 0) return text
    const parts: string[] = []
    let kept = 0
    for (let at = 0, end = 0; at < text.length; at = end) {
      end = endOfRun(text, at)
      const known = this.#begunBy(text, at, end)
      if (known === undefined) continue
      end = at + known.word.length
      parts.push(text.slice(kept, at), known.shown)
      kept = end
    }
    if (parts.length === 0) return text
    count(parts.length / 2)
    return parts.join('') + text.slice(kept)
  }

  #begunBy(text: string, at: number, end: number): Known | undefined {
    if (this.#first[text.charCodeAt(at)] === 0 || isNaming(text, at - 1)) return undefined
    const alike = this.#byBeginning.get(text.slice(at, end))
    return alike?.find(({ word }) => text.startsWith(word, at) && !isNaming(text, at + word.length))
  }
}

/** Of a sign that is none of a name it is the place behind it. */
function endOfRun(text: string, from: number): number {
  let end = from
  while (isNaming(text, end)) end++
  return Math.max(end, from + 1)
}

function isNaming(text: string, at: number): boolean {
  return NAMING[text.charCodeAt(at)] === 1
}
