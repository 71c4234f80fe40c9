// Which signals can match a text: an Aho-Corasick automaton over the signals' literals, blind to case.
import type { Literal } from '../model/index.ts'

/** Sign classes: printable ASCII folded to lower case, one class for the rest that no literal uses. */
const SIGNS = 97

/** Literals of many owners in one automaton: one pass over a text names all owners whose literal occurs. */
export class LiteralIndex {
  #next = new Int32Array(SIGNS)
  #outputs: number[][] = [[]]
  #owners: number

  /** @param literals for each owner (by index) the literals of which one must occur; owners without any are never named */
  constructor(literals: readonly (readonly Literal[])[]) {
    this.#owners = literals.length
    const total = literals.flat().reduce((sum, literal) => sum + literal.text.length, 1)
    this.#next = new Int32Array(total * SIGNS).fill(-1)
    literals.forEach((list, owner) => {
      for (const literal of list) this.#insert(literal.text, owner)
    })
    this.#link()
  }

  /** Adds the owners whose literals occur in the text to `found`, each once. */
  collect(text: string, found: Set<number>): void {
    const [next, outputs] = [this.#next, this.#outputs]
    let state = 0
    for (let at = 0; at < text.length; at++) {
      state = next[state * SIGNS + this.#sign(text.charCodeAt(at))] ?? 0
      const owners = outputs[state]
      if (owners !== undefined && owners.length > 0) for (const owner of owners) found.add(owner)
      if (found.size === this.#owners) return
    }
  }

  /** Signs beyond ASCII share one class, control signs another: false candidates are harmless, missed ones are not. */
  #sign(code: number): number {
    if (code >= 65 && code <= 90) return code - 65 + (97 - 32)
    if (code >= 32 && code < 127) return code - 32
    return code < 128 ? 95 : 96
  }

  #insert(text: string, owner: number): void {
    let state = 0
    for (let at = 0; at < text.length; at++) {
      const slot = state * SIGNS + this.#sign(text.charCodeAt(at))
      let child = this.#next[slot] ?? -1
      if (child < 0) {
        child = this.#outputs.push([]) - 1
        this.#next[slot] = child
      }
      state = child
    }
    this.#outputs[state]?.push(owner)
  }

  /** Breadth first: missing moves are taken from the longest suffix, whose outputs are inherited. */
  #link(): void {
    const suffix = new Int32Array(this.#outputs.length)
    const queue: number[] = []
    for (let sign = 0; sign < SIGNS; sign++) {
      const child = this.#next[sign] ?? -1
      if (child > 0) queue.push(child)
      else this.#next[sign] = 0
    }
    for (let at = 0; at < queue.length; at++) {
      const state = queue[at] ?? 0
      const fallback = suffix[state] ?? 0
      this.#outputs[state] = [...new Set([...(this.#outputs[state] ?? []), ...(this.#outputs[fallback] ?? [])])]
      for (let sign = 0; sign < SIGNS; sign++) {
        const slot = state * SIGNS + sign
        const child = this.#next[slot] ?? -1
        const inherited = this.#next[fallback * SIGNS + sign] ?? 0
        if (child < 0) this.#next[slot] = inherited
        else {
          suffix[child] = inherited
          queue.push(child)
        }
      }
    }
  }
}
