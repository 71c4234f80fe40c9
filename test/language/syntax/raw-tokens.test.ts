import assert from 'node:assert/strict'
import { test } from 'node:test'
import { givenAt, givenContent, regexAt } from '../../../src/language/syntax/raw-tokens.ts'

test('a regular expression ends at a slash outside of classes and escapes', () => {
  const check = (text: string, expected: string) => assert.equal(regexAt(text, 0), expected)
  check('/a b/ and', '/a b/')
  check('/a\\/b/i x', '/a\\/b/i')
  check('/[/]a/', '/[/]a/')
  check('/open\nnext/', '/open')
  check('/open', '/open')
})

const given = (text: string) => {
  const image = givenAt(text, text.indexOf('given'))
  return image === null ? null : givenContent(image)
}

test('a given block takes the lines that are indented more, blank ones within', () => {
  const text = '  given a.log\n    one # no comment\n\n      two\n  expect nothing else\n'
  assert.deepEqual(given(text), { file: 'a.log', text: 'one # no comment\n\n  two\n' })
})

test('a given block may be empty, end with the file, and use tabs and carriage returns', () => {
  assert.deepEqual(given('given a.log'), { file: 'a.log', text: '' })
  assert.deepEqual(given('\tgiven a.log # why\r\n\t\tone\r\n\t\ttwo'), { file: 'a.log', text: 'one\ntwo\n' })
})

test('given elsewhere than at the start of a line is a word', () => {
  assert.equal(given('where given a.log\n  x'), null)
  assert.equal(given('given == 3'), null)
})
