// Files on disk: opened, and read synchronously into the reader's own memory.
import fs from 'node:fs'
import type { ByteReader } from '../model/index.ts'
import type { Context } from './context.ts'
import type { Place } from './place.ts'

/** Large enough that a call costs nothing beside the bytes, small enough to stay in the processor's cache. */
const PIECE = 128 * 1024

export class DiskFile implements ByteReader {
  readonly fd: number
  readonly #place: Place
  readonly #context: Context
  #position = 0

  constructor(fd: number, place: Place, context: Context) {
    this.fd = fd
    this.#place = place
    this.#context = context
  }

  read(target: Uint8Array): number {
    const length = this.#readAt(target, this.#position)
    this.#position += length
    this.#context.progress(length)
    return length
  }

  /** Goes on behind bytes that were read elsewhere. */
  pass(length: number): void {
    this.#position += length
    this.#context.progress(length)
  }

  /** Looks at bytes without moving on. */
  bytesAt(position: number, length: number): Uint8Array {
    const target = new Uint8Array(length)
    const read = this.#readAt(target, position)
    return read < length ? target.slice(0, read) : target
  }

  async *pieces(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const piece = Buffer.allocUnsafeSlow(PIECE)
      const length = this.read(piece)
      if (length === 0) return
      yield piece.subarray(0, length)
    }
  }

  close(): void {
    fs.closeSync(this.fd)
  }

  /** An error of the disk ends the file as damage ends a stream: with a notice. */
  #readAt(target: Uint8Array, position: number): number {
    try {
      return fs.readSync(this.fd, target, 0, target.length, position)
    } catch (error) {
      this.#context.notice(this.#place.label, 'not-readable', position, `cannot be read: ${reason(error)}`)
      return 0
    }
  }
}

/** Null, with a notice, where the file cannot be opened. */
export function openFile(path: Buffer, place: Place, context: Context): DiskFile | null {
  try {
    return new DiskFile(fs.openSync(path, 'r'), place, context)
  } catch (error) {
    context.notice(place.label, 'not-readable', null, `cannot be opened: ${reason(error)}`)
    return null
  }
}

/** What the system says, without the path that stands in the label: `EACCES: permission denied`. */
export function reason(error: unknown): string {
  return error instanceof Error ? error.message.replace(/, [a-z]+\b.*$/s, '') : String(error)
}
