import assert from 'node:assert/strict'
import { test } from 'node:test'
import { block, hex, tcp } from '../build.ts'
import { read } from '../read.ts'

const SECTION = block(0x0a0d0d0a, hex('4d3c2b1a 0100 0000 ffffffffffffffff'))
const BIG_SECTION = hex('0a0d0d0a 0000001c 1a2b3c4d 0001 0000 ffffffffffffffff 0000001c')
const SYN = tcp({ sport: 4660, dport: 80, flags: 'S', seq: 1 })
const IP = Buffer.from(SYN).toString('hex')

function described(linkType: string, options = ''): Uint8Array {
  return block(1, hex(`${linkType} 0000 00000400 ${options}`))
}

/** An enhanced packet block with the time in two words. */
function packet(time: string, index = '00000000', data = IP): Uint8Array {
  return block(6, hex(`${index} ${time} 28000000 28000000 ${data}`))
}

function file(...blocks: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(blocks)
}

function check(name: string, bytes: Uint8Array, expected: string): void {
  test(name, async () => {
    for (const size of [1, 13, 4096]) {
      const { summary, notices, connections } = await read(bytes, size)
      const ends = connections.map((row) => `${row.origPackets}+${row.respPackets}`)
      assert.equal(
        `${summary.records} ${summary.first} ${summary.last} [${ends}] ${notices.map(({ code, offset }) => `${code}@${offset}`)}`,
        expected,
      )
    }
  })
}

const RAW = '6500'
const TIME = '00000000 02000000'
check('microseconds are the default', file(SECTION, described(RAW), packet(TIME)), '1 2 2 [1+0] ')
check(
  'nanoseconds',
  file(SECTION, described(RAW, '0900 0100 09000000'), packet('01000000 d2040000')),
  '1 4294968 4294968 [1+0] ',
)
check('milliseconds', file(SECTION, described(RAW, '0900 0100 03000000'), packet(TIME)), '1 2000 2000 [1+0] ')
check(
  'powers of two',
  file(SECTION, described(RAW, '0900 0100 8a000000'), packet('00000000 00040000')),
  '1 1000000 1000000 [1+0] ',
)
check(
  'a resolution that means nothing',
  file(SECTION, described(RAW, '0900 0100 ff000000'), packet(TIME)),
  '1 2 2 [1+0] ',
)
check(
  'an offset of seconds',
  file(SECTION, described(RAW, '0e00 0800 0100000000000000'), packet(TIME)),
  '1 1000002 1000002 [1+0] ',
)
check(
  'interfaces with different link types',
  file(SECTION, described('0100'), described(RAW), packet(TIME, '01000000')),
  '1 2 2 [1+0] ',
)
check(
  'a section begins with no interfaces',
  file(SECTION, described(RAW), packet(TIME), SECTION, packet(TIME)),
  '1 2 2 [1+0] capture-damaged@156',
)
check('sections of both byte orders', file(BIG_SECTION, SECTION, described(RAW), packet(TIME)), '1 2 2 [1+0] ')
check(
  'a simple packet has no time',
  file(SECTION, described(RAW), block(3, hex(`28000000 ${IP}`))),
  '1 null null [1+0] ',
)
check(
  'the old packet block',
  file(SECTION, described(RAW), block(2, hex(`0000 0000 ${TIME} 28000000 28000000 ${IP}`))),
  '1 2 2 [1+0] ',
)
check(
  'blocks that nobody needs are skipped',
  file(SECTION, block(4, hex('0000 0000')), block(10, hex('4b53544c 00000000')), described(RAW), packet(TIME)),
  '1 2 2 [1+0] ',
)
check('a custom block takes a packet number', file(SECTION, block(0xbad, hex('01000000'))), '1 null null [] ')
check(
  'a packet of an unknown interface',
  file(SECTION, packet(TIME)),
  '0 null null [] capture-damaged@36,capture-empty@null',
)
check(
  'a packet larger than its block',
  file(SECTION, described(RAW), block(6, hex(`00000000 ${TIME} ff000000 ff000000 ${IP}`))),
  '0 null null [] capture-damaged@56,capture-empty@null',
)
check(
  'a length of 0',
  file(SECTION, hex('06000000 00000000 00000000')),
  '0 null null [] capture-damaged@28,capture-empty@null',
)
check(
  'a length beyond all measure',
  file(SECTION, hex('06000000 ffffff7f 00000000')),
  '0 null null [] capture-damaged@28,capture-empty@null',
)
check(
  'two lengths that differ',
  file(SECTION, hex('06000000 0c000000 10000000')),
  '0 null null [] capture-damaged@28,capture-empty@null',
)
check(
  'an option beyond its block',
  file(SECTION, described(RAW, '0200 ff00')),
  '0 null null [] capture-damaged@36,capture-empty@null',
)
check(
  'a version from the future',
  block(0x0a0d0d0a, hex('4d3c2b1a 0200 0000 ffffffffffffffff')),
  '0 null null [] capture-damaged@8,capture-empty@null',
)
check(
  'a cut block',
  file(SECTION, described(RAW), packet(TIME)).slice(0, -3),
  '0 null null [] capture-cut@48,capture-empty@null',
)

test('journal entries go to the reader of logs, with their packet number', async () => {
  const { journal, summary } = await read(
    file(SECTION, described(RAW), packet(TIME), block(9, Buffer.from('MESSAGE=hello\n\n\n'))),
  )
  assert.deepEqual(journal, ['2 MESSAGE=hello\n\n\n'])
  assert.equal(summary.records, 2)
})

test('drops that the statistics tell are a fact', async () => {
  const statistics = (count: string) => block(5, hex(`00000000 ${TIME} 0500 0800 ${count} 00000000`))
  const { facts, notices } = await read(
    file(SECTION, described(RAW), packet(TIME), statistics('0300000000000000'), statistics('0500000000000000')),
  )
  assert.deepEqual(
    facts.filter(({ kind }) => kind === 'capture.gap').map(({ fields }) => fields),
    [{ packets: 5 }],
  )
  assert.equal(notices[0].code, 'capture-drops')
})

test('a file that ends anywhere gives the packets before and says where it ends', async () => {
  const blocks = [
    SECTION,
    described(RAW, '0900 0100 09000000 0000 0000'),
    packet(TIME),
    block(3, hex(`28000000 ${IP}`)),
    block(5, hex(`00000000 ${TIME} 0500 0800 0300000000000000 0000 0000`)),
    block(9, Buffer.from('MESSAGE=x\n')),
    packet(TIME),
  ]
  const whole = file(...blocks)
  const ends = blocks.map((_, at) => file(...blocks.slice(0, at + 1)).length)
  for (let length = 4; length < whole.length; length++) {
    const { summary, notices } = await read(whole.slice(0, length))
    const before = ends.filter((end) => end <= length)
    assert.equal(summary.records, [0, 0, 0, 1, 2, 2, 3][before.length], `${length} bytes`)
    const start = before.at(-1) ?? 0
    const cuts = notices.filter(({ code }) => code === 'capture-cut' || code === 'capture-unsupported')
    assert.deepEqual(
      cuts.map(({ offset }) => offset),
      length === start ? [] : [start],
      `${length} bytes`,
    )
  }
})
