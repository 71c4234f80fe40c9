// Requests that a proxy logs behind the header of another format, as haproxy does through syslog: read without the header.
import { type LineKernels, NO_DURATION, type RequestShape } from '../../model/index.ts'
import type { Measured, Opened } from '../format.ts'
import type { Recognised } from '../recognise.ts'
import { isFailing } from '../repeats.ts'
import type { Span } from '../within.ts'

/** What lines with a request in plain text show, whatever wrote them. */
const SIGN = Buffer.from('HTTP/')
const NOTHING = new Uint8Array()
/** Bytes before a message in lines that are read step by step. */
const LONGEST_FRONT = 63

export class InnerRequests {
  readonly #known: Recognised
  readonly #kernels: LineKernels | null
  /** The format that read the last one. */
  #last: Opened | null = null
  /** How lines like that which share their time are read together; null where they cannot be. */
  shape: RequestShape | null = null
  /** Of the bytes that the last lines lay in. */
  #view: DataView = new DataView(new ArrayBuffer(0))
  #viewed: Buffer | null = null

  /** @param kernels pass over the memory where lines lie; null where there are none */
  constructor(known: Recognised, kernels: LineKernels | null) {
    this.#known = known
    this.#kernels = kernels
  }

  #remember(one: Opened | null): void {
    this.#last = one
    const steps = one?.format.steps
    this.shape =
      steps === undefined
        ? null
        : { sign: SIGN, steps: ['same', 'printable', 'message', ...steps], key: NOTHING, isLeft: isFailing }
  }

  /** Where the next line of `bytes` that may tell of a request shows it, from `from` on; else the end. */
  next(bytes: Buffer, from: number): number {
    const found = bytes.indexOf(SIGN, from)
    return found < 0 ? bytes.length : found
  }

  /** The request of a line whose header ends with the first `: ` from `header` on; null where the line must be read as a whole. */
  of(line: Span, header: number): Measured | null {
    const { bytes, from, to } = line
    const told = this.#step(line, header)
    if (told !== null) return told
    const body = bodyIn(bytes, header, to)
    if (body < 0 || this.#last === null || !isPrintable(this.#viewOf(bytes), from, to)) return null
    const request = this.#last.format.measure?.(bytes, body, to) ?? this.#read(bytes.toString('latin1', body, to))
    return request === null || isFailing(request.status) ? null : request
  }

  /** What the steps of the format tell: a line shares its front with itself. */
  #step({ bytes, from, to }: Span, header: number): Measured | null {
    if (this.#kernels === null || this.shape === null || header - from > LONGEST_FRONT) return null
    const [, status = 0, duration, stop] = this.#kernels.requests(from, to, this.shape, bytes.subarray(from, header))
    if (stop === undefined) return null
    return { status, duration: duration === NO_DURATION ? null : (duration ?? null) }
  }

  #read(body: string): Measured | null {
    return this.#last?.read(body)?.request ?? null
  }

  #viewOf(bytes: Buffer): DataView {
    if (this.#viewed !== bytes) this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    this.#viewed = bytes
    return this.#view
  }

  /** Remembers which format reads the message of a line that was read as a whole. */
  learn(text: string, header: number): void {
    const body = bodyOf(text, header)
    if (body === null) return
    for (const one of this.#known.within(body)) {
      const reading = one.read(body)
      if (reading === null) continue
      if (one !== this.#last) this.#remember(reading.request === null ? null : one)
      return
    }
  }
}

/** Where the message begins behind the first `: `; -1 where there is none. */
function bodyIn(bytes: Uint8Array, from: number, to: number): number {
  for (let at = from; at + 1 < to; at++) if (bytes[at] === 58 && bytes[at + 1] === 32) return at + 2
  return -1
}

const [TOPS, SPACES, ONES, DELETES] = [0x80808080, 0x20202020, 0x01010101, 0x7f7f7f7f]

/** Four bytes at a time: none has its top bit, none is below a space, none is DEL. */
function isPrintable(view: DataView, from: number, to: number): boolean {
  let at = from
  for (; at + 4 <= to; at += 4) {
    const word = view.getInt32(at)
    const deleted = word ^ DELETES
    if ((word | ((word - SPACES) & ~word) | ((deleted - ONES) & ~deleted)) & TOPS) return false
  }
  for (; at < to; at++) if (view.getUint8(at) < 32 || view.getUint8(at) > 126) return false
  return true
}

function bodyOf(text: string, header: number): string | null {
  const at = text.indexOf(': ', header)
  return at < 0 ? null : text.slice(at + 2)
}
