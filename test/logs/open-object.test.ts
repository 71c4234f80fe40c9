// A header with an object printed over several lines behind it is one record, on both roads.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isWithinObject } from '../../src/logs/open-object.ts'
import { lineScanner, readText, wordScanner } from './reading-bench.ts'

const OBJECT = [
  '{',
  '  "time": "2026-03-01T09:00:00Z",',
  '  "level": "error",',
  '  "items": [',
  '    {',
  '      "x": "refused"',
  '    },',
  '    {"y": 2}',
  '  ]',
  '}',
]
const options = { year: 2026 }

/** First and last lines of the records of a log in which each line `>` stands for the object behind it. */
async function check(lines: readonly string[], ...records: readonly string[]): Promise<void> {
  const content = lines.flatMap((line) =>
    line.endsWith('>') ? [`${line.slice(0, -1)}${OBJECT[0]}`, ...OBJECT.slice(1)] : line,
  )
  const text = content.join('\n')
  const all = await readText(text, options)
  const spans = all.events.flatMap(({ kind, place }) =>
    kind === 'log' && place.kind === 'line' ? `${place.line}-${place.lineEnd}` : [],
  )
  assert.deepEqual(spans, records, text)
  for (const scanner of [wordScanner(['refused', '"y"']), lineScanner(['refused', '"y"'])]) {
    const some = await readText(text, { ...options, scanner })
    const held = all.events.filter(({ place }) =>
      place.kind !== 'line' ? false : /refused|"y"/.test(text.slice(place.offset, place.offset + place.length)),
    )
    assert.deepEqual(some.events, held)
  }
  const counted = await readText(text, { ...options, scanner: lineScanner(['no such word']) })
  assert.equal(counted.summary.records, all.summary.records)
}

test('an object belongs to the header before it', async () => {
  await check(
    ['2026-03-01 10:00:00,001 INFO [main] a.B - payload: >', '2026-03-01 10:00:01,001 INFO [main] a.B - done'],
    '1-10',
    '11-11',
  )
  await check(
    ['2026-03-01 10:00:00,001 INFO [main] a.B - payload:', '>', '2026-03-01 10:00:01,001 INFO [main] a.B - done'],
    '1-11',
    '12-12',
  )
  await check(
    ['I0301 10:00:00.003000       1 a.go:1] got >', 'I0301 10:00:01.003000       1 a.go:1] fine'],
    '1-10',
    '11-11',
  )
  await check(['Mar  1 10:00:00 web-1 api[7]: got >', 'Mar  1 10:00:01 web-1 api[7]: fine'], '1-10', '11-11')
  await check(['server started', 'payload: >', 'done'], '1-1', '2-11', '12-12')
  await check(['INFO: started', 'INFO: payload >', 'WARN: done'], '1-1', '2-11', '12-12')
})

test('an object that nothing announces is a record of its own', async () => {
  await check(
    ['{"level":30,"time":1795214763214,"msg":"a"}', '>', '{"level":30,"time":1795214763214,"msg":"b"}'],
    '1-1',
    '2-11',
    '12-12',
  )
})

test('lines of another writer do not join what is not open', async () => {
  const text = '2026-03-01 10:00:00,001 INFO [main] a.B - '
  const json = '{"level":"info","time":"2026-03-01T10:00:01Z","msg":"refused"}'
  await check([`${text}listens`, json, `${text}fine,`, json, json], '1-1', '2-2', '3-3', '4-4', '5-5')
  await check([`${text}said:`, json], '1-1', '2-2')
  await check([`${text}opened {`, json], '1-1', '2-2')
  const trace = ['java.lang.IllegalStateException: refused', json, '\tat a.B.c(B.java:1)', '\t... 3 more', json]
  await check([json, ...trace], '1-1', '2-2', '3-3', '4-5', '6-6')
  const access = '192.0.2.7 - - [01/Mar/2026:10:00:00 +0000] "GET /a HTTP/1.1" 200 11 "-" "refused/8"'
  await check([`${text}listens`, access, `${text}listens`, json, access], '1-1', '2-2', '3-3', '4-4', '5-5')
  await check([access, access, '\tat a.B.c(B.java:1)', access], '1-1', '2-2', '3-3', '4-4')
})

test('commas go on where members and items do', () => {
  const within = (previous: string, line: string) => isWithinObject(previous, line, 'line')
  assert.equal(within('  "a": 1,', '  "b": "2026-03-01T09:00:00Z"'), true)
  assert.equal(within('    },', '    {"y": 2}'), true)
  assert.equal(within('},', '{'), false)
  assert.equal(within('{"a":1},', '{"a":2}'), false)
  assert.equal(within('"a","b",', '"2026-11-20 22:35:19","c",'), false)
  assert.equal(within('said, among others,', '{"a":2}'), false)
  assert.equal(within('payload:', '{'), false)
  assert.equal(isWithinObject('payload:', '{', 'header'), true)
})
