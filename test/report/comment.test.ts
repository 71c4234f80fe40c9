import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FaultlineError } from '../../src/model/index.ts'
import { type CommentFlavour, renderComment } from '../../src/report/index.ts'
import { adfProblems } from './adf-rules.ts'
import { HOSTILE, healthy, report, saying } from './sample.ts'

const FLAVOURS: readonly CommentFlavour[] = ['adf', 'jira-wiki', 'markdown', 'html', 'text']
const files = ['faultline-9f86d081884c.html']
const shown = renderComment(report, { flavour: 'markdown', maxBytes: 30_000, files })

function check(fragment: string): void {
  assert.ok(shown.includes(fragment), `missing: ${fragment}\n${shown}`)
}

test('the order is the one that support reads', () => {
  assert.deepEqual(
    [...shown.matchAll(/^## (.*)$/gm)].map(([, title]) => title),
    [
      'Impact',
      'Causal chain',
      'Where, and request ids',
      'First error, complete',
      'Versions',
      'What to do',
      'Looked at and found clean',
      'Could not be read',
      'Provenance',
      'SQL for the numbers: faultline query',
      'Redaction',
    ],
  )
})

test('verdict, cause and severity stand first', () => {
  assert.match(shown.split('\n\n')[1] ?? '', /^\*\*Packets to 192\.0\.2\.40:5432 are dropped/)
  check('- **Root cause**: network.filtered (critical, confidence 97 %)')
})
test('where', () => check('- `network.filtered`, server `192.0.2.40`, port `5432`'))
test('request ids with place', () => check('- `req-7f19c2` (2025-03-01 10:00:05.117 UTC) `logs/register.log:1042`'))
test('the stack is complete', () => check('Caused by: Error: connect ETIMEDOUT 192.0.2.40:5432\n```'))
test('what was clean', () => check('7 causes looked for and not found: auth (invalid-client, token-expired); cache'))
test('what was unread', () => check('- `net/old.pcap`: The capture ends within packet 115'))
test('which file holds the rest', () => check('- **Full report**: `faultline-9f86d081884c.html`'))

test('the redaction is told in one line', () => {
  const redaction = { profile: 'strict', counts: { 'public-ip': 12, 'e-mail': 1 } } as const
  const text = renderComment({ ...report, redaction }, { flavour: 'markdown', maxBytes: 30_000, files })
  assert.match(text, /Profile strict; taken out: e-mail 1, public-ip 12\. The key and the mapping stay/)
})

test('SQL is given for the numbers of the comment, not for those of consequences', () => {
  const title = 'Packets to 192.0.2.40:5432 are dropped without an answer'
  const figures = [
    'requests counted',
    `${title}: events`,
    `${title}: quotations`,
    'register answers 503, server busy: events',
  ]
  const provenance = figures.map((figure, at) => ({ figure, sql: `SELECT ${at}` }))
  const text = renderComment({ ...report, provenance }, { flavour: 'text', maxBytes: 60_000, files })
  assert.deepEqual(text.match(/SELECT \d/g), ['SELECT 0', 'SELECT 1'])
})

test('a stack beyond the limit loses whole lines', () => {
  const frames = Array.from({ length: 400 }, (_, at) => `    at frame${at} (/srv/app.js:${at}:1)`)
  const firstStack = { source: 'a.log', line: 1, lineEnd: 401, text: ['Error: x', ...frames].join('\n') }
  const text = renderComment({ ...report, firstStack }, { flavour: 'text', maxBytes: 60_000, files })
  assert.match(text, /at frame199 \(\/srv\/app\.js:199:1\)\n/)
  assert.match(text, /… and \d+ more lines, in the attached report/)
  assert.doesNotMatch(text, /frame399/)
})

test('every flavour keeps every limit, or refuses it', () => {
  for (const flavour of FLAVOURS)
    for (let maxBytes = 500; maxBytes < 20_000; maxBytes += 1_173) {
      try {
        const text = renderComment(report, { flavour, maxBytes, files })
        assert.ok(Buffer.byteLength(text) <= maxBytes, `${flavour} ${maxBytes}`)
        if (flavour === 'adf') assert.deepEqual(adfProblems(JSON.parse(text)), [])
      } catch (error) {
        assert.ok(error instanceof FaultlineError && error.code === 'max-bytes', String(error))
      }
    }
})

test('a healthy bundle makes a short comment', () => {
  const text = renderComment(healthy, { flavour: 'markdown', maxBytes: 30_000, files: [] })
  assert.match(text, /No cause found/)
  assert.doesNotMatch(text, /request ids|Full report/)
})

test('hostile text makes no tags', () => {
  for (const text of HOSTILE) {
    const made = renderComment(saying(text), { flavour: 'html', maxBytes: 65_000, files })
    const tags = [...made.matchAll(/<\/?([a-z0-9]+)([^>]*)>/gi)]
    assert.deepEqual([...new Set(tags.map(([, , rest]) => rest))], [''])
    assert.doesNotMatch(made, /<(?:script|img|svg|a)\b/i)
  }
})
