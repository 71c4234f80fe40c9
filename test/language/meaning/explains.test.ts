import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problemsOf } from '../problems-of.ts'

const cause = (id: string, key: string) =>
  `cause ${id} title "t" severity low key ${key} weak when tcp.refused by ${key.replace(/\w+/g, '_')}\n`
const causes = cause('a.x', 'server') + cause('a.y', 'unit') + cause('b.x', 'server, port') + cause('b.y', 'name')

const check = async (explains: string, ...problems: readonly string[]) =>
  assert.deepEqual(await problemsOf(causes + explains), problems, explains)

test('causes and families must exist', async () => {
  await check('explain a.x by b.x within 1m')
  await check('explain a.* by b.* within 1m')
  await check('explain a.z by b.x within 1m', '5:9 unknown-cause: there is no cause `a.z` → `a.x`')
  await check('explain a.x by c.* within 1m', '5:16 unknown-cause: no cause belongs to `c.*` → `a.*`')
})

test('parts that must be equal are parts of a key', async () => {
  await check('explain a.x by b.x when same server within 1m')
  await check('explain a.y by b.x when unit = server within 1m')
  await check(
    'explain a.x by b.x when same server, port within 1m',
    '5:38 unknown-field: no key of `a.x` has a part `port`',
  )
  await check(
    'explain a.x by b.x',
    '5:1 missing-clause: `explain` says how far apart the two may be: `within 1m` → `within 1m`',
  )
})

test('nothing explains itself, directly or round a circle', async () => {
  await check('explain a.x by a.x within 1m', '5:16 self-explained: `a.x` cannot explain itself')
  await check('explain a.* by a.x within 1m')
  await check(
    'explain a.x by b.x within 1m\nexplain b.x by b.y within 1m\nexplain b.y by a.* within 1m',
    '7:1 cycle: explanations go round in a circle: `b.y` by `a.x` by `b.x` by `b.y`',
  )
})
