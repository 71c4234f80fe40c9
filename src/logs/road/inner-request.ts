// Requests that a proxy logs behind the header of another format, as haproxy does through syslog: read without the header.
import type { Measured } from '../format.ts'
import type { Opened, Recognised } from '../recognise.ts'
import { isFailing } from '../repeats.ts'

/** What lines with a request in plain text show, whatever wrote them. */
const SIGN = Buffer.from('HTTP/')
const HIGH = /[^ -~]/

export class InnerRequests {
  readonly #known: Recognised
  /** The format that read the last one. */
  #last: Opened | null = null

  constructor(known: Recognised) {
    this.#known = known
  }

  /** Where the next line that may tell of a request shows it; `to` where none does. */
  next(bytes: Buffer, from: number, to: number): number {
    const found = bytes.subarray(from, to).indexOf(SIGN)
    return found < 0 ? to : from + found
  }

  /** The request of a line whose header ends with the first `: ` from `header` on; null where the line must be read as a whole. */
  of(text: string, header: number): Measured | null {
    const body = bodyOf(text, header)
    if (body === null || this.#last === null || HIGH.test(text)) return null
    const request = this.#last.format.measure?.(body) ?? this.#last.read(body)?.request ?? null
    return request === null || isFailing(request.status) ? null : request
  }

  /** Remembers which format reads the message of a line that was read as a whole. */
  learn(text: string, header: number): void {
    const body = bodyOf(text, header)
    if (body === null) return
    for (const one of this.#known.formats) {
      const reading = one.format.nests === true ? one.read(body) : null
      if (reading === null) continue
      this.#last = reading.request === null ? null : one
      return
    }
  }
}

function bodyOf(text: string, header: number): string | null {
  const at = text.indexOf(': ', header)
  return at < 0 ? null : text.slice(at + 2)
}
