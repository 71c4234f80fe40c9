// Rows on their way: kept in a nameless temporary database while sources are read, whatever the order they are read in.
import Database from 'better-sqlite3'
import type { Duration } from '../model/index.ts'
import { BulkInsert } from './bulk-insert.ts'
import type { RowTable } from './rows/row-table.ts'
import { timeText } from './rows/time-text.ts'

/** Staged rows are numbered source by source: row n of source s is s * 2^32 + n, so that each source is one range. */
const ROWS_PER_SOURCE = 2 ** 32

/**
 * SQLite removes the file when the process ends, however it ends. Its pages are on disk beyond a cache of fixed size:
 * memory does not grow with the rows.
 */
export class Staging {
  readonly #db = new Database('')
  readonly #tables = new Map<string, StagedTable>()

  constructor() {
    // Without a journal a failure leaves rows that nobody reads: SQLite wants that allowed.
    this.#db.unsafeMode()
    this.#db.pragma('journal_mode = OFF')
    this.#db.pragma('synchronous = OFF')
    // Rows are written one after the other and read once: pages need not be kept.
    this.#db.pragma('cache_size = -2000')
    this.#db.exec('BEGIN')
  }

  /** Moves the times of all rows of a source: its clock turned out to be off. */
  shift(source: number, by: Duration): void {
    this.#db.function('time_text', { deterministic: true }, (at) => (typeof at === 'number' ? timeText(at) : null))
    for (const table of this.#tables.values()) table.shift(source, by)
  }

  add<Row>(table: RowTable<Row>, source: number, row: Row): void {
    const staged = this.#tables.get(table.name) ?? this.#open(table.name, table.columns)
    staged.add(source, table.values(row))
  }

  /**
   * Moves all rows into the store `file`.
   * @param sourceIds ids in the store by number while reading, in the order the rows are to lie in; rows of others are
   * left out
   */
  moveTo(file: string, sourceIds: ReadonlyMap<number, number>): void {
    for (const table of this.#tables.values()) table.flush()
    if (this.#db.inTransaction) this.#db.exec('COMMIT')
    this.#db.prepare('ATTACH ? AS store').run(file)
    for (const pragma of ['journal_mode = OFF', 'synchronous = OFF', 'cache_size = -2000']) {
      this.#db.pragma(`store.${pragma}`)
    }
    this.#db.pragma('foreign_keys = OFF')
    this.#db.exec('BEGIN')
    for (const table of this.#tables.values()) table.moveTo('store', sourceIds)
    this.#db.exec('COMMIT; DETACH store')
  }

  close(): void {
    this.#db.close()
  }

  #open(name: string, columns: readonly string[]): StagedTable {
    const table = new StagedTable(this.#db, name, columns)
    this.#tables.set(name, table)
    return table
  }
}

class StagedTable {
  readonly #db: Database.Database
  readonly #name: string
  readonly #columns: readonly string[]
  readonly #insert: BulkInsert
  readonly #rows = new Map<number, number>()

  constructor(db: Database.Database, name: string, columns: readonly string[]) {
    this.#db = db
    this.#name = name
    this.#columns = columns
    db.exec(`CREATE TABLE staged_${name} (number INTEGER PRIMARY KEY, ${columns.join(', ')})`)
    this.#insert = new BulkInsert(db, `staged_${name}`, ['number', ...columns])
  }

  add(source: number, values: readonly (string | number | null)[]): void {
    const count = this.#rows.get(source) ?? 0
    this.#rows.set(source, count + 1)
    this.#insert.addNumbered(source * ROWS_PER_SOURCE + count, values)
  }

  flush(): void {
    this.#insert.flush()
  }

  shift(source: number, by: Duration): void {
    this.flush()
    for (const unix of this.#columns.filter((column) => column.endsWith('time_unix_us'))) {
      const text = unix.replace('_unix_us', '')
      this.#db
        .prepare(
          `UPDATE staged_${this.#name} SET ${text} = time_text(${unix} + @by), ${unix} = ${unix} + @by
           WHERE number >= @from AND number < @to AND ${unix} IS NOT NULL`,
        )
        .run({ by: Math.round(by), from: source * ROWS_PER_SOURCE, to: (source + 1) * ROWS_PER_SOURCE })
    }
  }

  moveTo(schema: string, sourceIds: ReadonlyMap<number, number>): void {
    const columns = this.#columns.join(', ')
    const move = this.#db.prepare(
      `INSERT INTO ${schema}.${this.#name} (source_id, ${columns})
       SELECT ?, ${columns} FROM staged_${this.#name} WHERE number >= ? AND number < ? ORDER BY number`,
    )
    for (const [source, id] of sourceIds) {
      if (!this.#rows.has(source)) continue
      move.run(id, source * ROWS_PER_SOURCE, (source + 1) * ROWS_PER_SOURCE)
    }
  }
}
