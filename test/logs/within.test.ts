// What is told of a line is told from its own bytes: the others are never searched.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { partsAtRest } from '../../src/logs/format.ts'
import { cri, docker } from '../../src/logs/formats/container.ts'
import { criParts, dockerParts } from '../../src/logs/formats/container-bytes.ts'
import { Messages } from '../../src/logs/road/messages.ts'
import { within } from '../../src/logs/within.ts'

/** A line with others behind it, in a buffer that refuses to be searched as a whole. */
function guarded(line: string): { readonly bytes: Buffer; readonly from: number; readonly to: number } {
  const refuse = () => assert.fail('the whole buffer is searched')
  const bytes = Buffer.from(`first\n${line}\n${'x'.repeat(100)}\n`)
  Object.assign(bytes, { indexOf: refuse, lastIndexOf: refuse, includes: refuse })
  return { bytes, from: 6, to: 6 + Buffer.byteLength(line) }
}

test('bytes are found in their line alone', () => {
  const span = { bytes: Buffer.from('a=b\nc[d'), from: 0, to: 3 }
  assert.equal(within(span, 61), 1)
  assert.equal(within(span, 91), -1)
  assert.equal(within({ ...span, from: 4, to: 7 }, Buffer.from('[d')), 5)
})

const MESSAGES = [
  'worker ready',
  'level=info msg=done',
  'I1120 22:35:19.868123       1 server.go:12] done',
  '192.0.2.1 - - [20/Nov/2026:22:35:19 +0000] "GET / HTTP/1.1" 200 12 "-" "curl/8"',
  '{"level":"info","msg":"done"}',
]

for (const message of MESSAGES) {
  test(`its parts and what it says: ${message.slice(0, 20)}`, () => {
    const parts = partsAtRest()
    const escaped = message.replaceAll('"', '\\"')
    const lines = [
      [dockerParts, `{"log":"${escaped}\\n","stream":"stdout","time":"2026-11-20T22:35:19.868123456Z"}`],
      [criParts, `2026-11-20T22:35:19.868123456Z stdout F ${message}`],
    ] as const
    for (const [find, line] of lines) {
      const { bytes, from, to } = guarded(line)
      assert.equal(find(bytes, from, to, parts), true)
      for (const format of [docker, cri]) new Messages(format).tell(bytes, parts.body, parts.bodyEnd)
    }
  })
}
