// A store of an earlier version is brought to this one; every table and column says what it is.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import Database from 'better-sqlite3'
import { createStore, openStore } from '../../src/store/index.ts'
import { SCHEMA_VERSION } from '../../src/store/schema/index.ts'
import { analysis, cause, folder } from './sample.ts'

function firstVersion(file: string): void {
  const db = new Database(file)
  db.unsafeMode().exec(readFileSync(new URL('version-1.sql', import.meta.url), 'utf8'))
  db.close()
}

function definitions(file: string): unknown[] {
  const db = new Database(file, { readonly: true })
  const rows = db
    .prepare("SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name")
    .raw()
    .all()
  db.close()
  return rows
}

test('a store of version 1 opens, with its rows and all that later versions added', (t) => {
  const dir = folder(t)
  const file = join(dir, 'old.db')
  firstVersion(file)
  const store = openStore(file)
  assert.deepEqual([...store.query('PRAGMA user_version').rows], [[SCHEMA_VERSION]])
  assert.deepEqual([...store.query('SELECT uri FROM http').rows], [['/cart']])
  assert.deepEqual([...store.search('ECONNREFUSED').rows].length, 2)
  store.close()
  createStore(join(dir, 'new.db')).finish(analysis, [cause], [0, 1])
  assert.deepEqual(definitions(file), definitions(join(dir, 'new.db')))
})

test('a bundle can be added to a store of version 1', (t) => {
  const file = join(folder(t), 'old.db')
  firstVersion(file)
  createStore(file).finish({ ...analysis, bundle: { paths: [], sha256: 'bb', kinds: [] } }, [cause], [0, 1])
  const store = openStore(file)
  assert.deepEqual([...store.query('SELECT sha256 FROM bundles').rows], [['aa11'], ['bb']])
  store.close()
})

test('a store of a later version is refused, and left as it is', (t) => {
  const file = join(folder(t), 'a.db')
  createStore(file).finish(analysis, [], [])
  const db = new Database(file)
  db.pragma(`user_version = ${SCHEMA_VERSION + 1}`)
  db.close()
  const was = readFileSync(file)
  assert.throws(() => openStore(file), { code: 'store-too-new', hint: 'Use a newer faultline.' })
  assert.throws(() => createStore(file), { code: 'store-too-new' })
  assert.deepEqual(readFileSync(file), was)
})

test('what is no store is refused with a reason', (t) => {
  const dir = folder(t)
  assert.throws(() => openStore(join(dir, 'none.db')), { code: 'no-such-store' })
  assert.throws(() => openStore(dir), { code: 'not-a-store' })
})

test('every table and view is declared with a comment', (t) => {
  const file = join(folder(t), 'a.db')
  createStore(file).finish(analysis, [], [])
  const store = openStore(file)
  const entries = store.schema()
  assert.deepEqual(
    entries.map(({ name }) => name),
    [
      ...[
        'bundles',
        'runs',
        'sources',
        'minutes',
        'templates',
        'read_problems',
        'bundle_kinds',
        'events',
        'connections',
        'dns',
        'tls',
      ],
      ...['http', 'icmp', 'causes', 'findings', 'figures', 'evidence', 'finding_links', 'checks', 'evidence_fts'],
      ...['v_findings', 'v_timeline', 'v_requests', 'v_errors_by_minute', 'v_unread', 'v_http', 'v_slow'],
    ],
  )
  for (const { name, sql } of entries) assert.match(sql, /^CREATE .+ -- \w/, name)
  store.close()
})
