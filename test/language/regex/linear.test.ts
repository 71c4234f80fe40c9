import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isLinear } from '../../../src/language/regex/linear.ts'
import { parsePattern } from '../../../src/language/regex/parse.ts'

const check = (linear: boolean, ...sources: readonly string[]) => {
  for (const source of sources) assert.equal(isLinear(parsePattern(source).root), linear, source)
}

test('patterns whose repeats are kept apart are linear', () => {
  check(
    true,
    'abc',
    'a+b',
    '(?<program>\\w+)\\[\\d+\\]: segfault',
    'took \\d+ of \\d+ ms',
    'error: .*',
    '(?:ab)+c',
    '(?:a|b)+c',
  )
  check(
    true,
    '\\d+(?:\\.\\d+)? ms',
    '\\d+\\.\\d+(?:\\.\\d+)?(?:[^\\d.]|\\.?$)',
    'a.* (?<n>\\d{4,}) ?ms',
    'x: .*\\n(?:.*\\n){0,3}y',
  )
  check(true, 'exit (?:code|status) \\d+', '"[^"]*" \\d+', 'foo.*bar')
})

test('nested repeats are doubted', () => {
  check(false, '(a+)+b', '(?:\\w+\\s?)*x', '(?:a*)*', '(?:a{0,100}){0,100}b')
})

test('repeated options that begin alike are doubted', () => {
  check(false, '(?:a|ab)+c', '(?:\\d|\\w)+:', '(?:a|)+b')
})

test('two repeats over the same signs with something behind are doubted', () => {
  check(false, '.* \\d+.*x', '(?:\\d+,?){1,3}x', '[a-z]+(?:1|b)?\\w+!')
  check(false, '.*foo.*bar', '\\d+\\d+x', '\\s*,?\\s*x', '\\w+@?\\w+!')
})
