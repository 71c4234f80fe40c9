import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSyntax } from '../../../src/language/syntax/read.ts'

/** The text with `§` where each mistake is shown, the sentence of the first, and the kinds of the statements. */
function check(marked: string, sentence: string, kinds: string): void {
  const text = marked.replaceAll('§', '')
  const { statements, mistakes } = readSyntax(text)
  const shown = mistakes.reduceRight((so, { at }) => `${so.slice(0, at.offset)}§${so.slice(at.offset)}`, text)
  assert.equal(shown, marked)
  assert.equal(mistakes[0]?.sentence, sentence)
  assert.equal(statements.map(({ kind }) => kind).join(' '), kinds)
}

const QUESTION = 'expected `not` or `(` or a name, found the end of the line'
const NAME = 'expected a name, found the end of the line'

test('what dangles at the end of a line is shown there, and the next statement is read', () => {
  const signal = (rest: string, sentence: string) =>
    check(`signal a from log\n  where ${rest}§\nsignal b from log\n`, sentence, 'broken signal')
  signal('x is "y" or', QUESTION)
  signal('x is "y" and', 'nothing follows `and`')
  signal('x has any ("y",', 'expected a text in quotes, found the end of the line')
  signal('x ==', 'expected a number or a text in quotes or a version or a name, found the end of the line')
  const cause = (rest: string, sentence: string) =>
    check(`cause a.b\n  ${rest}§\n  severity low\n`, sentence, 'cause broken severity')
  cause('key server,', NAME)
  cause('see "x",', 'expected a text in quotes, found the end of the line')
  cause('weak when all within 5s of a,', NAME)
  cause('weak when sequence within 5s\n    first: a\n    then', NAME)
  cause('weak when s by', NAME)
})

test('a comment behind what dangles changes nothing', () => {
  check('signal a from log where x is "y" or§ # more\nsignal b from log', QUESTION, 'broken signal')
})

test('the end of the text is a line that ends too', () => {
  check('signal a from log where x is "y" and§\n', 'nothing follows `and`', 'broken')
})

test('a line that begins with a field named like a statement goes on from the one before', () => {
  check(
    'signal a from log\n  where x is "y" and\n    severity in ("error") or§\nsignal b from log',
    QUESTION,
    'broken signal',
  )
  check(
    'signal a from log\n  where x is "y" and\n    severity §= "error"\nsignal b from log',
    '`=` does not belong here',
    'broken broken signal',
  )
})

test('a line that cannot follow is shown where the one before ends', () => {
  check(
    'signal a from log where x has any ("y",§\n  and z known',
    'expected a text in quotes, found the end of the line',
    'broken',
  )
})
