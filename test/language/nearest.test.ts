import assert from 'node:assert/strict'
import { test } from 'node:test'
import { editDistance, nearest } from '../../src/language/nearest.ts'

test('distances count insertions, deletions, replacements and swaps', () => {
  const check = (a: string, b: string, distance: number) => assert.equal(editDistance(a, b), distance, `${a} ${b}`)
  check('', 'abc', 3)
  check('critical', 'critical', 0)
  check('criticl', 'critical', 1)
  check('witihn', 'within', 1)
  check('kitten', 'sitting', 3)
})

test('the nearest known word is meant, unless none is near', () => {
  const check = (word: string, meant: string | null) =>
    assert.equal(nearest(word, ['server', 'severity', 'port']), meant, word)
  check('sevrity', '`severity`')
  check('serer', '`server`')
  check('Prot', '`port`')
  check('client', null)
  check('port', null)
})
