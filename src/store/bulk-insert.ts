// Writes many rows of one table: ten to a statement, which costs two thirds of one to a statement.
import type { Database, Statement } from 'better-sqlite3'
import type { Cell } from './record.ts'

const ROWS_PER_STATEMENT = 10

export class BulkInsert {
  readonly #width: number
  readonly #one: Statement
  readonly #many: Statement
  /** Cells of up to ten rows, the same array for all: a new one for every ten rows costs as much as SQLite does. */
  readonly #cells: Cell[]
  #used = 0

  constructor(db: Database, table: string, columns: readonly string[]) {
    const row = `(${columns.map(() => '?').join(', ')})`
    const insert = `INSERT INTO ${table} (${columns.join(', ')}) VALUES `
    this.#width = columns.length
    this.#one = db.prepare(insert + row)
    this.#many = db.prepare(insert + Array(ROWS_PER_STATEMENT).fill(row).join(', '))
    this.#cells = Array<Cell>(ROWS_PER_STATEMENT * columns.length).fill(null)
  }

  add(values: readonly Cell[]): void {
    for (let at = 0; at < values.length; at++) this.#cells[this.#used++] = values[at] ?? null
    if (this.#used < this.#cells.length) return
    this.#many.run(this.#cells)
    this.#used = 0
  }

  /** A row whose first cell is a number of its own. */
  addNumbered(number: number, values: readonly Cell[]): void {
    this.#cells[this.#used++] = number
    this.add(values)
  }

  flush(): void {
    for (let at = 0; at < this.#used; at += this.#width) this.#one.run(this.#cells.slice(at, at + this.#width))
    this.#used = 0
  }
}
