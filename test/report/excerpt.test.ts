import assert from 'node:assert/strict'
import { test } from 'node:test'
import { legible, mainLine, shortLine } from '../../src/report/excerpt.ts'

const entry = [
  '__CURSOR=s=1;i=2',
  '__REALTIME_TIMESTAMP=1740823200000000',
  '_HOSTNAME=web-1',
  'SYSLOG_IDENTIFIER=systemd',
  '_CMDLINE=/sbin/init',
  'MESSAGE=register.service: Failed with result',
  'EXIT_STATUS=9',
]
const told = ['_HOSTNAME=web-1', 'SYSLOG_IDENTIFIER=systemd', 'MESSAGE=register.service: Failed with result']

test('of an entry of a journal export the fields that tell are shown', () => {
  assert.equal(legible(entry.join('\n')), [...told, '… 4 more lines'].join('\n'))
  assert.equal(mainLine(entry.join('\n')), told[2])
})

test('a message of several lines is shown whole', () => {
  const trace = ['MESSAGE', '\u0016\0\0\0\0\0\0\0Error: lost', '    at connect', 'STACK=none']
  const lines = [...entry.slice(0, 3), ...trace]
  assert.equal(legible(lines.join('\n')), ['_HOSTNAME=web-1', ...trace.slice(0, 3), '… 3 more lines'].join('\n'))
  assert.equal(legible(lines.join('\n'), 3), ['_HOSTNAME=web-1', 'MESSAGE', '… 5 more lines'].join('\n'))
  assert.equal(mainLine(lines.join('\n')), trace[1])
})

test('an entry that is cut before its message, and any other record, is shown as it stands', () => {
  for (const lines of [entry.slice(0, 4), ['Error: lost', '    at connect'], ['__init__: failed', 'A=1']])
    assert.equal(legible(lines.join('\n')), lines.join('\n'))
  assert.equal(mainLine('Error: lost\n    at connect'), 'Error: lost')
})

test('of many lines the first are shown, and how many there are', () => {
  assert.equal(legible('a\nb\nc\nd', 4), 'a\nb\nc\nd')
  assert.equal(legible('a\nb\nc\nd\ne', 4), 'a\nb\nc\n… 2 more lines')
  assert.equal(legible(entry.join('\n'), 4), [...told, '… 4 more lines'].join('\n'))
})

test('of a long line of JSON the message is shown, wherever it stands', () => {
  const far = `{"id":"${'4f'.repeat(60)}","textPayload":"FATAL: shutting down","severity":"ERROR"}`
  assert.equal(shortLine(far, 80), '{…"textPayload":"FATAL: shutting down","severity":"ERROR"}')
  const near = `{"message":"no space left on device","labels":"${'a'.repeat(100)}"}`
  assert.equal(shortLine(near, 80), `${near.slice(0, 80)}…`)
  const text = `connect to {"message": "x"} ${'x'.repeat(100)}`
  assert.equal(shortLine(text, 80), `${text.slice(0, 80)}…`)
  assert.equal(shortLine(far, 1000), far)
})
