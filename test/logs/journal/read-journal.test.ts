import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readJournalFile } from '../../../src/logs/index.ts'
import type { Event, LogEvent, Notice, Scanner } from '../../../src/model/index.ts'
import { formatInstant, isLogEvent } from '../../../src/model/index.ts'
import { unpackXz } from '../../../src/sources/index.ts'
import { bytesOf, wordScanner } from '../reading-bench.ts'
import { buildJournal, type Layout } from './journal-builder.ts'

const ENTRIES = [
  {
    realtime: 1_795_214_762_694_290,
    fields: [
      'MESSAGE=Started the service.',
      '_HOSTNAME=reg-09.example',
      'SYSLOG_IDENTIFIER=systemd',
      'PRIORITY=6 '.trim(),
    ],
  },
  {
    realtime: 1_795_214_763_694_290,
    fields: [
      'MESSAGE=connect refused, giving up',
      '_HOSTNAME=reg-09.example',
      'SYSLOG_IDENTIFIER=register',
      'PRIORITY=3',
    ],
  },
]

interface Reading {
  readonly scanner?: Scanner
  readonly unpackXz?: null
}

async function read(journal: Buffer, { scanner, unpackXz: none }: Reading = {}) {
  const records: LogEvent[] = []
  const notices: Notice[] = []
  const sink = {
    event: (event: Event) => void (isLogEvent(event) && records.push(event)),
    notice: (notice: Notice) => void notices.push(notice),
  }
  const known = { source: 0, path: 'system.journal', head: journal, modified: null, zone: null, year: null }
  const options = { ...known, scanner: scanner ?? null, ...(none === null ? {} : { unpackXz }) }
  const summary = await readJournalFile(bytesOf(journal, [1000, 7]), options, sink)
  return { records, notices, summary }
}

const LAYOUTS: readonly Layout[] = [
  { compact: false, pack: 'none' },
  { compact: true, pack: 'none' },
  { compact: true, pack: 'zstd' },
  { compact: false, pack: 'xz' },
]

for (const layout of LAYOUTS) {
  test(`reads entries (compact ${layout.compact}, packed ${layout.pack})`, async () => {
    const { records, notices, summary } = await read(buildJournal(ENTRIES, layout))
    assert.deepEqual(
      records.map(({ time, severity, host, program, body }) => [formatInstant(time), severity, host, program, body]),
      [
        ['2026-11-20T22:46:02.694290Z', 'info', 'reg-09.example', 'systemd', 'Started the service.'],
        ['2026-11-20T22:46:03.694290Z', 'error', 'reg-09.example', 'register', 'connect refused, giving up'],
      ],
    )
    assert.deepEqual(notices, [])
    assert.deepEqual([summary.reader, summary.records], ['journald', 2])
  })
}

test('values packed with XZ are told where nothing unpacks them', async () => {
  const { records, notices } = await read(buildJournal(ENTRIES, { compact: false, pack: 'xz' }), { unpackXz: null })
  assert.deepEqual(
    records.map(({ body, program }) => [body, program]),
    [
      ['Started the service.', 'systemd'],
      ['', 'register'],
    ],
  )
  assert.deepEqual(
    notices.map(({ code }) => code),
    ['record-damaged'],
  )
})

test('values packed with LZ4 are unpacked', async () => {
  const fields = ['MESSAGE=Started the service.', '_HOSTNAME=reg-09.example']
  const { records } = await read(
    buildJournal([{ realtime: 1_795_214_762_694_290, fields }], { compact: false, pack: 'lz4' }),
  )
  assert.deepEqual(
    records.map(({ host, body }) => [host, body]),
    [['reg-09.example', 'Started the service.']],
  )
})

test('with a scanner only entries that hold a literal come out', async () => {
  const { records, summary } = await read(buildJournal(ENTRIES, { compact: true, pack: 'none' }), {
    scanner: wordScanner(['refused']),
  })
  assert.deepEqual(
    records.map(({ body, place }) => [body, place.kind === 'line' && place.line]),
    [['connect refused, giving up', 2]],
  )
  assert.equal(summary.records, 2)
})

test('a journal that breaks off gives what came before', async () => {
  const whole = buildJournal(ENTRIES, { compact: false, pack: 'none' })
  const { records, notices } = await read(whole.subarray(0, whole.length - 300))
  assert.deepEqual(
    records.map(({ body }) => body),
    ['Started the service.'],
  )
  assert.deepEqual(
    notices.map(({ code }) => code),
    ['record-damaged'],
  )
})

test('bytes that are no journal are told', async () => {
  const { records, notices } = await read(Buffer.from('LPKSHHRH and then nothing'))
  assert.deepEqual([records.length, notices.map(({ code }) => code)], [0, ['record-damaged']])
})
