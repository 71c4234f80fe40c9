import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { createScanner } from '../../../src/engine/scanner/index.ts'
import { type Literal, type Scanner, SECOND } from '../../../src/model/index.ts'
import { type Outcome, readText } from '../reading-bench.ts'

const LITERALS: readonly Literal[] = ['refused', 'timeout'].map((text) => ({ text, anyCase: false }))
const fast = createScanner(LITERALS)
const plain: Scanner = { memory: fast.memory, find: fast.find }
const skip = fast.lines === undefined ? 'not built here: npm run build' : false

/** All that came out, with the counts of each second. */
const toldOf = ({ events, notices, summary }: Outcome): object => ({
  events,
  notices,
  summary: { ...summary, tally: null },
  lines: summary.tally.lines(),
})

async function sameOnBothRoads(content: Uint8Array, pieces: readonly number[] = []): Promise<void> {
  const many = await readText(content, { scanner: fast, pieces })
  const one = await readText(content, { scanner: plain, pieces })
  assert.deepEqual(toldOf(many), toldOf(one))
}

/** A field of any bytes, or one that promises more than it has. */
const sized = (name: string, value: string, more = 0): string => {
  const size = Buffer.alloc(8)
  size.writeUInt32LE(value.length + more)
  return `${name}\n${size.toString('latin1')}${value}\n`
}
const entry = (micros: number, ...fields: readonly string[]): string =>
  `__CURSOR=s=1\n__REALTIME_TIMESTAMP=${micros}\n_HOSTNAME=reg-09\n${fields.join('')}\n`
const TIME = 1_795_214_762_694_290
const HEAD = entry(TIME - 5)

const FIELDS = [
  'PRIORITY=3\n',
  'PRIORITY=6\n',
  'PRIORITY=\n',
  'PRIORITY=8\n',
  'PRIORITY=33\n',
  '_TRANSPORT=stdout\n',
  'MESSAGE=started\n',
  'MESSAGE=timeout\n',
  'SYSLOG_IDENTIFIER=api\n',
  'SYSLOG_IDENTIFIER=api\nMESSAGE=Traceback (most recent call last):\n',
  'SYSLOG_IDENTIFIER=api\nMESSAGE=  File "a.py", line 3, in level\n',
  'SYSLOG_IDENTIFIER=api\nMESSAGE=psycopg.OperationalError: refused\n',
  `_SOURCE_REALTIME_TIMESTAMP=${TIME - SECOND}\n`,
  '__REALTIME_TIMESTAMP=\n',
  '__REALTIME_TIMESTAMP=1e15\n',
  '__REALTIME_TIMESTAMP=9007199254740993\n',
  `__REALTIME_TIMESTAMP=${TIME + 3 * SECOND}\n`,
  sized('__REALTIME_TIMESTAMP', String(TIME + 5 * SECOND)),
  sized('MESSAGE', 'a\n\nrefused\n\n'),
  sized('MESSAGE', 'a\n\nPRIORITY=2\n\n'),
  sized('MESSAGE', 'ten bytes\n'),
  sized('PRIORITY', '2'),
  sized('CUT', 'two', 2),
  sized('CUT', 'two', -1),
  'CUT\n',
  'small=1\n',
  'NO SIGN\n',
  '=\n',
  `${'N'.repeat(64)}=1\n`,
  `${'N'.repeat(65)}=1\n`,
  'MESSAGE=\xff\r\n',
  '\n',
]
const usual = fc.array(fc.constantFrom(...FIELDS.slice(0, 10)), { maxLength: 4 })
const any = fc.array(fc.constantFrom(...FIELDS), { maxLength: 4 })
const entries = fc.tuple(fc.integer({ min: -15, max: 40 }), fc.oneof(usual, any)).map(([tenths, fields]) => {
  const text = entry(TIME + tenths * 100_000, ...fields)
  return tenths < 0 ? text.replace(/__REALTIME_TIMESTAMP=\d+\n/, '') : text
})

test('entries counted many at once count as they do one by one', { skip }, async () => {
  const pieces = fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 3 })
  await fc.assert(
    fc.asyncProperty(fc.array(entries, { maxLength: 40 }), fc.nat(60), pieces, async (all, cut, some) => {
      const content = Buffer.from(`${HEAD}${all.join('')}`, 'latin1')
      await sameOnBothRoads(content.subarray(0, Math.max(HEAD.length, content.length - cut)), some)
    }),
    { numRuns: 1000 },
  )
})

test('a program that goes on in the next entries says one record, whoever reads', async () => {
  const says = (...messages: readonly string[]) =>
    messages.map((said, at) => entry(TIME + at, 'SYSLOG_IDENTIFIER=api\n_PID=7\n', `MESSAGE=${said}\n`)).join('')
  const trace = says(
    'ERROR in app: Exception on /x',
    'Traceback (most recent call last):',
    '  File "a.py", line 3',
    'a.b.OSError: refused',
    'next',
  )
  const content = Buffer.from(`${HEAD}${says('started')}${trace}${says('started')}`)
  for (const scanner of [null, fast, plain]) {
    const { records, summary } = await readText(content, { scanner })
    const found = records.find(({ body }) => body.includes('refused'))
    assert.ok(found?.place.kind === 'line')
    assert.equal(found.body.split('\n').length, 4)
    const { offset, length, digest, line, lineEnd } = found.place
    const bytes = content.subarray(offset, offset + length)
    assert.equal(crc32(bytes), digest)
    assert.equal(bytes.toString().match(/MESSAGE=/g)?.length, 4)
    assert.equal(content.subarray(0, offset).filter((byte) => byte === 10).length + 1, line)
    assert.equal(bytes.filter((byte) => byte === 10).length + line, lineEnd)
    assert.equal(summary.records, 8)
  }
})

test('a literal in what an export breaks off with is looked at once', async () => {
  for (const scanner of [null, fast, plain]) {
    for (const rest of ['refused', '\nrefused', 'MESSAGE=refused', '\n\nMESSAGE\nrefused']) {
      const { summary } = await readText(`${HEAD}${HEAD}${rest}`, { scanner })
      assert.ok(summary.records >= 2)
    }
  }
})

test('records with a literal are those that are found where all are read', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(entries, { maxLength: 30 }), async (all) => {
      const content = Buffer.from(`${HEAD}${all.join('')}`, 'latin1')
      const held = ({ events }: Outcome) => events.filter(({ excerpt }) => /refused|timeout/.test(excerpt))
      assert.deepEqual(
        held(await readText(content, { scanner: plain })),
        held(await readText(content, { scanner: null })),
      )
    }),
    { numRuns: 500 },
  )
})

test('so do those of an export that is cut anywhere', { skip }, async () => {
  const second = entry(TIME, 'PRIORITY=4\n', sized('MESSAGE', 'a\n\nrefused'), 'MESSAGE=b\n')
  const content = Buffer.from(`${HEAD}\n\n${second}${entry(TIME + SECOND, sized('B', '\n'))}`, 'latin1')
  for (let cut = HEAD.length; cut <= content.length; cut++) await sameOnBothRoads(content.subarray(0, cut))
})

test('so do those around an entry that is larger than the block', { skip }, async () => {
  const some = entry(TIME, 'PRIORITY=4\n').repeat(30_000)
  const large = entry(TIME + SECOND, sized('COREDUMP', 'x\n'.repeat(3 << 19)))
  const content = Buffer.from(`${HEAD}${some}${large}${some}${entry(TIME, 'MESSAGE=timeout\n')}${some}`, 'latin1')
  await sameOnBothRoads(content)
})

test('an export begins and ends at exact times, with the severities of each second', { skip }, async () => {
  const fields = [
    [0, 'PRIORITY=6\n'],
    [200, 'PRIORITY=3\n'],
    [-7, 'PRIORITY=6\n', '_TRANSPORT=stdout\n'],
    [100, 'PRIORITY=6\n'],
    [SECOND + 900],
    [SECOND + 300, 'PRIORITY=9\n'],
  ] as const
  const content = fields.map(([after, ...others]) => entry(TIME + after, ...others)).join('')
  const { events, summary } = await readText(content, { scanner: fast })
  const { first, last, records, coverage, reader, clock } = summary
  assert.deepEqual([first, last], [TIME - 7, TIME + SECOND + 900])
  assert.deepEqual([events.length, records, coverage, reader], [0, 6, 1, 'journald-export'])
  assert.deepEqual(clock, { zone: 'UTC', quality: 'exact', offset: 0 })
  assert.deepEqual(summary.tally.lines(), [
    { at: 1_795_214_762_000_000, severity: 'info', count: 3 },
    { at: 1_795_214_762_000_000, severity: 'error', count: 1 },
    { at: 1_795_214_763_000_000, severity: null, count: 2 },
  ])
})
