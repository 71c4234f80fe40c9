// The pages of an SQLite file, written one behind the other (sqlite.org/fileformat2.html, 1.2 to 1.4).
import { readSync, writeSync } from 'node:fs'

/** Bytes of a page: rows of packets fill some fifty to one. */
export const PAGE_SIZE = 16_384
/** Pages that are written at once. */
const BLOCK = 16
/** SQLite locks bytes from here on: the page there stays empty. */
const LOCK_PAGE = 2 ** 30 / PAGE_SIZE + 1
const NOTHING = Buffer.alloc(PAGE_SIZE)

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
    return behind(this.#count)
  }

  /** Copies a page behind all others. @returns its number */
  append(page: Uint8Array): number {
    if (this.next !== this.#count + 1) this.#put(NOTHING)
    return this.#put(page)
  }

  /** Puts a page where one is. */
  replace(number: number, page: Uint8Array): void {
    this.#write(page, (number - 1) * PAGE_SIZE)
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
    this.#write(header, 0)
  }

  #put(page: Uint8Array): number {
    this.#block.set(page, this.#waiting * PAGE_SIZE)
    this.#count++
    if (++this.#waiting === BLOCK) this.#flush()
    return this.#count
  }

  #flush(): void {
    const first = this.#count - this.#waiting
    this.#write(this.#block.subarray(0, this.#waiting * PAGE_SIZE), first * PAGE_SIZE)
    this.#waiting = 0
  }

  /** A file system may take less at once than it is given. */
  #write(bytes: Uint8Array, at: number): void {
    for (let done = 0; done < bytes.length; ) {
      done += writeSync(this.#file, bytes, done, bytes.length - done, at + done)
    }
  }
}

/** The number of the page that follows another in the file. */
export function behind(page: number): number {
  return page + 1 === LOCK_PAGE ? page + 2 : page + 1
}
