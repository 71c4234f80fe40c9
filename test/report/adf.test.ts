import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { renderer } from '../../src/report/index.ts'
import { adfProblems } from './adf-rules.ts'
import { HOSTILE, healthy, report, saying } from './sample.ts'

const options = { maxBytes: null, width: 100, color: 'never' } as const
const adf = renderer('adf')

function check(text: string): void {
  assert.deepEqual(adfProblems(JSON.parse(text)), [])
}

test('the full report is a valid document', () => check(adf.render(report, options)))
test('so is that of a healthy bundle', () => check(adf.render(healthy, options)))
test('hostile text stays text', () => {
  for (const text of HOSTILE) check(adf.render(saying(text), options))
})
test('an empty text makes no empty node', () => check(adf.render(saying(''), options)))

test('any text of a bundle leaves it valid', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => check(adf.render(saying(text), options))),
    { numRuns: 100 },
  )
})

test('a limit leaves whole sections out and the document valid', () => {
  for (let maxBytes = 3_000; maxBytes < 40_000; maxBytes += 2_741) {
    const text = adf.render(report, { ...options, maxBytes })
    assert.ok(Buffer.byteLength(text) <= maxBytes)
    check(text)
  }
})

test('folded evidence folds, commands are code, badges are lozenges', () => {
  const text = adf.render(report, options)
  const check = (fragment: string) => assert.ok(text.includes(fragment), fragment)
  check('{"type":"expand","attrs":{"title":"What shows it"},"content":[{"type":"codeBlock"')
  check('{"type":"text","text":"nc -vz 192.0.2.40 5432","marks":[{"type":"code"}]}')
  check('{"type":"status","attrs":{"text":"root cause","color":"red"}}')
  check('{"type":"panel","attrs":{"panelType":"warning"}')
  check('{"type":"tableHeader","content":[{"type":"paragraph","content":[{"type":"text","text":"When"}]}]}')
})

test('the check itself sees what is wrong', () => {
  const wrong = (content: unknown) => adfProblems({ version: 1, type: 'doc', content: [content] }).length
  assert.equal(wrong({ type: 'paragraph', content: [{ type: 'text', text: '' }] }), 1)
  assert.equal(wrong({ type: 'bulletList', content: [] }), 1)
  assert.equal(wrong({ type: 'tableCell', content: [] }), 1)
  assert.equal(wrong({ type: 'heading', content: [] }), 1)
  assert.equal(wrong({ type: 'panel', attrs: { panelType: 'bad' }, content: [{ type: 'paragraph' }] }), 1)
  assert.equal(
    wrong({ type: 'paragraph', content: [{ type: 'text', text: 'a', marks: [{ type: 'code' }, { type: 'strong' }] }] }),
    1,
  )
  assert.deepEqual(adfProblems('text'), ['not a document of version 1'])
})
