// Text of another character set, given as UTF-8 while it is read.
import { TextDecoder } from 'node:util'
import type { ByteReader } from '../model/index.ts'
import { Utf32Decoder } from './utf32.ts'

const PIECE = 64 * 1024

function decoderOf(charset: string): Pick<Utf32Decoder, 'decode'> {
  return charset.startsWith('utf-32') ? new Utf32Decoder(charset) : new TextDecoder(charset)
}

export function transcoded(bytes: Uint8Array, charset: string): Uint8Array {
  return new TextEncoder().encode(decoderOf(charset).decode(bytes, { stream: true }))
}

export class Transcoder implements ByteReader {
  readonly #bytes: ByteReader
  readonly #decoder: Pick<Utf32Decoder, 'decode'>
  readonly #encoder = new TextEncoder()
  readonly #raw = new Uint8Array(PIECE)
  #rest: Uint8Array = new Uint8Array(0)
  #isAtEnd = false

  constructor(bytes: ByteReader, charset: string) {
    this.#bytes = bytes
    this.#decoder = decoderOf(charset)
  }

  /** Waits only where the bytes beneath must be waited for. */
  read(target: Uint8Array): number | Promise<number> {
    while (this.#rest.length === 0 && !this.#isAtEnd) {
      const length = this.#bytes.read(this.#raw)
      if (typeof length !== 'number') return length.then((read) => this.#readAfter(read, target))
      this.#decode(length)
    }
    return this.#give(target)
  }

  #readAfter(length: number, target: Uint8Array): number | Promise<number> {
    this.#decode(length)
    return this.read(target)
  }

  /** The decoder keeps a character that the piece has cut; at the end it gives up what is left of one. */
  #decode(length: number): void {
    this.#isAtEnd = length === 0
    this.#rest = this.#encoder.encode(this.#decoder.decode(this.#raw.subarray(0, length), { stream: !this.#isAtEnd }))
  }

  #give(target: Uint8Array): number {
    const length = Math.min(target.length, this.#rest.length)
    target.set(this.#rest.subarray(0, length))
    this.#rest = this.#rest.subarray(length)
    return length
  }
}
