// The file of a SQLite database that nobody has open: pages are put behind its last, or in place of one.
import { closeSync, openSync, readSync, writeSync } from 'node:fs'

/** Fields of the header (sqlite.org/fileformat2.html, 1.3). */
const PAGE_SIZE = 16
const CHANGE_COUNTER = 24
const PAGE_COUNT = 28
const VERSION_VALID_FOR = 92
const HEADER_LENGTH = 100
/** The page with this byte is for locks, and holds nothing. */
const LOCK_BYTE = 2 ** 30
/** Pages written at once. */
const BLOCK = 64

export class PageFile {
  readonly pageSize: number
  readonly #file: number
  readonly #header = Buffer.alloc(HEADER_LENGTH)
  readonly #block: Buffer
  /** Pages of the file, those that wait in the block included. */
  #pages: number
  #waiting = 0

  constructor(path: string) {
    this.#file = openSync(path, 'r+')
    readSync(this.#file, this.#header, 0, HEADER_LENGTH, 0)
    this.pageSize = this.#header.readUInt16BE(PAGE_SIZE)
    this.#pages = this.#header.readUInt32BE(PAGE_COUNT)
    this.#block = Buffer.alloc(BLOCK * this.pageSize)
  }

  /** @returns its number */
  append(page: Buffer): number {
    if (this.#pages * this.pageSize === LOCK_BYTE) this.#add(Buffer.alloc(this.pageSize))
    return this.#add(page)
  }

  replace(number: number, page: Buffer): void {
    writeSync(this.#file, page, 0, this.pageSize, (number - 1) * this.pageSize)
  }

  /** Says in the header what the file has become. */
  close(): void {
    this.#flush()
    const version = (this.#header.readUInt32BE(CHANGE_COUNTER) + 1) >>> 0
    this.#header.writeUInt32BE(version, CHANGE_COUNTER)
    this.#header.writeUInt32BE(version, VERSION_VALID_FOR)
    this.#header.writeUInt32BE(this.#pages, PAGE_COUNT)
    writeSync(this.#file, this.#header, 0, HEADER_LENGTH, 0)
    closeSync(this.#file)
  }

  #add(page: Buffer): number {
    page.copy(this.#block, this.#waiting * this.pageSize, 0, this.pageSize)
    this.#waiting++
    this.#pages++
    if (this.#waiting === BLOCK) this.#flush()
    return this.#pages
  }

  #flush(): void {
    const length = this.#waiting * this.pageSize
    const from = (this.#pages - this.#waiting) * this.pageSize
    for (let done = 0; done < length; ) done += writeSync(this.#file, this.#block, done, length - done, from + done)
    this.#waiting = 0
  }
}
