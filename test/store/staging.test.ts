import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import Database from 'better-sqlite3'
import { Staging } from '../../src/store/staging.ts'
import { folder } from './sample.ts'

const TABLE = {
  name: 'seen',
  columns: ['time', 'time_unix_us', 'not_after_unix_us', 'what'],
  values: ([time, what]: readonly [number | null, string]) => [time === null ? null : 'before', time, time, what],
}

function check(t: Parameters<typeof folder>[0], expected: unknown[]): void {
  const file = join(folder(t), 'store.db')
  const db = new Database(file)
  db.exec(
    'CREATE TABLE seen (source_id INTEGER, time TEXT, time_unix_us INTEGER, not_after_unix_us INTEGER, what TEXT)',
  )
  const staging = new Staging(folder(t), [TABLE])
  for (const [source, what] of [
    [7, 'a'],
    [3, 'b'],
    [3, 'c'],
    [7, 'd'],
    [5, 'e'],
  ] as const) {
    staging.add(TABLE, source, [what === 'd' ? null : 1_000_000, what])
  }
  staging.shift(7, 1_000_000.4)
  // A store that somebody else replaced meanwhile is built again.
  for (let attempt = 0; attempt < 2; attempt++) {
    db.exec('DELETE FROM seen')
    staging.moveTo(
      file,
      new Map([
        [7, 1],
        [3, 2],
      ]),
    )
  }
  assert.deepEqual(db.prepare('SELECT * FROM seen ORDER BY rowid').raw().all(), expected)
  staging.close()
  db.close()
}

test('rows move source by source, those of sources without an id stay, times of a source whose clock was off are moved', (t) => {
  check(t, [
    [1, '1970-01-01T00:00:02.000Z', 2_000_000, 1_000_000, 'a'],
    [1, null, null, null, 'd'],
    [2, 'before', 1_000_000, 1_000_000, 'b'],
    [2, 'before', 1_000_000, 1_000_000, 'c'],
  ])
})
