// Logs with lines that tell what the others mean: read from candidate to candidate they come to what all lines come to.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Log } from '../../../src/logs/log.ts'
import { Repeats } from '../../../src/logs/repeats.ts'
import { readCandidates } from '../../../src/logs/road/candidates.ts'
import { readEveryLine } from '../../../src/logs/road/every-line.ts'
import { keeper } from '../../../src/logs/road/keep.ts'
import type { Event } from '../../../src/model/index.ts'
import { bytesOf, wordScanner } from '../reading-bench.ts'

async function outcome(road: 'candidates' | 'lines', text: string, words: readonly string[]) {
  const content = Buffer.from(text)
  const scanner = wordScanner(words)
  const events: Event[] = []
  const sink = new Repeats({ event: (event) => events.push(event), notice: () => {} })
  const log = new Log(
    { source: 0, path: 'a.log', head: content, zone: null, year: 2026, modified: null, scanner },
    sink,
  )
  assert.equal(log.known.sequential, false)
  if (road === 'candidates') await readCandidates(bytesOf(content), log, scanner, { offset: 0, line: 1 })
  else await readEveryLine(bytesOf(content), log, keeper(log, scanner))
  sink.end()
  const { tally, ...summary } = log.summary()
  const { records, coverage, reader, clock } = summary
  const counts = { lines: tally.lines(), requests: tally.requests(), witnesses: tally.witnesses() }
  return { events, records, coverage, reader, clock, ...counts }
}

const row = (second: number, status: number, taken: string) =>
  `2026-11-20 22:35:${String(second).padStart(2, '0')} 192.0.2.81 GET /robots.txt ${status} ${taken}`
const LINES = [
  '#Fields: date time s-ip cs-method cs-uri-stem sc-status time-taken',
  '#Fields: date time s-ip cs-method cs-uri-stem time-taken sc-status',
  '#Fields: date time s-ip cs-method cs-uri-stem sc-status',
  '#Fields: time s-ip cs-method cs-uri-stem sc-status time-taken',
  '#Date: 2026-11-20 22:00:00',
  '#Software: refused',
  '# no directive',
  row(1, 200, '242'),
  row(1, 200, '0'),
  row(2, 404, '-'),
  row(3, 503, '30000'),
  row(4, 200, '0.25'),
  `${row(4, 200, '12')} refused`,
  '22:35:05 192.0.2.81 GET /refused 200 17',
  '22:35:06 192.0.2.81 GET /fine 200 17',
  '2026-11-20 22:35:07 192.0.2.81 GET "/a b" 200 17',
  '2026-11-20\t22:35:08\t192.0.2.81\tGET\t/a\t200\t17',
]

test('what the lines of a W3C log mean is told by the directives before them', async () => {
  const text = fc
    .array(fc.constantFrom(...LINES), { maxLength: 60 })
    .map((lines) => [LINES[0], row(0, 200, '1'), ...lines].join('\n'))
  await fc.assert(
    fc.asyncProperty(text, fc.constantFrom('refused', 'fine', '404'), async (content, word) => {
      assert.deepEqual(await outcome('candidates', content, [word]), await outcome('lines', content, [word]))
    }),
    { numRuns: 400 },
  )
})
