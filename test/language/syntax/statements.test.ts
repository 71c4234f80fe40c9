import assert from 'node:assert/strict'
import { test } from 'node:test'
import { StatementParser } from '../../../src/language/syntax/statements.ts'

test('the grammar is without ambiguity and left recursion', () => {
  assert.doesNotThrow(() => new StatementParser({ validated: true }))
})
