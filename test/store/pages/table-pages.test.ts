import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { PageFile } from '../../../src/store/pages/page-file.ts'
import { RecordWriter } from '../../../src/store/pages/record-writer.ts'
import { TablePages } from '../../../src/store/pages/table-pages.ts'
import type { Cell } from '../../../src/store/record.ts'
import { openStagingFile } from '../../../src/store/staging-file.ts'
import { folder } from '../sample.ts'

/** Writes rows of two tables by turns behind `gap` pages; what SQLite reads of both, and what it thinks of the file. */
function written(dir: string, rows: readonly Cell[][], gap: number) {
  const file = openStagingFile(dir, [
    'CREATE TABLE a (n INTEGER PRIMARY KEY, x, y)',
    'CREATE TABLE b (n INTEGER PRIMARY KEY, x)',
  ])
  const pages = new PageFile(file.descriptor, file.pages + gap)
  const [a, b] = [new TablePages(pages), new TablePages(pages)]
  const record = new RecordWriter(2)
  for (const row of rows) {
    record.write(row)
    a.add(record.bytes, record.start, record.end)
    record.write(row.slice(0, 1))
    b.add(record.bytes, record.start, record.end)
  }
  a.finish(file.rootOf('a'))
  b.finish(file.rootOf('b'))
  pages.finish()
  const found = {
    integrity: file.db.pragma('integrity_check', { simple: true }),
    a: file.db.prepare('SELECT n, x, y FROM a').raw().all(),
    b: file.db.prepare('SELECT n, x FROM b').raw().all(),
  }
  file.close()
  return found
}

function check(dir: string, rows: readonly Cell[][], gap = 0): void {
  const { integrity, a, b } = written(dir, rows, gap)
  if (gap === 0) assert.equal(integrity, 'ok')
  assert.deepEqual(
    a,
    rows.map((row, at) => [at + 1, ...row]),
  )
  assert.deepEqual(
    b,
    rows.map(([x], at) => [at + 1, x]),
  )
}

test('SQLite reads what was written', (t) => {
  const number = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0))
  const cell = fc.oneof(fc.constant(null), fc.integer(), fc.maxSafeInteger(), number, fc.string({ unit: 'grapheme' }))
  const rows = fc.array(fc.tuple(cell, cell))
  fc.assert(fc.property(rows, (some) => check(folder(t), some)))
})

test('a table without rows, with one leaf, with one interior page, with several', (t) => {
  for (const count of [0, 1, 3000, 40_000]) {
    check(
      folder(t),
      Array.from({ length: count }, (_, at) => [at, 'x'.repeat(at % 300)]),
    )
  }
})

test('long rows lie in pages of their own', (t) => {
  const edges = [
    16_300, 16_320, 16_336, 16_340, 16_346, 16_349, 16_360, 18_300, 18_420, 32_700, 32_760, 200_000, 3_000_000,
  ]
  check(
    folder(t),
    edges.map((length, at) => [at, 'y'.repeat(length)]),
  )
})

test('so many leaves that the tree is three pages high', (t) => {
  check(
    folder(t),
    Array.from({ length: 2100 }, (_, at) => [at, 'z'.repeat(12_000)]),
  )
})

test('tables and long rows reach over the page that SQLite locks', (t) => {
  for (const length of [9000, 100_000]) {
    check(
      folder(t),
      Array.from({ length: 60 }, (_, at) => [at, 'w'.repeat(length)]),
      65_500,
    )
  }
})
