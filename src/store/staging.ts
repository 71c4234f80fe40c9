// Rows on their way: kept in a nameless temporary database while sources are read, whatever the order they are read in.
import Database from 'better-sqlite3'
import type { Duration } from '../model/index.ts'
import { PageFile } from './pages/page-file.ts'
import { LENGTH_BYTES, Records } from './pages/records.ts'
import { TablePages } from './pages/table-pages.ts'
import { readShortVarint } from './pages/varint.ts'
import type { RowTable } from './rows/row-table.ts'

/** Bytes of rows from which on they are put aside. */
const BATCH = 64 * 1024

/**
 * Rows are held as the store's file will hold them, a batch of one table and source as one value: a statement a row
 * would cost four times as much. SQLite removes the file when the process ends, however it ends; its pages are on disk
 * beyond a cache of fixed size: memory does not grow with the rows.
 */
export class Staging {
  readonly #db = new Database('')
  readonly #keep: Database.Statement
  readonly #take: Database.Statement
  readonly #tables = new Map<string, StagedTable>()
  readonly #shifts = new Map<number, Duration>()

  constructor() {
    this.#db.pragma('page_size = 65536')
    this.#db.pragma('journal_mode = OFF')
    this.#db.pragma('synchronous = OFF')
    // Rows are written one after the other and read once: pages need not be kept.
    this.#db.pragma('cache_size = -2000')
    this.#db.exec('CREATE TABLE batches (id INTEGER PRIMARY KEY, rows BLOB NOT NULL); BEGIN')
    this.#keep = this.#db.prepare('INSERT INTO batches (rows) VALUES (?)')
    this.#take = this.#db.prepare('SELECT rows FROM batches WHERE id = ?').pluck()
  }

  /** How far the times of all rows of a source are off: its clock turned out to be wrong. */
  shift(source: number, by: Duration): void {
    this.#shifts.set(source, (this.#shifts.get(source) ?? 0) + by)
  }

  get shifts(): ReadonlyMap<number, Duration> {
    return this.#shifts
  }

  add<Row>(table: RowTable<Row>, source: number, row: Row): void {
    let staged = this.#tables.get(table.name)
    if (staged === undefined) {
      staged = new StagedTable((rows) => Number(this.#keep.run(rows).lastInsertRowid))
      this.#tables.set(table.name, staged)
    }
    staged.add(source, table.values(row))
  }

  /**
   * Puts all rows into a store whose tables of records are empty, and which nobody has open.
   * @param roots pages of its tables
   * @param sourceIds ids in the store by number while reading, in the order the rows are to lie in; rows of others are
   * left out
   */
  fill(path: string, roots: ReadonlyMap<string, number>, sourceIds: ReadonlyMap<number, number>): void {
    const file = new PageFile(path)
    try {
      for (const [name, table] of this.#tables) {
        const pages = new TablePages(file, roots.get(name) ?? 0)
        table.flush()
        for (const [source, id] of sourceIds) {
          for (const batch of table.batches(source)) addAll(pages, this.#batch(batch), id)
        }
        pages.finish()
      }
    } finally {
      file.close()
    }
  }

  close(): void {
    this.#db.close()
  }

  #batch(id: number): Buffer {
    const rows = this.#take.get(id)
    if (!Buffer.isBuffer(rows)) throw new Error(`no batch ${id}`)
    return rows
  }
}

function addAll(pages: TablePages, rows: Buffer, source: number): void {
  for (let at = 0; at < rows.length; ) {
    const length = rows.readUInt32LE(at)
    const record = at + LENGTH_BYTES
    rows.writeInt32BE(source, record + readShortVarint(rows, record))
    pages.add(rows, record, length)
    at = record + length
  }
}

/** Rows of one table: those of the source at hand, and where those before them are. */
class StagedTable {
  readonly #keep: (rows: Buffer) => number
  readonly #records = new Records()
  readonly #batches = new Map<number, number[]>()
  #source = -1

  constructor(keep: (rows: Buffer) => number) {
    this.#keep = keep
  }

  add(source: number, values: readonly (string | number | null)[]): void {
    if (source !== this.#source || this.#records.length >= BATCH) {
      this.flush()
      this.#source = source
    }
    this.#records.add(values)
  }

  flush(): void {
    if (this.#records.length === 0) return
    const batches = this.#batches.get(this.#source) ?? []
    batches.push(this.#keep(this.#records.bytes.subarray(0, this.#records.length)))
    this.#batches.set(this.#source, batches)
    this.#records.clear()
  }

  batches(source: number): readonly number[] {
    return this.#batches.get(source) ?? []
  }
}
