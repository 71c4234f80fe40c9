import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { FACTS } from '../../src/language/facts.ts'

test('facts and their fields are those of the manual', () => {
  const manual = readFileSync(new URL('../../grammars/README.md', import.meta.url), 'utf8')
  const rows = [...manual.matchAll(/^\| `([\w.]+)` \| ([\w ]+) \|/gm)]
  const told = Object.fromEntries(
    rows.map(([, kind = '', fields = '']) => [kind, fields.trim().split(/\s+/).toSorted()]),
  )
  const known = Object.fromEntries(Object.entries(FACTS).map(([kind, types]) => [kind, Object.keys(types).toSorted()]))
  assert.deepEqual(known, told)
})
