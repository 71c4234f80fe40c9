import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parsePattern } from '../../../src/language/regex/parse.ts'

const check = (source: string, expected: string | null) => {
  const { fault } = parsePattern(source)
  const said = fault === null ? null : `${fault.index}+${fault.length} ${fault.code}: ${fault.sentence}`
  assert.equal(said, expected, source)
}

test('the subset that RE2 and JavaScript read alike is taken', () => {
  for (const source of [
    'a|b',
    '(?:a)(?<n>b)',
    '(?P<n>b)',
    'a{2,3}?',
    '[^\\]\\w-]+',
    '\\bx\\.y$',
    'a{',
    ']',
    '[a-]',
    '\\x41',
    '^$',
    '',
  ])
    check(source, null)
})

test('what cannot run in linear time is refused with its place', () => {
  check('a(?=b)', '1+3 regex-not-re2: look-around is outside of what runs in linear time')
  check('(?<!a)b', '0+4 regex-not-re2: look-around is outside of what runs in linear time')
  check('(a)\\1', '3+2 regex-not-re2: back-references are outside of what runs in linear time')
  check('\\k<n>', '0+2 regex-not-re2: back-references are outside of what runs in linear time')
  check('(?>a)', '0+3 regex-not-re2: atomic groups are outside of what runs in linear time')
  check('a++', '1+2 regex-not-re2: possessive quantifiers are outside of RE2')
})

test('what is read differently elsewhere is refused', () => {
  check('(?i)a', '0+4 regex-not-re2: flags stand behind the closing slash')
  check('\\Aa', '0+2 regex-not-re2: `\\A` is not read alike everywhere')
  check('[[:alpha:]]', '1+9 regex-not-re2: classes by name are not read alike everywhere')
})

test('what is broken is refused', () => {
  check('(a', '0+1 regex: this bracket is never closed')
  check('a)', '1+1 regex: a bracket is closed that was never opened')
  check('[a', '0+1 regex: this class is never closed')
  check('[]', '0+2 regex: this class is empty')
  check('*a', '0+1 regex: `*` has nothing to repeat')
  check('{1}', '0+3 regex: a count has nothing to repeat')
  check('a**', '1+2 regex: two quantifiers stand behind one another')
  check('a{3,2}', '1+5 regex: counts rise and end at 1000')
  check('[z-a]', '1+3 regex: a range goes from one sign up to another')
  check('(?<n>a)(?<n>b)', '7+5 regex: the group name `n` stands twice')
  check('\\y', '0+2 regex: `\\y` is no escape')
})

test('what is taken is a regular expression of JavaScript', () => {
  const source = fc.stringMatching(/^[abc()[\]{}|*+?.\\^$<>:=!dwsb1,-]{0,12}$/)
  fc.assert(
    fc.property(source, (written) => {
      if (parsePattern(written).fault === null)
        assert.doesNotThrow(() => new RegExp(written.replaceAll('(?P<', '(?<')), written)
    }),
    { numRuns: 2000 },
  )
})
