// The pages of one table, filled row by row: a B-tree built from its leaves up (sqlite.org/fileformat2.html, 1.6).
import type { PageFile } from './page-file.ts'
import { varintLength, writeVarint } from './varint.ts'

const LEAF = 13
const INTERIOR = 5
const LEAF_HEADER = 8
const INTERIOR_HEADER = 12
const POINTER = 2
const PAGE_NUMBER = 4
/** Of a page's header. */
const CELLS = 3
const CONTENT = 5
const LAST_CHILD = 8

/** A page that stands, and the largest row in it or beneath it. */
interface Node {
  readonly page: number
  readonly last: number
}

export class TablePages {
  readonly #file: PageFile
  readonly #root: number
  readonly #page: Buffer
  readonly #spare: Buffer
  readonly #leaves: Node[] = []
  #cells = 0
  /** Where the cells of the leaf begin: they lie at its end, the last first. */
  #content: number
  #row = 0

  /** @param root the page of the empty table */
  constructor(file: PageFile, root: number) {
    this.#file = file
    this.#root = root
    this.#page = Buffer.alloc(file.pageSize)
    this.#spare = Buffer.alloc(file.pageSize)
    this.#content = file.pageSize
  }

  /** Adds the next row, whose number is one more than that of the row before. */
  add(bytes: Buffer, from: number, length: number): void {
    const row = this.#row + 1
    const local = localLength(length, this.#file.pageSize)
    const head = varintLength(length) + varintLength(row)
    const size = head + local + (local < length ? PAGE_NUMBER : 0)
    if (LEAF_HEADER + POINTER * (this.#cells + 1) + size > this.#content) this.#endLeaf()
    this.#content -= size
    this.#page.writeUInt16BE(this.#content, LEAF_HEADER + POINTER * this.#cells)
    const at = writeVarint(this.#page, writeVarint(this.#page, this.#content, length), row)
    bytes.copy(this.#page, at, from, from + local)
    if (local < length) {
      this.#page.writeUInt32BE(this.#overflow(bytes.subarray(from + local, from + length)), at + local)
    }
    this.#cells++
    this.#row = row
  }

  /** Puts the root in its place. */
  finish(): void {
    if (this.#leaves.length === 0) {
      this.#file.replace(this.#root, this.#leaf())
      return
    }
    this.#endLeaf()
    let nodes: Node[] = this.#leaves
    const most = this.#mostChildren()
    while (nodes.length > most) {
      nodes = groups(nodes, most).map((group) => ({
        page: this.#file.append(this.#interior(group)),
        last: group.at(-1)?.last ?? 0,
      }))
    }
    this.#file.replace(this.#root, this.#interior(nodes))
  }

  #endLeaf(): void {
    this.#leaves.push({ page: this.#file.append(this.#leaf()), last: this.#row })
    this.#page.fill(0)
    this.#cells = 0
    this.#content = this.#file.pageSize
  }

  #leaf(): Buffer {
    this.#page[0] = LEAF
    this.#page.writeUInt16BE(this.#cells, CELLS)
    this.#page.writeUInt16BE(this.#content & 0xffff, CONTENT)
    return this.#page
  }

  /** A chain of pages with what does not fit into a leaf. @returns the number of the first */
  #overflow(rest: Buffer): number {
    const room = this.#file.pageSize - PAGE_NUMBER
    let next = 0
    for (let part = Math.ceil(rest.length / room) - 1; part >= 0; part--) {
      this.#spare.fill(0)
      this.#spare.writeUInt32BE(next, 0)
      rest.copy(this.#spare, PAGE_NUMBER, part * room, Math.min(rest.length, (part + 1) * room))
      next = this.#file.append(this.#spare)
    }
    return next
  }

  /** That fit into a page, however long the numbers of their rows are. */
  #mostChildren(): number {
    const cell = POINTER + PAGE_NUMBER + varintLength(this.#row)
    return Math.floor((this.#file.pageSize - INTERIOR_HEADER) / cell) + 1
  }

  #interior(children: readonly Node[]): Buffer {
    const page = this.#spare.fill(0)
    let content = this.#file.pageSize
    for (const [at, { page: child, last }] of children.slice(0, -1).entries()) {
      content -= PAGE_NUMBER + varintLength(last)
      page.writeUInt16BE(content, INTERIOR_HEADER + POINTER * at)
      writeVarint(page, page.writeUInt32BE(child, content), last)
    }
    page[0] = INTERIOR
    page.writeUInt16BE(children.length - 1, CELLS)
    page.writeUInt16BE(content & 0xffff, CONTENT)
    page.writeUInt32BE(children.at(-1)?.page ?? 0, LAST_CHILD)
    return page
  }
}

/** Bytes of a record that lie in the leaf itself. */
function localLength(length: number, pageSize: number): number {
  const most = pageSize - 35
  if (length <= most) return length
  const least = Math.floor(((pageSize - 12) * 32) / 255) - 23
  const fitting = least + ((length - least) % (pageSize - PAGE_NUMBER))
  return fitting <= most ? fitting : least
}

/** Of nearly equal size, `most` at most: none has less than two. */
function groups(nodes: readonly Node[], most: number): Node[][] {
  const count = Math.ceil(nodes.length / most)
  return Array.from({ length: count }, (_, at) =>
    nodes.slice(Math.floor((at * nodes.length) / count), Math.floor(((at + 1) * nodes.length) / count)),
  )
}
