// What lines look like, and what is told of a source whose lines look alike.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lookOf } from '../../src/logs/look.ts'
import { recognise } from '../../src/logs/recognise.ts'

test('lines look alike that differ in words and numbers only', () => {
  const line = '10.0.0.7 - - [20/Nov/2026:10:00:00 +0100] "GET /v1/chat HTTP/1.1" 200 12'
  assert.equal(lookOf(line), lookOf('10.1.22.33 - - [1/Dec/2026:23:59:59 +0800] "POST /v2/words HTTP/2.0" 503 0'))
  assert.notEqual(lookOf(line), lookOf(`${line} "-"`))
  assert.notEqual(lookOf('a b'), lookOf('a  b'))
  assert.equal(lookOf('größe ok'), lookOf('size ok'))
})

test('lines that are not read count as those that they look like', () => {
  const access = Array.from({ length: 60 }, (_, at) => {
    // No clock shows what the first few do.
    return `10.0.0.${at} - - [20/Nov/2026:10:00:${at < 6 ? 75 : 10 + (at % 50)} +0000] "GET /${at} HTTP/1.1" 200 ${at}`
  })
  const errors = Array.from({ length: 20 }, (_, at) => {
    return `2026/11/20 10:00:00 [error] 12#12: *${at} open() "${'/x'.repeat(at)}" failed (2: No such file or directory)`
  })
  const { formats } = recognise(Buffer.from([...errors, ...access, ''].join('\n')))
  const [first, second] = formats.map(({ format }) => format.name)
  assert.deepEqual([first, second], ['nginx-access', 'nginx-error'])
})

test('of a format that remembers earlier lines every line is read', () => {
  const rows = Array.from({ length: 30 }, (_, at) => `2026-11-20 10:00:${at + 10} 10.0.0.1 GET /${at} 200 12`)
  const head = ['#Version: 1.0', '#Fields: date time c-ip cs-method cs-uri-stem sc-status time-taken', ...rows, '']
  const { formats } = recognise(Buffer.from(head.join('\n')))
  assert.equal(formats[0]?.format.name, 'w3c')
})
