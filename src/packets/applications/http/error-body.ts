// The text of a response that says what went wrong: the first bytes of its body, where they are text.
import { constants, gunzipSync } from 'node:zlib'
import { utf8 } from '../bytes.ts'
import type { ResponseHead } from './head.ts'

const KEPT = 2048
const SHOWN = 512
const UNPACKED = 65_536

/** Collects the beginning of one error response's body. */
export class ErrorBody {
  readonly #bytes = new Uint8Array(KEPT)
  readonly #isPacked: boolean
  #filled = 0

  private constructor(encoding: string | null) {
    this.#isPacked = encoding === 'gzip' || encoding === 'x-gzip'
  }

  /** Null where the response tells no error in text. */
  static of({ status, fields }: ResponseHead): ErrorBody | null {
    if (status < 400) return null
    const isText = /^text|json|xml|urlencoded/i.test(fields.contentType ?? 'text')
    return isText ? new ErrorBody(fields.contentEncoding) : null
  }

  add(bytes: Uint8Array): void {
    const more = bytes.subarray(0, KEPT - this.#filled)
    this.#bytes.set(more, this.#filled)
    this.#filled += more.length
  }

  /** Null where nothing was readable. */
  text(): string | null {
    const bytes = this.#bytes.subarray(0, this.#filled)
    const text = utf8(this.#isPacked ? unpack(bytes) : bytes).slice(0, SHOWN)
    return text === '' || isBinary(text) ? null : text
  }
}

/** What the first bytes of a gzip stream hold; the rest of the stream is not there. */
function unpack(bytes: Uint8Array): Uint8Array {
  try {
    return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: UNPACKED })
  } catch {
    return new Uint8Array(0) // damaged, or no gzip at all: then there is no text to show
  }
}

function isBinary(text: string): boolean {
  return /[\0-\x08\x0e-\x1f]/.test(text)
}
