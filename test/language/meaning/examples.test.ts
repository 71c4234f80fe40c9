import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseRules } from '../../../src/language/index.ts'
import { problemsOf } from '../problems-of.ts'

const cause = 'cause a.b title "t" severity low key server weak when tcp.refused\n'
const check = async (example: string, ...problems: readonly string[]) =>
  assert.deepEqual(await problemsOf(`${cause}example "e"\n${example}`), problems, example)

test('an example gives something and expects something', async () => {
  await check('given x\n  y\nexpect nothing else')
  await check('expect nothing else', '2:9 missing-clause: this example gives nothing')
  await check('given x\n  y\n', '2:9 missing-clause: this example expects nothing')
})

test('what is expected exists', async () => {
  await check('given x\nexpect a.b with server == 10.0.0.7, confidence >= 0.7, count == 3')
  await check(
    'given x\nexpect a.b with sever == 10.0.0.7',
    '4:17 unknown-field: a finding of `a.b` has no field `sever` → `server`',
  )
  await check('given x\nexpect a.c', '4:8 unknown-cause: there is no cause `a.c` → `a.b`')
  await check('given x\nexpect a.b as symptom of a.c', '4:26 unknown-cause: there is no cause `a.c` → `a.b`')
  await check(
    'given x\nexpect a.b with server == db1.example.com',
    '4:27 unknown-field: a finding of `a.b` has no field `db1.example.com`; a text stands in quotes → `"db1.example.com"`',
  )
})

test('given facts are facts', async () => {
  await check('given facts\n  2025-03-01T10:00:00Z tcp.refused server=10.0.0.7 port=80\nexpect a.b')
  await check(
    'given facts\n  2025-03-01T10:00:00Z tcp.refuse\nexpect a.b',
    '3:1 unknown-signal: `2025-03-01T10:00:00Z tcp.refuse` states no known kind of fact: time, kind, `name=value` … → `tcp.refused`',
  )
  await check(
    'given facts\n  2025-03-01T10:00:00Z tcp.refused srver=1\nexpect a.b',
    '3:1 unknown-field: `tcp.refused` has no field `srver` → `server`',
  )
})

test('expectations keep their kinds', async () => {
  const text = `${cause}example "e"\n given x\n expect a.b\n expect a.b as suspect\n expect a.b as symptom of a.b\n expect no a.b\n expect nothing else`
  const { rules } = await parseRules([{ file: 'a', text }])
  assert.deepEqual(
    rules.examples[0]?.expect.map(({ kind, cause, of }) => [kind, cause, of]),
    [
      ['finding', 'a.b', null],
      ['suspect', 'a.b', null],
      ['symptom', 'a.b', 'a.b'],
      ['no', 'a.b', null],
      ['nothing-else', '', null],
    ],
  )
})
