// Brings staged rows into a store that is being built.
import type { Database } from 'better-sqlite3'
import type { Duration } from '../model/index.ts'
import { allRows, number, text } from './record.ts'
import { RECORDS } from './rows/index.ts'
import { timeText } from './rows/time-text.ts'

/** The pages that tables start with, by name. */
export function rootPages(db: Database): Map<string, number> {
  const tables = allRows(db, "SELECT name, rootpage FROM sqlite_schema WHERE type = 'table'")
  return new Map(tables.map((row) => [text(row, 'name'), number(row, 'rootpage')]))
}

/** Adds all records of the store at `path` behind those that are there. */
export function copyRecords(db: Database, path: string): void {
  db.prepare('ATTACH ? AS new').run(path)
  db.exec('BEGIN')
  for (const { name, columns } of RECORDS) {
    const list = ['source_id', ...columns].join(', ')
    db.exec(`INSERT INTO main.${name} (${list}) SELECT ${list} FROM new.${name} ORDER BY id`)
  }
  db.exec('COMMIT')
  db.exec('DETACH new')
}

/** Moves all times of sources. @param shifts microseconds by id of the source */
export function shiftRecords(db: Database, shifts: ReadonlyMap<number, Duration>): void {
  if (shifts.size === 0) return
  db.function('time_text', { deterministic: true }, (at) => (typeof at === 'number' ? timeText(at) : null))
  db.exec('CREATE TEMP TABLE shifts (id INTEGER PRIMARY KEY, us INTEGER NOT NULL)')
  const shift = db.prepare('INSERT INTO shifts VALUES (?, ?)')
  for (const [source, by] of shifts) shift.run(source, Math.round(by))
  for (const { name, columns } of RECORDS) {
    for (const unix of columns.filter((column) => column.endsWith('time_unix_us'))) {
      const moved = `${unix.replace('_unix_us', '')} = time_text(${unix} + us), ${unix} = ${unix} + us`
      db.exec(`UPDATE ${name} SET ${moved} FROM shifts WHERE shifts.id = source_id AND ${unix} IS NOT NULL`)
    }
  }
  db.exec('DROP TABLE shifts')
}
