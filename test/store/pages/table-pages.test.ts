// A table built page by page is one that SQLite finds whole, and that holds what was put into it.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { PageFile } from '../../../src/store/pages/page-file.ts'
import { LENGTH_BYTES, Records } from '../../../src/store/pages/records.ts'
import { TablePages } from '../../../src/store/pages/table-pages.ts'
import { folder } from '../sample.ts'

type Cell = string | number | null

/** The rows as SQLite reads them, from a table in a file of such pages. */
function written(t: TestContext, rows: readonly (readonly Cell[])[], pageSize: number): unknown[] {
  const path = join(folder(t), 'a.db')
  const made = new Database(path)
  made.pragma(`page_size = ${pageSize}`)
  made.exec('CREATE TABLE t (id INTEGER PRIMARY KEY, source_id INTEGER NOT NULL, a ANY, b ANY, c REAL) STRICT')
  const root = Number(made.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 't'").pluck().get())
  made.close()
  const file = new PageFile(path)
  const pages = new TablePages(file, root)
  const records = new Records()
  for (const row of rows) {
    records.clear()
    records.add(row)
    pages.add(records.bytes, LENGTH_BYTES, records.length - LENGTH_BYTES)
  }
  pages.finish()
  file.close()
  const db = new Database(path, { readonly: true })
  assert.equal(db.pragma('integrity_check', { simple: true }), 'ok')
  const found = db.prepare('SELECT a, b, c FROM t ORDER BY id').raw().all()
  assert.deepEqual(
    db.prepare('SELECT id FROM t ORDER BY id').pluck().all(),
    rows.map((_, at) => at + 1),
  )
  db.close()
  return found
}

function check(t: TestContext, rows: readonly (readonly Cell[])[], pageSize = 512): void {
  assert.deepEqual(written(t, rows, pageSize), rows)
}

const EDGES = [0, 1, 2, -1, 127, 128, -128, -129, 32_767, 32_768, -32_768, -32_769, 8_388_607, 8_388_608, -8_388_609]
const LONG_EDGES = [
  2 ** 31 - 1,
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 47 - 1,
  2 ** 47,
  -(2 ** 47) - 1,
  2 ** 53 - 1,
  1 - 2 ** 53,
]

test('numbers of every width come back', (t) => {
  check(
    t,
    [...EDGES, ...LONG_EDGES].map((value) => [value, null, value + 0.5]),
  )
})

test('texts come back, whatever their script and length', (t) => {
  const texts = [
    '',
    'a',
    'é',
    '連線逾時',
    '🙂',
    '\0',
    'a'.repeat(48),
    'é'.repeat(48),
    'b'.repeat(500),
    '連'.repeat(3000),
  ]
  check(
    t,
    texts.map((text) => [text, `${text}${text}`, null]),
  )
})

test('what is not a number is nothing', (t) => {
  assert.deepEqual(written(t, [[Number.NaN, 'a', 0.25]], 512), [[null, 'a', 0.25]])
})

for (const count of [0, 1, 10, 11, 100, 2000, 40_000]) {
  test(`a table of ${count} rows`, (t) => {
    check(
      t,
      Array.from({ length: count }, (_, at) => [`row ${at}`, at, null]),
    )
  })
}

test('a record may fill its page to the last byte, and go beyond it', (t) => {
  check(
    t,
    Array.from({ length: 1600 }, (_, length) => ['x'.repeat(length), null, null]),
  )
})

test('any rows, in pages as the store has them', (t) => {
  const cell = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 9000 }), fc.maxSafeInteger(), fc.constant(null))
  const row = fc.tuple(cell, cell, fc.constantFrom(0.5, null))
  fc.assert(
    fc.property(fc.array(row, { maxLength: 60 }), (rows) => check(t, rows, 8192)),
    { numRuns: 20 },
  )
})
