// Requests that a proxy logs behind the header of another format, as haproxy does through syslog: read without the header.
import type { Measured } from '../format.ts'
import type { Opened, Recognised } from '../recognise.ts'
import { isFailing } from '../repeats.ts'

/** What lines with a request in plain text show, whatever wrote them. */
const SIGN = Buffer.from('HTTP/')

export class InnerRequests {
  readonly #known: Recognised
  /** The format that read the last one. */
  #last: Opened | null = null

  constructor(known: Recognised) {
    this.#known = known
  }

  /** Where the next line of `bytes` that may tell of a request shows it, from `from` on; else the end. */
  next(bytes: Buffer, from: number): number {
    const found = bytes.indexOf(SIGN, from)
    return found < 0 ? bytes.length : found
  }

  /** The request of a line whose header ends with the first `: ` from `header` on; null where the line must be read as a whole. */
  of(line: Uint8Array, header: number): Measured | null {
    const body = bodyIn(line, header)
    if (body < 0 || this.#last === null || !isPrintable(line)) return null
    const request = this.#last.format.measure?.(line, body, line.length) ?? this.#read(line, body)
    return request === null || isFailing(request.status) ? null : request
  }

  #read(line: Uint8Array, body: number): Measured | null {
    return this.#last?.read(Buffer.from(line.subarray(body)).toString('latin1'))?.request ?? null
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

/** Where the message begins behind the first `: `; -1 where there is none. */
function bodyIn(line: Uint8Array, from: number): number {
  for (let at = from; at + 1 < line.length; at++) if (line[at] === 58 && line[at + 1] === 32) return at + 2
  return -1
}

function isPrintable(line: Uint8Array): boolean {
  for (let at = 0; at < line.length; at++) {
    const byte = line[at] ?? 0
    if (byte < 32 || byte > 126) return false
  }
  return true
}

function bodyOf(text: string, header: number): string | null {
  const at = text.indexOf(': ', header)
  return at < 0 ? null : text.slice(at + 2)
}
