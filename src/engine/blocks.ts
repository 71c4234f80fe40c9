// Rows of numbers in blocks, each twice as long as the one before: what is there is never copied, nor let go for more.

const FIRST_ROWS = 16
/** Rows of all blocks before a block, in first blocks, plus one, is a power of two. */
const FIRST_BITS = 4

export class Blocks<Numbers extends Int32Array | Float64Array> {
  readonly #blocks: Numbers[] = []
  readonly #make: (rows: number) => Numbers
  readonly #width: number

  /** @param make a block of so many rows @param width numbers of a row */
  constructor(make: (rows: number) => Numbers, width: number) {
    this.#make = make
    this.#width = width
  }

  /** 0 where nothing was set. */
  get(row: number, which: number): number {
    const block = blockOf(row)
    return this.#blocks[block]?.[placeIn(block, row) * this.#width + which] ?? 0
  }

  /** Rows are set in their order, or again. */
  set(row: number, which: number, value: number): void {
    const block = blockOf(row)
    let numbers = this.#blocks[block]
    if (numbers === undefined) {
      numbers = this.#make(FIRST_ROWS << block)
      this.#blocks.push(numbers)
    }
    numbers[placeIn(block, row) * this.#width + which] = value
  }
}

function blockOf(row: number): number {
  return 31 - Math.clz32((row >>> FIRST_BITS) + 1)
}

function placeIn(block: number, row: number): number {
  return row - ((FIRST_ROWS << block) - FIRST_ROWS)
}
