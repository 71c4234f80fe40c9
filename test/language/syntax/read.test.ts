import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSyntax } from '../../../src/language/syntax/read.ts'

/** The mistakes of a text as `offset code sentence → suggestion`, and the kinds of its statements. */
function check(text: string, kinds: string, ...mistakes: readonly string[]): void {
  const read = readSyntax(text)
  assert.equal(read.statements.map(({ kind }) => kind).join(' '), kinds, text)
  const found = read.mistakes.map(
    ({ at, code, sentence, suggestion }) => `${at.offset} ${code}: ${sentence}${suggestion ? ` → ${suggestion}` : ''}`,
  )
  assert.deepEqual(found, mistakes, text)
}

test('statements are read in a row, whatever the line ends', () => {
  check(
    'signal a from log where message has "x" cause b.c title "t" severity low weak when a',
    'signal cause title severity evidence',
  )
  check('', '')
  check('# only a comment', '')
})

test('what is often written says what was meant', () => {
  const cause = (rest: string, at: number, said: string) =>
    check(`cause a.b\n  ${rest}`, 'cause broken', `${at + 12} syntax: ${said}`)
  check(
    'signal a from log where message has "x" and severity = "error"',
    'broken',
    '53 syntax: `=` does not belong here → `==`',
  )
  cause('weak when 5 s in 1m', 14, '`in` does not belong here → `within`')
  cause('weak when 5 s within 1 m', 23, '`m` does not belong here → `1m`, without a blank')
  cause('weak if s', 5, 'expected `when`, found `if` → `when`')
  cause('weak when m > 3 baseline median over 30m', 16, '`baseline` does not belong here → `> 3 x baseline …`')
  cause('weak when z z', 12, '`z` does not belong here')
})

test('one mistake is one problem, and the rest is read', () => {
  check(
    'signal a frm log\n  where message has "x"\nsignal b from log',
    'broken signal',
    '9 syntax: expected `from`, found `frm` → `from`',
  )
  check(
    'cause a.b\n  titel "x"\n  severity low',
    'cause broken severity',
    '12 syntax: `titel` begins no statement → `title`',
  )
  check(
    'cause a.b\n  weak when s witihn 5m\n  severity low',
    'cause broken severity',
    '24 syntax: `witihn` does not belong here → `within`',
  )
  check('signal a from', 'broken', '13 syntax: expected a name, found the end of the text')
  check('cause\ncause a.b', 'broken cause', '12 syntax: `a.b` does not belong here')
})

test('signs without meaning and texts without end have their place', () => {
  check('signal a from log where x == §', 'broken', '29 unknown-sign: `§` means nothing in pattern text')
  check(
    'cause a.b\n title "open\n severity low',
    'cause title severity',
    '17 unterminated: the text in quotes does not end on its line',
  )
})

test('keywords serve as names', () => {
  const field = (name: string) => check(`signal ${name} from log where ${name} == ${name} and ${name} known`, 'signal')
  for (const name of ['title', 'key', 'count', 'not', 'in', 'has', 'by', 'within', 'given', 'then', 'and', 'x', 'r'])
    field(name)
  check('cause a.b key title, severity, by', 'cause key')
  check('signal s from log where has has "x" and in in (1) and known known and is is "y"', 'signal')
})

test('and leads to a further test or to a further condition', () => {
  const conditions = (text: string) => {
    const [statement] = readSyntax(`weak when ${text}`).statements
    assert.equal(statement?.kind, 'evidence')
    return statement.when.kind
  }
  assert.equal(conditions('a where x == 1 and y == 2'), 'count')
  assert.equal(conditions('a where x == 1 and b by z'), 'and')
  assert.equal(conditions('a where x == 1 and 3 b'), 'and')
  assert.equal(conditions('a by x and m > 5'), 'and')
  assert.equal(conditions('a and share(s where t == 1) over 1m, at least 5 > 5%'), 'and')
})

test('a comma after by leads to a field, to at least, or to the next event', () => {
  check('meter m = rate(s) over 1m by a, b, at least 20', 'meter')
  check('weak when all within 1m of a by x, y, b by x, y, 3 c', 'evidence')
})
