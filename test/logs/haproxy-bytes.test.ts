import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { measureHaproxy } from '../../src/logs/formats/haproxy-bytes.ts'

/** The line as a pattern: what may be told of it at all. */
const PATTERN =
  /^\S+:\d+ \[\d{1,2}\/[A-Z][a-z]{2}\/\d{4}:[\d:.]+\] \S+ [^\s/]+\/\S+ [-+\d/]+\/(\+?-?\d+) (-1|\d{3}) \+?\d+ \S+ \S+ [\w-]{4} \S+ \S+ (?:\{[^}]*\} )*"(?:[A-Z]+|<BADREQ>)/

function byPattern(line: string) {
  const found = PATTERN.exec(line)
  if (found === null) return null
  const millis = Number(found[1]?.replace('+', ''))
  return { status: Number(found[2]), duration: millis < 0 ? null : Math.round(millis * 1000) }
}

const LINE =
  '192.0.2.1:33317 [06/Feb/2009:12:14:14.655] http-in static/srv1 10/0/30/69/109 200 2750 - - ---- 1/1/1/1/0 0/0 {1wt.eu} {} "GET /index.html HTTP/1.1"'

const measure = (line: string) => measureHaproxy(Buffer.from(`x${line}y`), 1, 1 + line.length)

function check(name: string, line: string, expected: ReturnType<typeof measure>): void {
  test(name, () => assert.deepEqual(measure(line), expected))
}

check('status and total time', LINE, { status: 200, duration: 109_000 })
check('a time that was not measured', LINE.replace('/109', '/-1'), { status: 200, duration: null })
check('a log written before the end', LINE.replace('/109 200 2', '/+109 200 +2'), { status: 200, duration: 109_000 })
check('no answer', LINE.replace(' 200 ', ' -1 '), { status: -1, duration: 109_000 })
check('no headers', LINE.replace('{1wt.eu} {} ', ''), { status: 200, duration: 109_000 })
check('a bad request is left to the pattern', LINE.replace('GET /index.html HTTP/1.1', '<BADREQ>'), null)
check('another line', 'connect from unknown[192.0.2.1]', null)

test('never tells what the pattern would not', () => {
  const signs = fc.constantFrom(...' :/[]{}"-+.09aAZ'.split(''))
  const edits = fc.array(fc.tuple(fc.nat(LINE.length), fc.nat(3), fc.string({ unit: signs, maxLength: 3 })), {
    maxLength: 3,
  })
  fc.assert(
    fc.property(edits, (changes) => {
      let line = LINE
      for (const [at, length, text] of changes) line = line.slice(0, at) + text + line.slice(at + length)
      const told = measure(line)
      if (told !== null) assert.deepEqual(told, byPattern(line))
    }),
    { numRuns: 3000 },
  )
})
