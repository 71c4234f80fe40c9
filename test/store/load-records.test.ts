// Records are written as the schema has them: column for column.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import Database from 'better-sqlite3'
import { RECORDS } from '../../src/store/rows/index.ts'
import { createSchema } from '../../src/store/schema/index.ts'

for (const { name, columns } of RECORDS) {
  test(`the columns of ${name} stand in the order of the schema`, () => {
    const db = new Database(':memory:')
    createSchema(db)
    assert.deepEqual(db.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(name), [
      'id',
      'source_id',
      ...columns,
    ])
    db.close()
  })
}
