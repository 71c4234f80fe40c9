import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { renderer } from '../../src/report/index.ts'
import { HOSTILE, report, saying } from './sample.ts'

const options = { maxBytes: null, width: 100, color: 'never' } as const
const wiki = renderer('jira-wiki')
const shown = wiki.render(report, options)

function check(fragment: string): void {
  assert.ok(shown.includes(fragment), `missing: ${fragment}\n${shown}`)
}

test('headings', () => check('\nh3. Impact\n'))
test('facts', () => check('* *Length*: 12 min 8 s'))
test('a table', () => check('||When||Requests||Requests a minute||Server errors (5xx)||Share||\n|before|3,472|58|3|'))
test('steps', () => check('\n# *root cause* {{network.filtered}}: *Packets to 192.0.2.40:5432 are dropped'))
test('tasks', () => check("* ☐ From the client's host: {{nc \\-vz 192.0.2.40 5432}}; compare"))
test('the stack is literal', () =>
  check('{noformat}\n2025-03-01T18:00:05.117+08:00 ERROR [register-7] request_id=req-7f19c2'))
test('words with marks inside stay readable', () => check('{{cache.unreachable}}'))
test('a callout', () => check('\nbq. Not redacted: this report quotes the bundle as it is.'))

function titled(text: string): string {
  return wiki.render(saying(text), options).split('\n')[2] ?? ''
}

test('what would be markup is text', () => {
  const check = (text: string, expected: string) => assert.equal(titled(text), `*${expected}*`)
  check('{color:red}x{color}', '\\{color:red\\}x\\{color\\}')
  check('a *b* _c_ -d-', 'a \\*b\\* \\_c\\_ \\-d\\-')
  check('request_id=a-b', 'request_id=a-b')
  check('[~admin] !x.png!', '\\[\\~admin\\] \\!x.png\\!')
  check('\\\\host\\share', '&#92;&#92;host&#92;share')
  check('see http://192.0.2.1/x', 'see http&#58;//192.0.2.1/x')
  check('a | b', 'a \\| b')
  check('&lt;b&gt; R&D', '&#38;lt;b&#38;gt; R&D')
  check('h1. big', 'h1&#46; big')
  check('# one', '\\# one')
  check(':) (x) (on)', '&#58;) \\(x) \\(on)')
  check('what??', 'what\\?\\?')
})

/** What is left when literals and escaped signs are taken away: only our own markup. */
function bare(text: string): string {
  return text.replace(/^\{noformat\}\n[\s\S]*?\n\{noformat\}$/gm, '').replace(/\\[-#*_+?^~|%{}[\]()!@]/g, '·')
}

function assertHarmless(text: string): void {
  const rest = bare(wiki.render(saying(text), options))
  assert.doesNotMatch(rest, /\{(?!\{)[^{}]*\}(?!\})/, 'a macro')
  assert.doesNotMatch(rest, /[[\]!@]/, 'a link, an image or a mention')
  assert.doesNotMatch(rest, /\w:\/\//, 'an address')
  assert.doesNotMatch(rest, /\\/, 'a new line')
  assert.doesNotMatch(rest, /\{noformat\b/, 'an open literal')
}

test('hostile text stays text', () => HOSTILE.forEach(assertHarmless))

test('no text of any kind becomes markup', () => {
  const unit = fc.constantFrom(
    '{',
    '}',
    'noformat',
    'a',
    '|',
    '\n',
    '[',
    ']',
    '\\',
    '*',
    '!',
    '@',
    ':',
    '//',
    '#',
    ' ',
    '-',
  )
  fc.assert(fc.property(fc.string({ unit }), assertHarmless), { numRuns: 300 })
})
