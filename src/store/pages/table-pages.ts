// The rows of one table as a tree of pages, each row behind the one before (sqlite.org/fileformat2.html, 1.6).
import { behind, PAGE_SIZE, type PageFile } from './page-file.ts'
import { varintLength, writeVarint } from './varint.ts'

/** Kinds of pages, and the length of their headers. */
const LEAF = 13
const LEAF_HEADER = 8
const INTERIOR = 5
const INTERIOR_HEADER = 12
/** In a page's header: how many cells it has, where the lowest of them starts, and the page behind all cells. */
const CELLS = 3
const LOWEST = 5
const LAST_CHILD = 8
const POINTER = 2
const PAGE_NUMBER = 4

/** Bytes of a longer row than this lie in pages of their own, but for so many, or for some that make those full. */
const LARGEST = PAGE_SIZE - 35
const LEAST = Math.floor(((PAGE_SIZE - 12) * 32) / 255) - 23
const OVERFLOW = PAGE_SIZE - PAGE_NUMBER

/** Children of an interior page; two are left over, for none may stand alone. */
const CHILDREN = 1000
const LEFT_OVER = 2

/** A page, and the number of its last row. */
interface Child {
  readonly page: number
  readonly row: number
}

export class TablePages {
  readonly #file: PageFile
  readonly #leaf = Buffer.alloc(PAGE_SIZE)
  #cells = 0
  /** Where the lowest cell of the leaf starts. */
  #lowest = PAGE_SIZE
  /** Pages without a parent, by their height in the tree. */
  readonly #levels: Child[][] = []
  #rows = 0

  constructor(file: PageFile) {
    this.#file = file
  }

  /** Rows so far: the number of the last one. */
  get rows(): number {
    return this.#rows
  }

  /** Adds bytes [start, end) as the record of the next row. */
  add(bytes: Buffer, start: number, end: number): void {
    const length = end - start
    const local = localOf(length)
    const row = this.#rows + 1
    const size = varintLength(length) + varintLength(row) + local + (local < length ? PAGE_NUMBER : 0)
    if (this.#lowest - size < LEAF_HEADER + (this.#cells + 1) * POINTER) this.#turn()
    this.#rows = row
    this.#lowest -= size
    const leaf = this.#leaf
    leaf.writeUInt16BE(this.#lowest, LEAF_HEADER + this.#cells++ * POINTER)
    const at = writeVarint(leaf, writeVarint(leaf, this.#lowest, length), row)
    leaf.set(bytes.subarray(start, start + local), at)
    if (local < length) leaf.writeUInt32BE(this.#spill(bytes, start + local, end), at + local)
  }

  /** Writes what is left, the top of the tree as page `root`. */
  finish(root: number): void {
    if (this.#levels.length === 0) {
      this.#file.replace(root, this.#closed())
      return
    }
    this.#turn()
    for (let height = 0; height < this.#levels.length - 1; height++) this.#join(height, this.#levels[height] ?? [])
    this.#file.replace(root, interior(this.#levels.at(-1) ?? []))
  }

  /** @returns the first of the pages that hold these bytes */
  #spill(bytes: Buffer, start: number, end: number): number {
    const first = this.#file.next
    const page = Buffer.alloc(PAGE_SIZE)
    for (let at = start; at < end; at += OVERFLOW) {
      page.writeUInt32BE(at + OVERFLOW < end ? behind(this.#file.next) : 0)
      page.set(bytes.subarray(at, Math.min(end, at + OVERFLOW)), PAGE_NUMBER)
      this.#file.append(page)
    }
    return first
  }

  #closed(): Buffer {
    this.#leaf[0] = LEAF
    this.#leaf.writeUInt16BE(this.#cells, CELLS)
    this.#leaf.writeUInt16BE(this.#lowest, LOWEST)
    return this.#leaf
  }

  /** The leaf is full. */
  #turn(): void {
    this.#enter(0, { page: this.#file.append(this.#closed()), row: this.#rows })
    this.#cells = 0
    this.#lowest = PAGE_SIZE
  }

  #enter(height: number, child: Child): void {
    const level = this.#levels[height] ?? []
    this.#levels[height] = level
    level.push(child)
    if (level.length === CHILDREN + LEFT_OVER) this.#join(height, level.splice(0, CHILDREN))
  }

  /** Puts an interior page above its children. */
  #join(height: number, children: readonly Child[]): void {
    this.#enter(height + 1, { page: this.#file.append(interior(children)), row: children.at(-1)?.row ?? 0 })
  }
}

/** How many bytes of a row of this length lie in the leaf. */
function localOf(length: number): number {
  if (length <= LARGEST) return length
  const full = LEAST + ((length - LEAST) % OVERFLOW)
  return full <= LARGEST ? full : LEAST
}

function interior(children: readonly Child[]): Buffer {
  const page = Buffer.alloc(PAGE_SIZE)
  let lowest = PAGE_SIZE
  for (const [at, { page: number, row }] of children.slice(0, -1).entries()) {
    lowest -= PAGE_NUMBER + varintLength(row)
    page.writeUInt32BE(number, lowest)
    writeVarint(page, lowest + PAGE_NUMBER, row)
    page.writeUInt16BE(lowest, INTERIOR_HEADER + at * POINTER)
  }
  page[0] = INTERIOR
  page.writeUInt16BE(children.length - 1, CELLS)
  page.writeUInt16BE(lowest, LOWEST)
  page.writeUInt32BE(children.at(-1)?.page ?? 0, LAST_CHILD)
  return page
}
