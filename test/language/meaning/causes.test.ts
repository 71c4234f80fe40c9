import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseRules } from '../../../src/language/index.ts'
import { problemsOf } from '../problems-of.ts'

const check = async (clauses: string, ...problems: readonly string[]) =>
  assert.deepEqual(await problemsOf(`cause a.b\n${clauses}`), problems, clauses)

const rest = ' title "t" severity low weak when tcp.refused'

test('title and severity must be said, nothing twice', async () => {
  await check('title "t" severity low weak when tcp.refused')
  await check(
    'weak when tcp.refused',
    '1:7 missing-clause: `a.b` has no `title`',
    '1:7 missing-clause: `a.b` has no `severity`',
  )
  await check(`title "x"${rest}`, '2:11 duplicate-name: `a.b` has two `title` clauses')
  await check(
    'title "t" severity hihg',
    '2:20 unknown-word: `hihg` is no severity: critical high medium low info → `high`',
  )
})

test('a clause that could not be read is not reported missing', async () => {
  await check('titel "t"\nseverity low\nweak when tcp.refused', '2:1 syntax: `titel` begins no statement → `title`')
})

test('numbers stay within their bounds', async () => {
  await check(`impact 11${rest}`, '2:8 value: an impact goes from 0 to 10')
  await check(`impact 3s${rest}`, '2:8 unit: an impact wants a plain number, not a duration')
  await check(`report from 1${rest}`, '2:13 value: a confidence lies from 0 to below 1')
  await check(`report from 80%${rest}`)
  await check(
    `combine noisy or, one source at most 0${rest}`,
    '2:38 value: what one source may say lies above 0 and up to 1',
  )
  await check(
    `combine noisy or, one source at most 3s${rest}`,
    '2:38 unit: a confidence wants a plain number or a share (`5%`), not a duration',
  )
  await check(`combine strongest, one source at most 90%${rest}`)
  await check(`combine noisy${rest}`, '2:15 syntax: expected `or`, found `title`')
  await check(`combine strongest combine noisy or${rest}`, '2:19 duplicate-name: `a.b` has two `combine` clauses')
})

test('clauses stand under their cause or example', async () => {
  assert.deepEqual(await problemsOf('title "t"'), ['1:1 misplaced: `title` stands under `cause` only'])
  await check(`${rest} expect nothing else`, '2:47 misplaced: `expect` stands under `example` only')
})

test('what is not said is filled in', async () => {
  const { rules } = await parseRules([
    {
      file: 'a.fault',
      text: 'options order loose\ncause a.b title "t" severity low weak when tcp.refused remedy now "n"\noptions none\ncause a.c title "t" severity low weak when tcp.refused',
    },
  ])
  const [first, second] = rules.causes
  assert.deepEqual(first, {
    id: 'a.b',
    title: 't',
    severity: 'low',
    key: [],
    evidence: [
      {
        strength: 'weak',
        when: {
          kind: 'count',
          step: { name: null, count: 1, select: { signal: 'tcp.refused', where: null }, by: [] },
          within: null,
        },
      },
    ],
    impact: 5,
    remedy: { now: 'n', next: '', lasting: '' },
    see: [],
    reportFrom: 0.7,
    options: { orderLoose: true, useEachOnce: false, assumeAbsent: false },
    position: { file: 'a.fault', line: 2, column: 7 },
  })
  assert.equal(second?.options.orderLoose, false)
  assert.ok(Object.isFrozen(first?.evidence[0]?.when))
})
