// What the bytes of a line that wraps another's tell of its message: what it is counted by, whether it stands alone.
import { partsAtRest } from '../format.ts'
import { withoutColours } from '../line.ts'
import type { Recognised } from '../recognise.ts'
import { CALM_HEAD, isCalm } from '../traces.ts'
import type { Span } from '../within.ts'
import { unescaped } from './escaped.ts'
import type { Messages } from './messages.ts'

const TAIL_BYTES = 64
/** Letters of escapes that stand for blanks. */
const BLANKS: ReadonlySet<number> = new Set([116, 114])
const BACKSLASH = 92

/** The line looked at last. */
export class WrappedLine {
  readonly #wrapper: Recognised['wrapper']
  readonly #messages: Messages
  readonly #parts = partsAtRest()
  /** It is a request that failed: it has to be read. */
  hasFailed = false

  constructor(wrapper: Recognised['wrapper'], messages: Messages) {
    this.#wrapper = wrapper
    this.#messages = messages
  }

  get writer(): string {
    return this.#parts.writer
  }

  /** Whether its parts are found, and its message is told where nobody else will read it. */
  tell({ bytes, from, to }: Span): boolean {
    if (this.#wrapper?.wraps?.(bytes, from, to, this.#parts) !== true) return false
    const { body, bodyEnd } = this.#parts
    this.hasFailed = false
    if (this.#wrapper.isOthers !== true || bytes[body] === 123 || this.#messages.tell(bytes, body, bodyEnd)) return true
    this.hasFailed = this.#messages.hasFailed
    return this.hasFailed
  }

  /** Whether its message neither goes on with another nor can be gone on with. */
  isCalm(bytes: Buffer): boolean {
    const { body, bodyEnd, isEscaped } = this.#parts
    if (this.#isInMemory(bytes)) return false
    const first = bytes[body] ?? 0
    if (first === 123) return true
    const head = bytes.toString(first < 128 ? 'latin1' : 'utf8', body, Math.min(bodyEnd, body + CALM_HEAD))
    const plain = isEscaped && head.includes('\\') ? unescaped(head) : head
    return plain !== null && isCalm(withoutColours(plain), '')
  }

  /** Whether the message ends with a place in memory, whatever blanks follow. */
  #isInMemory(bytes: Buffer): boolean {
    let end = this.#parts.bodyEnd
    while (bytes[end - 1] === 32 || (bytes[end - 2] === BACKSLASH && BLANKS.has(bytes[end - 1] ?? 0)))
      end -= bytes[end - 1] === 32 ? 1 : 2
    return (
      bytes[end - 1] === 93 && !isCalm('x', bytes.toString('latin1', Math.max(this.#parts.body, end - TAIL_BYTES), end))
    )
  }
}
