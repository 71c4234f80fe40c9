import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { readText, wordScanner } from './reading-bench.ts'

const WEB = [
  '2026-11-20 22:35:19,868 ERROR [main] a.b.C - boom',
  'java.lang.IllegalStateException: boom',
  '\tat a.b.C.run(C.java:7)',
  'Caused by: java.net.ConnectException: refused',
  '2026-11-20 22:35:20,868 INFO [main] a.b.C - fine',
]
const DB = [
  'Traceback (most recent call last):',
  '  File "/app/x.py", line 3, in run',
  'ConnectionRefusedError: refused',
  'ready',
]
const compose = (name: string, lines: readonly string[]) => lines.map((line) => `${name.padEnd(6)} | ${line}`)
const cri = (stream: string, lines: readonly string[]) =>
  lines.map((line) => `2026-11-20T22:35:19.868123456Z ${stream} F ${line}`)

/** All records, and the messages of those of one writer: a container or a stream. */
const read = async (lines: readonly string[]) => {
  const { records } = await readText(`${lines.join('\n')}\n`, { year: 2026 })
  const of = (writer: string) =>
    records.filter(({ program, fields }) => program === writer || fields.stream === writer).map(({ body }) => body)
  return { records, of }
}

/** Each way of mixing: true takes the next line of the first. */
const mixes = fc.array(fc.boolean(), { minLength: 12, maxLength: 12 })

function mixed(one: readonly string[], other: readonly string[], turns: readonly boolean[]): string[] {
  const [first, second] = [[...one], [...other]]
  const lines: string[] = []
  for (const turn of turns) lines.push(...(turn ? first : second).splice(0, 1))
  return [...lines, ...first, ...second]
}

for (const [name, wrap, first, second] of [
  ['containers of one text', compose, 'web-1', 'db-1'],
  ['streams of one container', cri, 'stdout', 'stderr'],
] as const) {
  test(`records of ${name} are whole however their lines are mixed`, async () => {
    const [web, db] = [wrap(first, WEB), wrap(second, DB)]
    const [alone, apart] = [await read(web), await read(db)]
    await fc.assert(
      fc.asyncProperty(mixes, async (turns) => {
        const { records, of } = await read(mixed(web, db, turns))
        assert.deepEqual([of(first), of(second)], [alone.of(first), apart.of(second)])
        const starts = records.map(({ place }) => place.offset)
        assert.deepEqual(
          starts,
          [...starts].sort((a, b) => a - b),
        )
      }),
    )
  })
}

test('bytes of a record are those from its first line to its last, others between', async () => {
  const text = `${mixed(compose('web-1', WEB), compose('db-1', DB), [true, false, true, false, true, false]).join('\n')}\n`
  const { records } = await readText(text)
  for (const { place } of records) {
    const raw = Buffer.from(text).subarray(place.offset, place.offset + place.length)
    assert.equal(place.kind === 'line' && place.digest, crc32(raw))
  }
})

test('with a scanner the same records come out', async () => {
  const text = `${mixed(compose('web-1', WEB), compose('db-1', DB), [true, false, true, false, true, false]).join('\n')}\n`
  const { records } = await readText(text, { scanner: wordScanner(['refused']) })
  assert.deepEqual(
    records.map(({ body }) => body.split('\n').length),
    [4, 3],
  )
})

test('a writer who has long been silent begins anew', async () => {
  const others = Array.from({ length: 300 }, (_, index) => `db-1   | line ${index}`)
  const text = ['web-1  | java.lang.IllegalStateException: boom', ...others, 'web-1  | \tat a.b.C.run(C.java:7)'].join(
    '\n',
  )
  const { records } = await readText(text)
  assert.deepEqual(
    [records.length, records[0]?.body, records.at(-1)?.body],
    [302, 'java.lang.IllegalStateException: boom', 'at a.b.C.run(C.java:7)'],
  )
})
