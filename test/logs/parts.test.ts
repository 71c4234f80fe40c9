import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { FORMATS, PartReader, type PartReaders, startLog } from '../../src/logs/index.ts'
import type { Event, Notice, Scanner, SourceSummary } from '../../src/model/index.ts'
import { bytesOf, lineScanner, wordScanner } from './reading-bench.ts'

interface Outcome {
  readonly events: readonly Event[]
  readonly notices: readonly Notice[]
  readonly summary: Omit<SourceSummary, 'tally'>
  readonly lines: unknown
  readonly witnesses: unknown
  readonly requests: unknown
}

interface Reading {
  /** Memory for a part. */
  readonly bytes: number
  readonly scanner: Scanner
  /** The file, where the source is one. */
  readonly file: Uint8Array
}

interface CountingReaders extends PartReaders {
  parts: number
  lent: number
}

/** Two of three parts are read as if elsewhere, the later ones first; the third is there to be taken back. */
function readersOf({ bytes, scanner, file }: Reading): CountingReaders {
  const readAt = (_: number, target: Uint8Array, at: number) => {
    const found = file.subarray(at, at + target.length)
    target.set(found)
    return found.length
  }
  const reader = new PartReader(scanner, readAt)
  const readers: CountingReaders = {
    sizes: { least: 4 * bytes, largest: bytes, smallest: bytes >> 1 },
    busy: false,
    before: Promise.resolve(),
    parts: 0,
    lent: 0,
    readAt,
    hasRoom: () => readers.lent < 4,
    lend: () => {
      readers.lent++
      return Promise.resolve(Buffer.from(new SharedArrayBuffer(bytes)))
    },
    giveBack: () => void readers.lent--,
    read: (input) => {
      const part = readers.parts++
      if (part % 3 === 0) return { output: new Promise(() => undefined), claim: () => true }
      const later = new Promise((done) => setTimeout(done, part % 2))
      return { output: later.then(() => reader.read(input)), claim: () => false }
    },
    listen: () => Promise.resolve(),
    help: () => new Promise((done) => setTimeout(done, 1)),
    turn: () => Promise.resolve(),
  }
  return readers
}

interface Source {
  readonly content: Uint8Array
  readonly scanner: Scanner
  readonly readers: PartReaders | null
  /** The source is a file that all can read. */
  readonly isFile: boolean
}

async function outcome({ content, scanner, readers, isFile }: Source): Promise<Outcome> {
  const events: Event[] = []
  const notices: Notice[] = []
  const options = { source: 0, path: 'a.log', head: content.subarray(0, 1 << 16), zone: null, year: 2026 }
  const sink = {
    event: (event: Event) => void events.push(event),
    notice: (notice: Notice) => void notices.push(notice),
  }
  const { bytes, disk } = fileOf(content)
  const log = await startLog({
    bytes,
    disk: isFile ? disk : null,
    options: { ...options, modified: null, scanner },
    sink,
    readers,
  })
  const { tally, ...summary } = await log.summary
  if (isFile) assert.equal(disk.crc(), crc32(content))
  return { events, notices, summary, lines: tally.lines(), requests: tally.requests(), witnesses: tally.witnesses() }
}

/** What is read of a file, and what was told to be read of it elsewhere. */
function fileOf(content: Uint8Array) {
  let at = 0
  let crc = 0
  const take = (length: number) => {
    crc = crc32(content.subarray(at, at + length), crc)
    at += length
  }
  const read = (target: Uint8Array) => {
    const found = content.subarray(at, at + Math.min(target.length, 700))
    target.set(found)
    take(found.length)
    return found.length
  }
  const pass = (length: number, told: number) => {
    assert.equal(told, crc32(content.subarray(at, at + length)))
    take(length)
  }
  return { bytes: { read }, disk: { descriptor: 3, size: content.length, pass, crc: () => crc } }
}

const WORDS = ['refused', 'timeout']

/** All that is asked is read as if elsewhere, one after the other: of this log three blocks or a little more. */
function wholeReadersOf({ scanner, file }: Omit<Reading, 'bytes'>): CountingReaders {
  const reader = new PartReader(scanner, () => 0)
  const readers = readersOf({ bytes: Math.ceil(file.length / 3) + 1, scanner, file })
  const read: PartReaders['read'] = (input) => {
    readers.parts++
    // All scanners of the tests share their memory: nothing else is read meanwhile.
    const output = new Promise((done) => setTimeout(done)).then(() => reader.read(input))
    return { output, claim: () => false }
  }
  return Object.assign(readers, { busy: true, read })
}

/** Read in parts or elsewhere, as a stream and as a file, a log comes to what it comes to in one go. */
async function check(text: string | Uint8Array, bytes: number) {
  const scanner = lineScanner(WORDS)
  const content = typeof text === 'string' ? Buffer.from(text) : text
  const alone = await outcome({ content, scanner, readers: null, isFile: false })
  for (const isFile of [true, false]) {
    const readers = readersOf({ bytes, scanner, file: content })
    assert.deepEqual(await outcome({ content, scanner, readers, isFile }), alone)
    assert.equal(readers.lent, 0)
    const whole = wholeReadersOf({ scanner, file: content })
    assert.deepEqual(await outcome({ content, scanner, readers: whole, isFile }), alone)
    assert.equal(whole.lent, 0)
  }
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
  '[    1.234567] rtc_cmos 00:01: setting system clock to 2026-11-20T22:46:02 UTC (1795214762)',
]
const OTHER = [
  '',
  'plain words, nothing more',
  'Error: refused',
  '    at a.js:12:3',
  '[12345.678901] Out of memory: Killed process 7',
  'ünïcödé refused',
]
const line = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...TIMED) }, fc.constantFrom(...OTHER))
const size = fc.integer({ min: 300, max: 1500 })

test('a log read in parts comes to what it comes to in one go', async () => {
  const text = fc.array(line, { minLength: 20, maxLength: 120 }).map((lines) => lines.join('\n'))
  await fc.assert(fc.asyncProperty(text, size, check), { numRuns: 100 })
})

test('damage near the ends of parts changes nothing', async () => {
  const text = fc.array(line, { minLength: 60, maxLength: 120 }).map((lines) => Buffer.from(lines.join('\n')))
  const damage = fc.array(
    fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 10, 13, 34, 128, 255)),
  )
  const damaged = fc.tuple(text, damage).map(([bytes, places]) => {
    for (const [share, byte] of places) bytes[Math.floor(share * (bytes.length - 1))] = byte
    return bytes
  })
  await fc.assert(fc.asyncProperty(damaged, size, check), { numRuns: 100 })
})

test('levels within messages of syslog are counted as they are in one go', async () => {
  const said = ['Started.', 'level=info msg="ignoring event"', 'refused', 'level=error msg="refused"']
  const second = fc.integer({ min: 10, max: 14 })
  const one = fc
    .tuple(second, fc.constantFrom(...said))
    .map(([at, text]) => `Nov 20 22:46:${at} reg-09 api[7]: ${text}`)
  const text = fc
    .array(one, { minLength: 40, maxLength: 120 })
    .map((lines) => ['Nov 20 22:46:09 reg-09 api[7]: -', ...lines].join('\n'))
  await fc.assert(fc.asyncProperty(text, size, check), { numRuns: 100 })
})

test('uptimes are tied to the calendar by the start that was told last, whoever read that', async () => {
  const others = 'Nov 20 22:46:02 reg-09 systemd[1]: Started.\n'.repeat(20)
  const [first, second] = [
    '[    1.234567] rtc_cmos 00:01: setting system clock to 2026-11-20T22:46:02 UTC (1795214762)\n',
    '[    9.234567] rtc_cmos 00:01: setting system clock to 2026-11-20T22:48:02 UTC (1795214882)\n',
  ]
  const killed = '[12345.678901] Out of memory: refused\n'
  for (const text of [
    `${first}${others}${second}${others}${killed}`,
    `${others}${others}${first}${others}${killed}${others}`,
  ])
    for (const bytes of [700, 1000, 1500]) await check(`${text}${others}`, bytes)
})

test('times of day go on from the last whole time, whoever read that', async () => {
  const whole = '2026-11-20 22:35:19,869 ERROR [61] svc - refused\n'.repeat(20)
  await check(`${whole}${'22:47:01,120 ERROR [61] svc - refused\n'.repeat(40)}${whole}`, 700)
})

test('logs of every format come to the same in parts', async () => {
  for (const { takes } of FORMATS) {
    const lines = [...takes.flatMap((one) => one.split('\n')), 'refused']
    const times = Math.ceil(4000 / lines.join('\n').length)
    const content = Array.from({ length: times }, () => lines).flat()
    await check(content.join('\n'), 700)
  }
})

test('a log of one kind is cut into parts, all of which are taken', async () => {
  const scanner = wordScanner(['refused'])
  const lineOf = (at: number) =>
    `2026-11-20 22:35:${String(at % 60).padStart(2, '0')},869 ERROR [61] svc - refused ${at}`
  const content = Buffer.from(Array.from({ length: 400 }, (_, at) => lineOf(at)).join('\n'))
  for (const isFile of [true, false]) {
    const readers = readersOf({ bytes: 1000, scanner, file: content })
    const { events } = await outcome({ content, scanner, readers, isFile })
    assert.equal(events.length, 400)
    assert.ok(readers.parts > 20)
    assert.deepEqual(
      events.map(({ place }) => place.kind === 'line' && place.line),
      Array.from({ length: 400 }, (_, at) => at + 1),
    )
  }
})

test('a short log is read in one go, and so is one that cannot be cut', async () => {
  const scanner = wordScanner(['refused'])
  for (const text of ['Nov 20 22:46:03 reg-09 api[7]: refused', 'refused, no time\n'.repeat(300)]) {
    const content = Buffer.from(text)
    const readers = readersOf({ bytes: 1000, scanner, file: content })
    await outcome({ content, scanner, readers, isFile: false })
    assert.equal(readers.parts, 0)
    await check(content, 1000)
  }
})

test('a file that grows or shrinks while it is read is read to its end', async () => {
  const scanner = wordScanner(['refused'])
  const content = Buffer.from('2026-11-20 22:35:19,869 ERROR [61] svc - refused\n'.repeat(200))
  const alone = await outcome({ content, scanner, readers: null, isFile: false })
  for (const seen of [content.length - 1234, content.length - 5000, 0]) {
    const readers = readersOf({ bytes: 1000, scanner, file: content.subarray(0, seen) })
    assert.deepEqual(await outcome({ content, scanner, readers, isFile: true }), alone)
  }
})

test('a log of one part is read elsewhere where others are, and taken when its turn comes', async () => {
  const scanner = wordScanner(['refused'])
  const content = Buffer.from(TIMED.join('\n'))
  const order: string[] = []
  const sink = { event: () => void order.push('event'), notice: () => {} }
  const options = { source: 0, path: 'a.log', head: content, zone: null, year: 2026, modified: null, scanner }
  const reader = new PartReader(scanner, () => 0)
  const read: PartReaders['read'] = (input) => ({ output: reader.read(input), claim: () => false })
  const before = new Promise<void>((done) =>
    setTimeout(() => {
      order.push('before')
      done()
    }, 5),
  )
  const readers = { ...readersOf({ bytes: 9000, scanner, file: content }), busy: true, before, read }
  const { summary } = await startLog({ bytes: bytesOf(content), disk: null, options, sink, readers })
  assert.deepEqual(order, [])
  assert.equal((await summary).records, TIMED.length)
  assert.deepEqual(order.slice(0, 2), ['before', 'event'])
})

test('logs whose parts hang on those before are read elsewhere as a whole', async () => {
  const scanner = lineScanner(['refused'])
  const kinds = [
    '2026-11-20T22:46:03.123456789Z stdout F connect refused\n',
    '{"log":"connect refused\\n","stream":"stderr","time":"2026-11-20T22:46:03.123456789Z"}\n',
    '__REALTIME_TIMESTAMP=1795214764214000\nPRIORITY=3\nMESSAGE=connect refused\n\n',
  ]
  for (const kind of kinds) {
    const content = Buffer.from(kind.repeat(60))
    const alone = await outcome({ content, scanner, readers: null, isFile: false })
    const readers = wholeReadersOf({ scanner, file: content })
    assert.deepEqual(await outcome({ content, scanner, readers, isFile: false }), alone)
    assert.equal(alone.events.length > 0, true)
    assert.equal(readers.parts, 1)
    assert.equal(readers.lent, 0)
  }
})

test('a log that tells of an event in nearly every line is read by whoever takes it', async () => {
  const scanner = wordScanner(['refused'])
  const reader = new PartReader(scanner, () => 0)
  const read = (times: number, width: number) => {
    const bytes = Buffer.from(`2026-11-20 22:35:19,869 ERROR [61] svc - refused ${'.'.repeat(width)}\n`.repeat(times))
    const options = { source: times + width, path: 'a.log', head: bytes, zone: null, year: 2026, modified: null }
    return reader.read({ options, place: { kind: 'block', pieces: [bytes], offset: 0 } })
  }
  assert.equal((await read(500, 0))?.events.length, 500)
  assert.equal(await read(501, 0), null)
  assert.equal((await read(600, 5000))?.events.length, 600)
  await check('2026-11-20 22:35:19,869 ERROR [61] svc - refused\n'.repeat(2000), 40_000)
})

test('two logs of one name are told apart', async () => {
  const scanner = wordScanner(['refused'])
  const reader = new PartReader(scanner, () => 0)
  const texts = [
    'Nov 20 22:46:03 reg-09 api[7]: refused\n',
    'START RequestId: 0b05b5d9-3795-446d-a5be-b2443943fed9 Version: $LATEST\n',
  ]
  for (const [source, text] of texts.entries()) {
    const bytes = Buffer.from(text)
    const options = { source, path: 'a.log', head: bytes, zone: null, year: 2026, modified: null }
    const output = await reader.read({ options, place: { kind: 'block', pieces: [bytes], offset: 0 } })
    const alone = await outcome({ content: bytes, scanner, readers: null, isFile: false })
    assert.equal(output?.part.readers[0]?.[0], alone.summary.reader)
  }
})

test('a part that fails is told', async () => {
  const scanner = wordScanner(['refused'])
  const content = Buffer.from('2026-11-20 22:35:19,869 ERROR [61] svc - refused\n'.repeat(100))
  const read = () => ({ output: Promise.reject(new Error('lost')), claim: () => false })
  for (const isFile of [true, false])
    for (const [bytes, busy] of [
      [1000, false],
      [9000, true],
    ] as const) {
      if (isFile && busy) continue
      const readers = { ...readersOf({ bytes, scanner, file: content }), busy, read }
      await assert.rejects(outcome({ content, scanner, readers, isFile }), /lost/)
    }
})
