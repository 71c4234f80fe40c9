import assert from 'node:assert/strict'
import { test } from 'node:test'
import { translateRe2 } from '../../../src/language/import/re2.ts'

const check = (written: string, source: string, anyCase = false) =>
  assert.deepEqual(translateRe2(written), { source, anyCase }, written)

test('flags in front, anchors, quotations and named classes are written for both dialects', () => {
  check('(?i)No Space', 'No Space', true)
  check('(?is)a.b', 'a[\\s\\S]b', true)
  check('\\Afoo\\z', '^foo$')
  check('\\\\z', '\\\\z')
  check('\\Qa.b\\E+', 'a\\.b+')
  check('[[:digit:]x]', '[0-9x]')
  check('\\x{41}b', 'Ab')
})

test('a dot passes over line ends, which were none there', () => {
  check('a.*b\\.c[.]', 'a[\\s\\S]*b\\.c[.]')
})

test('slashes and line ends cannot end the pattern', () => {
  check('a/b\\/c[/]', 'a\\/b\\/c[\\/]')
  check('a\n', 'a\\n')
})

test('flags within are written as letters in either case', () => {
  check('a(?i:b1)c', 'a(?:[bB]1)c')
  check('a(?i)b[^cd-f\\w](?-i)g', 'a[bB][^cd-f\\wCD-F]g')
  check('(a(?i)b)c', '(a[bB])c')
  check('a(?i:(b)c)d', 'a(?:([bB])[cC])d')
  check('(?i)a(?i:b)', 'a(?i:b)', true)
})
