// The pages of an SQLite file, written one behind the other (sqlite.org/fileformat2.html, 1.2 and 1.3).
import { readSync, writeSync } from 'node:fs'

/** Bytes of a page: rows of packets fill some fifty to one. */
export const PAGE_SIZE = 16_384
/** Pages that are written at once. */
const BLOCK = 16

/** Of the file's header: how often it changed, how many pages it has, and for which change that is said. */
const CHANGES = 24
const PAGES = 28
const SAID_FOR = 92
const HEADER_LENGTH = 100

export class PageFile {
  readonly #file: number
  readonly #block = Buffer.allocUnsafeSlow(BLOCK * PAGE_SIZE)
  #waiting = 0
  #count: number

  /** @param file open for reading and writing @param count pages that it has */
  constructor(file: number, count: number) {
    this.#file = file
    this.#count = count
  }

  /** The number that the next page gets. */
  get next(): number {
    return this.#count + 1
  }

  /** Copies a page behind all others. @returns its number */
  append(page: Uint8Array): number {
    this.#block.set(page, this.#waiting * PAGE_SIZE)
    this.#count++
    if (++this.#waiting === BLOCK) this.#flush()
    return this.#count
  }

  /** Puts a page where one is. */
  replace(number: number, page: Uint8Array): void {
    writeSync(this.#file, page, 0, PAGE_SIZE, (number - 1) * PAGE_SIZE)
  }

  /** Writes down what waits, and says in the header that there is more. */
  finish(): void {
    this.#flush()
    const header = Buffer.alloc(HEADER_LENGTH)
    readSync(this.#file, header, 0, HEADER_LENGTH, 0)
    const changes = header.readUInt32BE(CHANGES) + 1
    header.writeUInt32BE(changes, CHANGES)
    header.writeUInt32BE(changes, SAID_FOR)
    header.writeUInt32BE(this.#count, PAGES)
    writeSync(this.#file, header, 0, HEADER_LENGTH, 0)
  }

  #flush(): void {
    const first = this.#count - this.#waiting
    writeSync(this.#file, this.#block, 0, this.#waiting * PAGE_SIZE, first * PAGE_SIZE)
    this.#waiting = 0
  }
}
