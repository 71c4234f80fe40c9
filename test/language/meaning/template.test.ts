import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseRules } from '../../../src/language/index.ts'
import { problemsOf } from '../problems-of.ts'

const check = async (template: string, ...problems: readonly string[]) =>
  assert.deepEqual(await problemsOf(`signal s from log where message has\n"${template}"`), problems, template)

test('captures are typed, braces are written twice', async () => {
  await check('to {peer:ip}:{port:int} {_:rest}')
  await check('{{x}} {a:int}')
  await check('{a:integer}', '2:2 template: `integer` is no type of capture')
  await check('{a:numbr}', '2:2 template: `numbr` is no type of capture → `number`')
  await check('say \\"{peer}', '2:8 template: a capture is written `{name:type}` → `{peer:word}`')
  await check('a } b', '2:4 template: a brace is written `}}`')
})

test('a template says something, and each capture has an end', async () => {
  await check('', '2:1 template: an empty text occurs everywhere')
  await check('{a:rest} x', '2:1 template: `rest` takes the whole line: nothing can follow it')
  await check('x{a:int}{b:word}', '2:1 template: two captures need text between them')
  await check('x{a:int} {a:word}', '2:1 template: `a` is captured twice in one text')
})

test('literal parts are joined', async () => {
  const { rules } = await parseRules([{ file: 'a', text: 'signal s from log where message has "a{{b}} " "{n:int}c"' }])
  const where = rules.signals[0]?.where
  assert.deepEqual(where?.kind === 'text' && where.templates[0], {
    parts: [
      { kind: 'text', text: 'a{b} ' },
      { kind: 'capture', name: 'n', type: 'int' },
      { kind: 'text', text: 'c' },
    ],
    anyCase: false,
  })
})
