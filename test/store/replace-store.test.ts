// The file of a store: others may write it at the same time, leave a journal beside it, or open it with their own tools.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, readdirSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import Database from 'better-sqlite3'
import { createStore, openStore } from '../../src/store/index.ts'
import { replaceStore } from '../../src/store/replace-store.ts'
import { analysis, connection, folder } from './sample.ts'

const write = (file: string, sha256: string) =>
  createStore(file).finish({ ...analysis, bundle: { paths: [], sha256, kinds: [] } }, [], [])

function bundles(file: string): unknown[] {
  const store = openStore(file)
  const rows = [...store.query('SELECT sha256 FROM bundles ORDER BY id').rows].flat()
  store.close()
  return rows
}

test('what somebody else stored meanwhile is not lost: the new store is built again', (t) => {
  const dir = folder(t)
  const file = join(dir, 'a.db')
  let builds = 0
  replaceStore(file, (temporary) => {
    if (builds++ === 0) write(file, 'theirs')
    copyFileSync(file, temporary)
    const db = new Database(temporary)
    db.exec("INSERT INTO bundles (sha256, paths_json) VALUES ('ours', '[]')")
    db.close()
  })
  assert.equal(builds, 2)
  assert.deepEqual(bundles(file), ['theirs', 'ours'])
  assert.deepEqual(readdirSync(dir), ['a.db'])
})

test('a build that fails leaves the old store and nothing beside it', (t) => {
  const dir = folder(t)
  const file = join(dir, 'a.db')
  write(file, 'aa')
  assert.throws(() => replaceStore(file, () => assert.fail('on purpose')), { message: 'on purpose' })
  assert.deepEqual([bundles(file), readdirSync(dir)], [['aa'], ['a.db']])
})

test('a write-ahead log that another program left is taken in', (t) => {
  const dir = folder(t)
  const [file, live] = [join(dir, 'a.db'), join(dir, 'live.db')]
  write(live, 'aa')
  const db = new Database(live)
  db.pragma('journal_mode = WAL')
  db.exec("INSERT INTO bundles (sha256, paths_json) VALUES ('in the log', '[]')")
  for (const suffix of ['', '-wal']) copyFileSync(live + suffix, file + suffix)
  assert.throws(() => write(live, 'bb'), { code: 'store-busy' })
  db.close()
  write(file, 'bb')
  assert.deepEqual(bundles(file), ['aa', 'in the log', 'bb'])
  assert.ok(!existsSync(`${file}-wal`))
})

test('the mode that somebody gave the store, and a link to it, stay', (t) => {
  const dir = folder(t)
  const file = join(dir, 'a.db')
  write(file, 'aa')
  chmodSync(file, 0o640)
  symlinkSync(file, join(dir, 'link.db'))
  write(join(dir, 'link.db'), 'bb')
  assert.equal(statSync(file).mode & 0o777, 0o640)
  assert.deepEqual(bundles(file), ['aa', 'bb'])
})

test('a folder that does not exist is told before anything is read', (t) => {
  assert.throws(() => createStore(join(folder(t), 'absent', 'a.db')), { code: 'not-writable' })
})

test('the sqlite3 shell reads tables, views and the index', (t) => {
  const file = join(folder(t), 'a.db')
  const writer = createStore(file)
  writer.connection(1, connection)
  writer.finish(analysis, [], [0, 1])
  const sql = `PRAGMA integrity_check; SELECT cause FROM v_findings; SELECT count(*) FROM v_timeline;
    SELECT count(*) FROM evidence_fts WHERE evidence_fts MATCH '"ECONN"'; SELECT conn_state FROM connections`
  let answer = ''
  try {
    answer = execFileSync('sqlite3', ['-readonly', file, sql], { encoding: 'utf8' })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return t.skip('sqlite3 is not installed')
    throw error
  }
  assert.equal(answer, 'ok\nnetwork.refused\nupstream.bad-gateway\n5\n2\nREJ\n')
})
