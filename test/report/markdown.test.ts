import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { FaultlineError } from '../../src/model/index.ts'
import { renderer } from '../../src/report/index.ts'
import { HOSTILE, report, saying } from './sample.ts'

const options = { maxBytes: null, width: 100, color: 'never' } as const
const markdown = renderer('markdown')
const shown = markdown.render(report, options)

function check(fragment: string): void {
  assert.ok(shown.includes(fragment), `missing: ${fragment}\n${shown}`)
}

test('the order is the one that support reads', () => {
  const titles = [...shown.matchAll(/^## (.*)$/gm)].map(([, title]) => title)
  assert.deepEqual(titles, [
    'Impact',
    'Causal chain',
    'Timeline',
    'Findings',
    'Key connections',
    'Request ids',
    'First error, complete',
    'Versions',
    'What to do',
    'Looked at and found clean',
    'Could not be read',
    'Unexplained messages',
    'Provenance',
    'Redaction',
  ])
})

test('both clocks', () => check('- **First sign**: 2025-03-01 10:00:03 UTC (2025-03-01 18:00:03 +08:00)'))
test('rates before, during, after', () => check('| during the incident | 754 | 58 | 309 | 41 % |'))
test('evidence in one fence', () =>
  check('```text\nnet/db.pcap packet 812  10:00:03.122  tcp.unanswered\n    192.0.2.10'))
test('counter evidence', () => check('What speaks against it:\n\n```text\nnet/db.pcap packet 2210'))
test('the stack is complete', () => check('Caused by: Error: connect ETIMEDOUT 192.0.2.40:5432\n```'))
test('horizons', () => check('### Now: within 30 minutes\n\n- [ ] From the client'))
test('SQL for the numbers', () => check('-- Requests answered 503\nSELECT sum(status_5xx)'))
test('no redaction is said', () => check('> Not redacted: this report quotes the bundle as it is.'))

/** What is left once fences, code spans and escaped signs are taken away: only our own Markdown. */
function bare(text: string): string {
  return text
    .replace(/^(`{3,})text\n[\s\S]*?\n\1$/gm, '')
    .replace(/(?<!\\)(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, '')
    .replace(/\\[!-/:-@[-`{-~]/g, '')
}

function assertHarmless(text: string): void {
  const rest = bare(markdown.render(saying(text), options))
  assert.doesNotMatch(rest, /<[a-z/!]/i, 'raw HTML')
  assert.doesNotMatch(rest, /\]\(|:\/\/|@\w/, 'a link or a mention')
  assert.doesNotMatch(rest, /[\u0000-\u0008\u000b-\u001f\u202a-\u202e]/, 'hidden characters')
  assert.doesNotMatch(rest, /^# not a heading/m, 'an escaped fence')
}

test('hostile text stays text', () => HOSTILE.forEach(assertHarmless))

test('no text of any kind becomes markup', () => {
  const text = fc.string({
    unit: fc.constantFrom('`', '<', 'a', '>', '|', '\n', '~', '[', ']', '(', '\\', '*', '@', '#', ' ', '!'),
  })
  fc.assert(fc.property(text, assertHarmless), { numRuns: 300 })
})

test('a limit leaves whole sections out and says which', () => {
  const cut = markdown.render(report, { ...options, maxBytes: 6000 })
  assert.ok(Buffer.byteLength(cut) <= 6000)
  assert.ok(cut.includes('## Left out\n\nTo stay within 6,000 bytes: Provenance; Unexplained messages; Versions;'))
  assert.ok(cut.includes('Caused by: Error: connect ETIMEDOUT 192.0.2.40:5432\n```'), 'the stack is whole')
  assert.ok(cut.includes('## What to do'))
})

test('every limit holds, or it is refused', () => {
  for (let maxBytes = 200; maxBytes < 14_000; maxBytes += 331) {
    try {
      const text = markdown.render(report, { ...options, maxBytes })
      assert.ok(Buffer.byteLength(text) <= maxBytes)
      assert.equal((text.match(/^```/gm) ?? []).length % 2, 0, 'every fence is closed')
    } catch (error) {
      assert.ok(error instanceof FaultlineError && error.code === 'max-bytes', String(error))
    }
  }
})

test('an unknown format is refused with the list', () => {
  assert.throws(
    () => renderer('pdf'),
    (error) => error instanceof FaultlineError && error.code === 'unknown-format',
  )
})
