// Beginnings of messages up to their level: a message that begins alike has the same.
import type { MessageBeginning, Severity } from '../../model/index.ts'
import type { Reading } from '../reading.ts'
import { severityOf } from '../severity.ts'
import { isCalmThroughout } from '../traces.ts'
import { levelOffset } from './level-words.ts'

/** Bytes up to the level and the next one; any digit may stand where one does. */
export interface Layout extends MessageBeginning {
  readonly severity: Severity
  /** Of the format that reads such lines. */
  readonly name: string
}

const MOST = 32
/** A level further into a message is not remembered. */
const LONGEST = 120
/** Of messages that teach nothing only some are looked at. */
const [PATIENT, SOME] = [256, 16]
// biome-ignore lint/complexity/useRegexLiterals: escapes stay readable
const COLOURS = new RegExp('\\x1b\\[[0-9;]*m', 'g')
/** Pairs are told by what else there is. */
const PAIRS = /^[A-Za-z_@][\w.@/-]*=/
const WORD = /^[A-Za-z]+\d?/

export class Layouts {
  /** Who was asked for last stands first. */
  readonly #layouts: Layout[] = []
  /** As they stood when the last was learned. */
  all: readonly Layout[] = []
  #taught = 0
  /** Of the layout found: its level, and whether nothing stands before that. */
  severity: Severity | null = null
  isBare = false
  name = ''

  find(bytes: Uint8Array, from: number, to: number): boolean {
    for (let index = 0; index < this.#layouts.length; index++) {
      const layout = this.#layouts[index]
      if (layout === undefined || !begins(layout.bytes, bytes, from, to)) continue
      this.severity = layout.severity
      this.isBare = layout.isBare
      this.name = layout.name
      if (index > 0) {
        this.#layouts.splice(index, 1)
        this.#layouts.unshift(layout)
      }
      return true
    }
    return false
  }

  /** Whether another message may teach something. */
  get curious(): boolean {
    this.#taught++
    return this.#taught < PATIENT || this.#taught % SOME === 0
  }

  learn(message: string, { severity }: Pick<Reading, 'severity'>, name = ''): void {
    if (severity === null || message.charCodeAt(0) === 123 || PAIRS.test(message)) return
    const at = levelOffset(
      message.replace(COLOURS, (colour) => ' '.repeat(colour.length)),
      severity,
    )
    const word = at < 0 ? undefined : WORD.exec(message.slice(at))?.[0]
    if (word === undefined || severityOf(word) !== severity || at > LONGEST) return
    // Two blanks, or one, behind a word in small letters tell a level from the beginning of a sentence.
    const end = at + word.length + (/^[a-z]/.test(word) ? 2 : 1)
    if (end > message.length) return
    const beginning = message.slice(0, end)
    const bytes = Buffer.from(beginning, 'latin1')
    this.#layouts.unshift({ bytes, severity, isBare: at === 0, isSure: isCalmThroughout(beginning), name })
    if (this.#layouts.length > MOST) this.#layouts.pop()
    this.all = [...this.#layouts]
  }
}

function begins(layout: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (from + layout.length > to) return false
  for (let index = 0; index < layout.length; index++) {
    const [one, other] = [layout[index] ?? 0, bytes[from + index] ?? 0]
    if (one !== other && !(one >= 48 && one <= 57 && other >= 48 && other <= 57)) return false
  }
  return true
}
