import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isFramed } from '../../../src/logs/road/frames.ts'
import { readText, wordScanner } from '../reading-bench.ts'

const frame = (text: string): string => `${Buffer.byteLength(text)} ${text}`
const SU = '<34>1 2026-11-20T22:14:15.003Z reg-09 su - ID47 - refused'
const TWO_LINES = '<165>1 2026-11-20T22:14:16.003Z reg-09 api 12 - [ex@32473 iut="3"] two\nlines'
const BSD = '<13>Nov 20 22:14:17 reg-09 api[3]: gr\u00fc\u00df'
const FRAMED = [SU, TWO_LINES, BSD].map(frame).join('')

function check(text: string, expected: boolean): void {
  test(text.slice(0, 80), () => assert.equal(isFramed(Buffer.from(text)), expected))
}

check(FRAMED, true)
check(frame(SU), true)
check(`${frame(SU)}\n${frame(SU)}\n`, false)
check(`${frame(`${SU}\n`)}${frame(`${SU}\n`)}`, true)
check('12 monkeys\n', false)
check('{"short_message":"a"}\0{"short_message":"b"}\0', true)
check('{"msg":"a\0b"}\n{"msg":"c"}', false)

const said = async (text: string, pieces: readonly number[] = []) =>
  (await readText(text, { year: 2026, pieces })).records.map(({ body, program, place }) => [
    program,
    body,
    place.offset,
  ])

const WHOLE = [
  ['su', 'refused', 3],
  ['api', 'two\nlines', SU.length + 6],
  ['api', 'gr\u00fc\u00df', SU.length + TWO_LINES.length + 9],
]

test('records are told by their counts, whatever the pieces', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 4 }), async (pieces) => {
      assert.deepEqual(await said(FRAMED, pieces), WHOLE)
    }),
  )
})

test('lines are counted though frames end none', async () => {
  const { records } = await readText(FRAMED, { year: 2026 })
  const lines = records.map(({ place }) => place.kind === 'line' && [place.line, place.lineEnd])
  assert.deepEqual(lines, [
    [1, 1],
    [1, 2],
    [2, 2],
  ])
})

test('nothing is lost where a count is missing or the last frame is cut', async () => {
  const { records, notices } = await readText(`${frame(SU)}${frame(SU)}lost ${frame(SU).slice(0, -3)}`)
  assert.deepEqual(
    records.map(({ body }) => body),
    ['refused', 'refused', 'lost', 'refu'],
  )
  assert.deepEqual(
    notices.map(({ code, offset }) => [code, offset]),
    [['record-damaged', frame(SU).length * 2]],
  )
})

test('with a scanner only the records that hold a literal become events', async () => {
  const { records, summary } = await readText(FRAMED, { year: 2026, scanner: wordScanner(['lines']) })
  assert.deepEqual([records.map(({ body }) => body), summary.records], [['two\nlines'], 3])
})

test('a NUL ends the messages of GELF', async () => {
  const messages = ['a', 'b'].map((text) => `{"version":"1.1","host":"h","short_message":"${text}","level":3}`)
  const { records } = await readText(`${messages.join('\0')}\0`)
  assert.deepEqual(
    records.map(({ reader, body, severity }) => [reader, body, severity]),
    [
      ['json', 'a', 'error'],
      ['json', 'b', 'error'],
    ],
  )
})
