import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { PartReader, type PartReaders, startLog } from '../../src/logs/index.ts'
import type { Event, Notice, Scanner, SourceSummary } from '../../src/model/index.ts'
import { bytesOf, wordScanner } from './reading-bench.ts'

interface Outcome {
  readonly events: readonly Event[]
  readonly notices: readonly Notice[]
  readonly summary: Omit<SourceSummary, 'tally'>
  readonly lines: unknown
  readonly witnesses: unknown
  readonly requests: unknown
}

/** Parts of so many bytes, read here; the later ones are done first. */
function readersOf(bytes: number, scanner: Scanner): PartReaders & { parts: number; lent: number } {
  const reader = new PartReader(scanner)
  const readers = {
    count: 3,
    busy: false,
    parts: 0,
    lent: 0,
    lend: () => {
      readers.lent++
      return Promise.resolve(Buffer.from(new SharedArrayBuffer(bytes)))
    },
    giveBack: () => void readers.lent--,
    read: async (input: Parameters<PartReaders['read']>[0]) => {
      readers.parts++
      await new Promise((done) => setTimeout(done, readers.parts % 2))
      return reader.read(input)
    },
    turn: () => Promise.resolve(),
  }
  return readers
}

async function outcome(text: string, readers: PartReaders | null, scanner: Scanner): Promise<Outcome> {
  const content = Buffer.from(text)
  const events: Event[] = []
  const notices: Notice[] = []
  const options = { source: 0, path: 'a.log', head: content.subarray(0, 1 << 16), zone: null, year: 2026 }
  const sink = {
    event: (event: Event) => void events.push(event),
    notice: (notice: Notice) => void notices.push(notice),
  }
  const log = await startLog({
    bytes: bytesOf(content),
    options: { ...options, modified: null, scanner },
    sink,
    readers,
  })
  const { tally, ...summary } = await log.summary
  return { events, notices, summary, lines: tally.lines(), requests: tally.requests(), witnesses: tally.witnesses() }
}

const TIMED = [
  'Nov 20 22:46:02 reg-09 systemd[1]: Started.',
  'Nov 20 22:46:03 reg-09 api[7]: refused',
  'Nov 21 02:46:03 reg-09 api[7]: refused',
  'Dec 31 23:59:58 reg-09 api[7]: refused',
  'Jan  1 00:00:03 reg-09 api[7]: refused',
  '192.0.2.5 - - [20/Nov/2026:22:46:05 +0000] "GET /a HTTP/1.1" 503 11 "-" "x" rt=0.003',
  '192.0.2.15 - - [20/Nov/2026:22:46:04 +0000] "GET /a HTTP/1.1" 200 11 "-" "x" rt=0.003',
  '2026-11-20 22:35:19,869 ERROR [61] svc - connect refused 192.0.2.7:5432',
  '{"level":50,"time":1795214764214,"msg":"timeout","err":{"stack":"Error\\n    at a.js:1"}}',
]
const OTHER = [
  '',
  'plain words, nothing more',
  'Error: refused',
  '    at a.js:12:3',
  '[12345.678901] Out of memory: Killed process 7',
  'ünïcödé refused',
]

test('a log read in parts comes to what it comes to in one go', async () => {
  const line = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...TIMED) }, fc.constantFrom(...OTHER))
  const text = fc.array(line, { minLength: 20, maxLength: 120 }).map((lines) => lines.join('\n'))
  await fc.assert(
    fc.asyncProperty(text, fc.integer({ min: 300, max: 1500 }), async (content, bytes) => {
      const scanner = wordScanner(['refused', 'timeout'])
      const readers = readersOf(bytes, scanner)
      assert.deepEqual(await outcome(content, readers, scanner), await outcome(content, null, scanner))
      assert.equal(readers.lent, 0)
    }),
    { numRuns: 150 },
  )
})

test('a log of one kind is cut into parts, all of which are taken', async () => {
  const scanner = wordScanner(['refused'])
  const line = (at: number) => `2026-11-20 22:35:${String(at % 60).padStart(2, '0')},869 ERROR [61] svc - refused ${at}`
  const content = Array.from({ length: 400 }, (_, at) => line(at)).join('\n')
  const readers = readersOf(1000, scanner)
  const { events } = await outcome(content, readers, scanner)
  assert.equal(events.length, 400)
  assert.ok(readers.parts > 20)
  assert.deepEqual(
    events.map(({ place }) => place.kind === 'line' && place.line),
    Array.from({ length: 400 }, (_, at) => at + 1),
  )
})

test('a short log is read in one go, and so is one that cannot be cut', async () => {
  const scanner = wordScanner(['refused'])
  for (const content of ['Nov 20 22:46:03 reg-09 api[7]: refused', 'refused, no time\n'.repeat(300)]) {
    const readers = readersOf(1000, scanner)
    assert.deepEqual(await outcome(content, readers, scanner), await outcome(content, null, scanner))
    assert.equal(readers.parts, 0)
  }
})

test('a log of one part is read elsewhere where others are, and taken when its turn comes', async () => {
  const scanner = wordScanner(['refused'])
  const content = TIMED.join('\n')
  const order: string[] = []
  const turn = async () => void order.push('turn')
  const sink = { event: () => void order.push('event'), notice: () => {} }
  const head = Buffer.from(content)
  const options = { source: 0, path: 'a.log', head, zone: null, year: 2026, modified: null, scanner }
  const readers = { ...readersOf(9000, scanner), busy: true, turn }
  const { summary } = await startLog({ bytes: bytesOf(head), options, sink, readers })
  assert.deepEqual(order, [])
  assert.equal((await summary).records, TIMED.length)
  assert.deepEqual(order.slice(0, 2), ['turn', 'event'])
})

test('a part that fails is told', async () => {
  const scanner = wordScanner(['refused'])
  const content = '2026-11-20 22:35:19,869 ERROR [61] svc - refused\n'.repeat(100)
  const read = () => Promise.reject(new Error('lost'))
  await assert.rejects(outcome(content, { ...readersOf(1000, scanner), read }, scanner), /lost/)
  await assert.rejects(outcome(content, { ...readersOf(9000, scanner), busy: true, read }, scanner), /lost/)
})
