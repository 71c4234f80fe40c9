// Where lines stand that a reader must see whatever they hold.
import type { LogFormat } from '../format.ts'
import type { Window } from './window.ts'

/** As far as a line is looked at. */
const BEGINNING = 40

export class Heeded {
  readonly #window: Window
  readonly #beginning: RegExp
  readonly #sign: Buffer
  /** The next one, and the window it was looked for in. */
  #next = -1
  #base = -1

  constructor({ first, beginning }: NonNullable<LogFormat['heeds']>, window: Window) {
    this.#window = window
    this.#beginning = beginning
    this.#sign = Buffer.of(window.newline, first)
  }

  /** The first such line from `from` on, where a line begins, that begins before `to`; null where there is none. */
  before(to: number, from: number): number | null {
    if (this.#next < from || this.#base !== this.#window.base) this.#next = this.#after(from)
    this.#base = this.#window.base
    return this.#next < to ? this.#next : null
  }

  #after(from: number): number {
    if (this.#isOne(from)) return from
    const { bytes } = this.#window
    for (let found = bytes.indexOf(this.#sign, from); found >= 0; found = bytes.indexOf(this.#sign, found + 1)) {
      if (this.#isOne(found + 1)) return found + 1
    }
    return bytes.length
  }

  #isOne(at: number): boolean {
    const { bytes } = this.#window
    return bytes[at] === this.#sign[1] && this.#beginning.test(bytes.toString('latin1', at, at + BEGINNING))
  }
}
