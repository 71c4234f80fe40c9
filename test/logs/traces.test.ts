import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { CALM_HEAD, goesOn, isCalm } from '../../src/logs/traces.ts'

const calm = (message: string) => isCalm(message.slice(0, CALM_HEAD), message.slice(-24))

/** What lines of traces, and lines beside them, are made of. */
const PIECES = [
  ...[
    'Caused by: ',
    'at a.B.c(D.java:1)',
    '\tat ',
    '    ',
    '... 3 more',
    'java.lang.',
    'FooException',
    ': refused',
    'Error',
    'ERROR ',
  ],
  ...[
    'Traceback (most recent call last):',
    'During handling of the above exception',
    'goroutine 1 [running]:',
    'main.run(0x1)',
  ],
  ...[
    'created by ',
    '/srv/a.go:12 +0x1f',
    '/srv/a.js:3',
    'node:internal:1',
    'file:///a.js:9',
    'C:\\a.py:1',
    "thread 'main' panicked at x",
  ],
  ...[
    '^',
    '~~',
    '^^^ ',
    ')',
    '}',
    ']',
    '[0x7f12]',
    '(b)',
    'a.so',
    '#1 ',
    '== 1',
    '==12==ABORTING',
    '[signal SIGSEGV',
    'Aborted (core dumped)',
  ],
  ...[
    '  what():  x',
    'stack backtrace:',
    'note: run with',
    'rsp 0x1',
    'PHP  1. ',
    'Stack trace:',
    'Node.js v24.1.0',
    '7f0000000000-7f0000001000 r-xp',
  ],
  ...[
    '{"a":1}',
    '2026-11-20 22:35:19',
    'I1120 ',
    'ready',
    ' ',
    '',
    ':',
    'x',
    '\u00a0',
    '12',
    'INFO ',
    '[12:0x5] 1 ms: ',
    '=== Backtrace: ',
  ],
]
const message = fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join(''))

test('of two calm messages neither goes on with the other, whatever the record began with', () => {
  fc.assert(
    fc.property(message, message, message, (first, last, body) => {
      fc.pre(calm(last) && calm(body))
      assert.equal(goesOn({ first, last, body }), false)
      assert.equal(goesOn({ first: last, last, body }), false)
    }),
    { numRuns: 20_000 },
  )
})

test('what begins records of its own is calm', () => {
  const lines = [
    '{"level":30,"msg":"ready"}',
    '2026-11-20 22:35:19,868 INFO [main] a.b.C - ready',
    'I1120 22:35:19.868123       1 server.go:12] ready',
    'Accepted publickey for deploy',
    '[GIN] 2026/11/20 - 22:35:19 | 200 |',
    '192.0.2.1 - - [20/Nov/2026:22:46:04 +0000] "GET / HTTP/1.1" 200 11',
  ]
  assert.deepEqual(
    lines.filter((line) => !calm(line)),
    [],
  )
})
