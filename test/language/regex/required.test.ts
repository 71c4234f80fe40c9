import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parsePattern } from '../../../src/language/regex/parse.ts'
import { requiredTexts } from '../../../src/language/regex/required.ts'

const check = (source: string, ...expected: readonly string[]) => {
  const sets = requiredTexts(parsePattern(source).root).filter((texts) => texts.every((text) => text !== ''))
  assert.deepEqual(
    sets.map((texts) => texts.join('|')),
    expected,
    source,
  )
}

test('texts around what varies are required', () => {
  check('abc', 'abc')
  check('a\\d+bc', 'a', 'bc')
  check('^a\\bb$', 'ab')
  check('a(?:b|c)d', 'abd|acd')
  check('[Ee]rror', 'Error|error')
  check('ab?c', 'ac|abc')
  check('(?:abc)+', 'abc')
  check('(?:abc)*d', 'd')
  check('(?:ab\\d|cd\\w)e', 'ab|cd', 'e')
  check('(?:ab|\\d)e', 'e')
})
