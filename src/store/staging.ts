// Rows on their way: kept in a nameless file while sources are read, whatever the order they are read in.
import type Database from 'better-sqlite3'
import type { Duration } from '../model/index.ts'
import { PageFile } from './pages/page-file.ts'
import { RecordWriter } from './pages/record-writer.ts'
import { TablePages } from './pages/table-pages.ts'
import type { Cell } from './record.ts'
import type { RowTable } from './rows/row-table.ts'
import { timeText } from './rows/time-text.ts'
import { openStagingFile, type StagingFile } from './staging-file.ts'

/** What a table of records is here. */
export type StagedColumns = Pick<RowTable<never>, 'name' | 'columns'>

/**
 * The pages of the file are written here, as SQLite lays them out: to bind the values of a row to a statement costs three
 * times as much. SQLite reads them when the rows move into the store. They are on disk: memory does not grow with the rows.
 */
export class Staging {
  readonly #file: StagingFile
  readonly #pages: PageFile
  readonly #tables: ReadonlyMap<string, StagedTable>
  readonly #shifts = new Map<number, Duration>()
  #isComplete = false

  /** @param folder a new one, which goes with the rows */
  constructor(folder: string, tables: readonly StagedColumns[]) {
    this.#file = openStagingFile(folder, tables.map(schemaOf))
    this.#pages = new PageFile(this.#file.descriptor, this.#file.pages)
    this.#tables = new Map(tables.map((table) => [table.name, new StagedTable(this.#pages, table)]))
  }

  add<Row>(table: RowTable<Row>, source: number, row: Row): void {
    this.#tables.get(table.name)?.add(source, table.values(row))
  }

  /** Moves the times of all rows of a source: its clock turned out to be off. */
  shift(source: number, by: Duration): void {
    this.#shifts.set(source, (this.#shifts.get(source) ?? 0) + Math.round(by))
  }

  /**
   * Moves all rows into the store `file`.
   * @param sourceIds ids in the store by number while reading, in the order the rows are to lie in; rows of others are
   * left out
   */
  moveTo(file: string, sourceIds: ReadonlyMap<number, number>): void {
    const db = this.#read()
    db.prepare('ATTACH ? AS store').run(file)
    for (const pragma of ['journal_mode = OFF', 'synchronous = OFF', 'cache_size = -2000']) db.pragma(`store.${pragma}`)
    db.pragma('foreign_keys = OFF')
    db.function('time_text', { deterministic: true }, (at) => (typeof at === 'number' ? timeText(at) : null))
    db.exec('BEGIN')
    for (const table of this.#tables.values()) table.moveTo(db, sourceIds, this.#shifts)
    db.exec('COMMIT; DETACH store')
  }

  close(): void {
    this.#file.close()
  }

  /** The rows as SQLite sees them: all were added. */
  #read(): Database.Database {
    if (!this.#isComplete) {
      for (const [name, table] of this.#tables) table.finish(this.#file.rootOf(stagedName(name)))
      this.#pages.finish()
    }
    this.#isComplete = true
    return this.#file.db
  }
}

/** Rows of one source that lie behind one another: their first and last number. */
interface Run {
  readonly first: number
  last: number
}

class StagedTable {
  readonly #name: string
  readonly #columns: readonly string[]
  readonly #record: RecordWriter
  readonly #pages: TablePages
  readonly #runs = new Map<number, Run[]>()
  #source = -1
  #run: Run = { first: 0, last: 0 }

  constructor(file: PageFile, { name, columns }: StagedColumns) {
    this.#name = name
    this.#columns = columns
    this.#record = new RecordWriter(columns.length)
    this.#pages = new TablePages(file)
  }

  add(source: number, values: readonly Cell[]): void {
    this.#record.write(values)
    this.#pages.add(this.#record.bytes, this.#record.start, this.#record.end)
    if (source !== this.#source) this.#begin(source)
    this.#run.last = this.#pages.rows
  }

  finish(root: number): void {
    this.#pages.finish(root)
  }

  moveTo(db: Database.Database, sourceIds: ReadonlyMap<number, number>, shifts: ReadonlyMap<number, Duration>): void {
    if (this.#runs.size === 0) return
    const asTheyAre = this.#mover(db, this.#columns)
    const shifting = this.#mover(db, this.#columns.map(shifted))
    for (const [source, id] of sourceIds) {
      const by = shifts.get(source) ?? 0
      const move = by === 0 ? asTheyAre : shifting
      for (const { first, last } of this.#runs.get(source) ?? []) move.run({ id, first, last, by })
    }
  }

  #begin(source: number): void {
    const runs = this.#runs.get(source) ?? []
    this.#runs.set(source, runs)
    this.#source = source
    this.#run = { first: this.#pages.rows, last: this.#pages.rows }
    runs.push(this.#run)
  }

  #mover(db: Database.Database, values: readonly string[]): Database.Statement {
    return db.prepare(
      `INSERT INTO store.${this.#name} (source_id, ${this.#columns.join(', ')})
       SELECT @id, ${values.join(', ')} FROM ${stagedName(this.#name)}
       WHERE number BETWEEN @first AND @last ORDER BY number`,
    )
  }
}

/** A time stands in two columns, as text and as a number. */
const UNIX = '_unix_us'

/** A column, that of a time moved by so much. */
function shifted(column: string, _: number, columns: readonly string[]): string {
  if (column.endsWith(`time${UNIX}`)) return `${column} + @by`
  const unix = column + UNIX
  return column.endsWith('time') && columns.includes(unix) ? `time_text(${unix} + @by)` : column
}

function stagedName(table: string): string {
  return `staged_${table}`
}

function schemaOf({ name, columns }: StagedColumns): string {
  return `CREATE TABLE ${stagedName(name)} (number INTEGER PRIMARY KEY, ${columns.join(', ')})`
}
