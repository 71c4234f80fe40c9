// Whatever a person types as SQL reads the store and nothing else: one case for each known way around.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { createStore, openStore, type StoreReader } from '../../src/store/index.ts'
import { analysis, cause, connection } from './sample.ts'

let dir = ''
let store: StoreReader
const hash = () =>
  createHash('sha256')
    .update(readFileSync(join(dir, 'a.db')))
    .digest('hex')

before(() => {
  dir = mkdtempSync(join(tmpdir(), 'faultline-guard-'))
  const writer = createStore(join(dir, 'a.db'))
  writer.connection(0, connection)
  writer.finish(analysis, [cause], [0, 1])
  store = openStore(join(dir, 'a.db'))
})

after(() => {
  store.query('SELECT 1')
  store.close()
  rmSync(dir, { recursive: true })
})

const ask = (sql: string, parameters = {}) => [...store.query(sql, parameters).rows]

test('statements that read are let through', () => {
  const check = (sql: string, ...rows: unknown[]) => assert.deepEqual(ask(sql), rows, sql)
  check('SELECT 1', [1])
  check('select 1;', [1])
  check('\uFEFF  -- a comment\n /* another */ SELECT 1 -- and more', [1])
  check('VALUES (1), (2)', [1], [2])
  check('WITH a(b) AS (SELECT 3) SELECT b FROM a', [3])
  check('PRAGMA application_id', [1_179_407_436])
  check("SELECT 'ATTACH x; VACUUM INTO y'", ['ATTACH x; VACUUM INTO y'])
  check("SELECT 9007199254740991, 9007199254740993, x'c0ffee', NULL, 0.5", [
    9007199254740991,
    '9007199254740993',
    "x'c0ffee'",
    null,
    0.5,
  ])
  for (const sql of [
    'EXPLAIN SELECT 1',
    'EXPLAIN QUERY PLAN SELECT * FROM http',
    'PRAGMA table_info(http)',
    "PRAGMA table_info('http');",
    'PRAGMA quick_check',
  ]) {
    assert.ok(ask(sql).length > 0, sql)
  }
})

test('statements that write, or reach another file, are refused', () => {
  const was = hash()
  const out = join(dir, 'out.db')
  const refused = [
    `VACUUM INTO '${out}'`,
    'VACUUM',
    `ATTACH '${out}' AS other`,
    `ATTACH DATABASE '${out}' AS other`,
    'DETACH other',
    `/* hidden */ ATTACH '${out}' AS other`,
    `-- hidden\nATTACH '${out}' AS other`,
    `\uFEFFATTACH '${out}' AS other`,
    `;ATTACH '${out}' AS other`,
    `EXPLAIN ATTACH '${out}' AS other`,
    `EXPLAIN QUERY PLAN ATTACH '${out}' AS other`,
    `SELECT 1; ATTACH '${out}' AS other`,
    `SELECT 1; DROP TABLE findings`,
    'SELECT 1; SELECT 2',
    'INSERT INTO bundles (sha256, paths_json) VALUES (1, 2)',
    "INSERT INTO bundles (sha256, paths_json) VALUES ('x', '[]') RETURNING id",
    "UPDATE findings SET role = 'root' RETURNING id",
    'DELETE FROM findings RETURNING id',
    'WITH a AS (SELECT 1) DELETE FROM findings RETURNING id',
    "WITH a AS (SELECT 1) INSERT INTO bundles (sha256, paths_json) VALUES ('x', '[]') RETURNING id",
    'REPLACE INTO causes (id) VALUES (1)',
    'CREATE TABLE a (b)',
    'CREATE TEMP TABLE a (b)',
    'CREATE TEMP VIEW a AS SELECT 1',
    'CREATE VIRTUAL TABLE temp.a USING fts5(b)',
    'DROP TABLE findings',
    'ALTER TABLE findings RENAME TO a',
    'REINDEX',
    'ANALYZE',
    'BEGIN',
    'BEGIN EXCLUSIVE',
    'SAVEPOINT a',
    'COMMIT',
    'PRAGMA journal_mode = WAL',
    'PRAGMA journal_mode(WAL)',
    'PRAGMA main.journal_mode = DELETE',
    'PRAGMA user_version = 7',
    'PRAGMA user_version(7)',
    'PRAGMA/**/user_version/**/(7)',
    'PRAGMA writable_schema = ON',
    'PRAGMA query_only = OFF',
    'PRAGMA trusted_schema = ON',
    "PRAGMA temp_store_directory = '/tmp'",
    'PRAGMA optimize',
    'PRAGMA wal_checkpoint(TRUNCATE)',
    'PRAGMA table_info(http); PRAGMA query_only = OFF',
    'EXPLAIN PRAGMA query_only = OFF',
    'explain query plan pragma query_only = OFF',
    "SELECT load_extension('/tmp/x.so')",
    "SELECT LOAD_EXTENSION/**/('/tmp/x.so', 'main')",
    "SELECT fts3_tokenizer('simple', x'0000000000000000')",
    `SELECT writefile('${out}', 'x')`,
    "SELECT readfile('/etc/hostname')",
    "SELECT * FROM pragma_journal_mode('wal')",
    "SELECT * FROM fsdir('/')",
    '.tables',
    `.output ${out}`,
    '',
    ' -- only a comment',
    'SELECT',
    'SELECT ?',
    'SELECT :id',
  ]
  for (const sql of refused) assert.throws(() => ask(sql), { name: 'FaultlineError', code: 'bad-sql' }, sql)
  assert.deepEqual(ask('SELECT query_only, trusted_schema FROM pragma_query_only, pragma_trusted_schema'), [[1, 0]])
  assert.deepEqual(readdirSync(dir), ['a.db'])
  assert.equal(hash(), was)
})

test('functions that reach pragmas with side effects do nothing', () => {
  const was = hash()
  for (const name of ['optimize', 'wal_checkpoint', 'incremental_vacuum', 'journal_mode', 'shrink_memory']) {
    try {
      ask(`SELECT * FROM pragma_${name}`)
    } catch (error) {
      assert.ok(error instanceof Error && 'code' in error && error.code === 'bad-sql')
    }
  }
  assert.equal(hash(), was)
  assert.deepEqual(readdirSync(dir), ['a.db'])
})

test('an error says what SQLite said, and the name that was perhaps meant', () => {
  const check = (sql: string, message: string, hint: string) => assert.throws(() => ask(sql), { message, hint }, sql)
  check('SELECT * FROM finding', 'SQLite: no such table: finding.', 'Did you mean findings?')
  check('SELECT * FROM main.conections', 'SQLite: no such table: main.conections.', 'Did you mean connections?')
  check('SELECT * FROM conn', 'SQLite: no such table: conn.', 'Did you mean connections?')
  check('SELECT * FROM v_timelin', 'SQLite: no such table: v_timelin.', 'Did you mean v_timeline?')
  check('SELECT stauts_code FROM http', 'SQLite: no such column: stauts_code.', 'Did you mean status_code?')
  check('SELECT h.user_agnet FROM http AS h', 'SQLite: no such column: h.user_agnet.', 'Did you mean user_agent?')
  check('SELECT cause FROM findings', 'SQLite: no such column: cause.', 'Did you mean cause_id?')
  check(
    'SELECT * FROM zzzzzz',
    'SQLite: no such table: zzzzzz.',
    '`faultline query --schema` shows tables and columns.',
  )
  check('SELECT FROM', 'SQLite: near "FROM": syntax error.', '`faultline query --schema` shows tables and columns.')
  check(
    'SELECT 1; SELECT 2',
    'Only one statement at a time is allowed.',
    '`faultline query --schema` shows tables and columns.',
  )
  check(
    '.tables',
    '.tables is a command of the sqlite3 shell, not SQL.',
    '`faultline query --schema` shows tables, `faultline query --list` saved queries.',
  )
})

test('what fails while rows are read is the same error', () => {
  const { rows } = store.query("SELECT json(value) FROM (SELECT '[1]' AS value UNION ALL SELECT '[')")
  assert.throws(() => [...rows], { code: 'bad-sql', message: 'SQLite: malformed JSON.' })
})

test('rows are computed as they are asked for', () => {
  const { rows } = store.query('WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n')
  for (const [i] of rows) if (i === 3) break
  assert.deepEqual(ask('SELECT 1'), [[1]])
})

test('parameters are given by name', () => {
  assert.deepEqual(ask('SELECT :a, @b, $c', { a: 1, b: 'x', c: null }), [[1, 'x', null]])
  assert.deepEqual(ask('SELECT 1', { unused: 1 }), [[1]])
})
