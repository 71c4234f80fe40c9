// A kill at any moment leaves the old store or the new one.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { createStore, openStore } from '../../src/store/index.ts'
import { analysis, folder } from './sample.ts'

const CHILD = new URL('kill-child.ts', import.meta.url).pathname
const KILLS = 32
const LANES = 4

/** What each bundle holds: its round, and how many rows of which rounds. */
const CONTENT = `SELECT sha256, CAST(command AS INTEGER) AS round,
    (SELECT group_concat(DISTINCT ltrim(uri, '/') || ' ' || source_id) FROM http JOIN sources ON sources.id = source_id
      WHERE sources.bundle_id = bundles.id),
    (SELECT count(*) FROM http JOIN sources ON sources.id = source_id WHERE sources.bundle_id = bundles.id),
    (SELECT group_concat(DISTINCT uid) FROM connections JOIN sources ON sources.id = source_id WHERE sources.bundle_id = bundles.id),
    (SELECT group_concat(DISTINCT body) FROM events JOIN sources ON sources.id = source_id WHERE sources.bundle_id = bundles.id),
    (SELECT count(*) FROM evidence JOIN findings ON findings.id = finding_id WHERE findings.bundle_id = bundles.id),
    (SELECT id FROM sources WHERE sources.bundle_id = bundles.id AND position = 0)
  FROM bundles JOIN runs ON runs.bundle_id = bundles.id ORDER BY sha256`

function checkWhole(file: string): void {
  const store = openStore(file)
  const ask = (sql: string) => [...store.query(sql).rows]
  assert.deepEqual(ask('SELECT * FROM pragma_integrity_check'), [['ok']])
  assert.deepEqual(ask('SELECT * FROM pragma_foreign_key_check'), [])
  const bundles = ask(CONTENT)
  assert.ok(bundles.length === 1 || bundles.length === 2)
  for (const [sha256, round, http, rows, connections, events, evidence, first] of bundles) {
    assert.equal(sha256, Number(round) % 2 === 0 ? 'even' : 'odd')
    assert.deepEqual([http, rows, connections, events, evidence], [`${round} ${first}`, 50, `${round}`, `${round}`, 3])
  }
  const [even, odd] = bundles.map(([, round]) => Number(round))
  if (even !== undefined && odd !== undefined) assert.equal(Math.abs(even - odd), 1)
  store.close()
}

async function killAfter(t: TestContext, file: string, milliseconds: number): Promise<void> {
  const child = spawn(process.execPath, [CHILD, file], { stdio: ['ignore', 'pipe', 'inherit'] })
  t.after(() => child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  await wait(milliseconds)
  child.kill('SIGKILL')
  await once(child, 'exit')
}

test('a process killed while it writes leaves one whole store', async (t) => {
  const dir = folder(t)
  const killing = async (lane: number) => {
    for (let kill = lane; kill < KILLS; kill += LANES) {
      const file = join(dir, `${kill}.db`)
      await killAfter(t, file, (kill * 7919) % 101)
      checkWhole(file)
    }
  }
  await Promise.all(Array.from({ length: LANES }, (_, lane) => killing(lane)))
})

test('what a killed process left is removed after a day', (t) => {
  const dir = folder(t)
  const file = join(dir, 'a.db')
  const old = join(dir, '.a.db-123456')
  for (const path of [old, join(dir, '.a.db-abcdef'), join(dir, '.b.db-123456')]) mkdirSync(path)
  utimesSync(old, 0, 0)
  utimesSync(join(dir, '.b.db-123456'), 0, 0)
  createStore(file).finish(analysis, [], [])
  assert.deepEqual(readdirSync(dir).sort(), ['.a.db-abcdef', '.b.db-123456', 'a.db'])
})
