// The shipped patterns: they parse, every example holds, the compiled form equals the source.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { Engine } from '../src/engine/index.ts'
import { runExample } from '../src/examples.ts'
import { readRules } from '../src/rules.ts'

const { rules, problems } = await readRules({ paths: [], shipped: true })

const COMPILED = new URL('../dist/shipped-rules.json', import.meta.url)
const EXAMPLES = new URL('../dist/shipped-examples.json', import.meta.url)

test('what the build made of the patterns is what their text says', {
  skip: existsSync(COMPILED) ? false : 'not built: npm run build',
}, () => {
  const { examples, ...asked } = rules
  const compiled = JSON.parse(readFileSync(COMPILED, 'utf8'))
  const made: Record<string, unknown> = { ...compiled.rules, examples: JSON.parse(readFileSync(EXAMPLES, 'utf8')) }
  const said: Record<string, unknown> = { ...asked, literals: new Engine(rules).literals(), examples }
  assert.deepEqual(Object.keys(made).sort(), Object.keys(said).sort())
  // As texts: of lists that differ by thousands of lines none wants to read how.
  for (const name of Object.keys(made))
    assert.ok(
      JSON.stringify(made[name]) === JSON.stringify(said[name]),
      `${name} differ: npm run build makes them anew`,
    )
  assert.deepEqual(compiled.problems, problems)
})

test('the shipped patterns have no errors', () => {
  assert.deepEqual(
    problems.filter(({ severity }) => severity === 'error'),
    [],
  )
})

test('every root cause has an example that shows it and a near miss', () => {
  const shown = new Set(
    rules.examples.flatMap(({ expect }) => expect.filter(({ kind }) => kind !== 'no').map(({ cause }) => cause)),
  )
  const left = new Set(
    rules.examples.flatMap(({ expect }) => expect.filter(({ kind }) => kind === 'no').map(({ cause }) => cause)),
  )
  assert.deepEqual(
    rules.causes.filter(({ id }) => !shown.has(id) || !left.has(id)).map(({ id }) => id),
    [],
  )
})

for (const example of rules.examples) {
  test(`${example.position.file}:${example.position.line} ${example.name}`, async () => {
    const { failures, surprises } = await runExample(example, rules)
    assert.deepEqual(failures, [])
    assert.deepEqual(surprises, [])
  })
}
