import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { hex, pcap, tcp } from '../build.ts'
import { read } from '../read.ts'

const SYN = tcp({ sport: 4660, dport: 80, flags: 'S', seq: 1 })
const WHOLE = pcap([
  { time: 1_700_000_000_000_001, data: SYN },
  { time: 1_700_000_000_500_000, data: SYN },
])
const HEADER = {
  le: 'd4c3b2a1 0200 0400 00000000 00000000 00000400 65000000',
  be: 'a1b2c3d4 0002 0004 00000000 00000000 00040000 00000065',
}
const IP = Buffer.from(SYN).toString('hex')

/** How many packets, when the first and last, and what was wrong. */
function check(name: string, bytes: Uint8Array, expected: string): void {
  test(name, async () => {
    for (const size of [1, 7, 4096]) {
      const { summary, notices } = await read(bytes, size)
      assert.equal(
        `${summary.records} ${summary.first} ${summary.last} ${notices.map(({ code, offset }) => `${code}@${offset}`)}`,
        expected,
      )
    }
  })
}

check('microseconds', WHOLE, '2 1700000000000001 1700000000500000 ')
check('big endian', hex(`${HEADER.be} 00000001 00000002 00000028 00000028 ${IP}`), '1 1000002 1000002 ')
check(
  'nanoseconds',
  hex(`4d3cb2a1 ${HEADER.le.slice(9)} 01000000 d2040000 28000000 28000000 ${IP}`),
  '1 1000001 1000001 ',
)
check(
  'nanoseconds, big endian',
  hex(`a1b23c4d ${HEADER.be.slice(9)} 00000001 000004d2 00000028 00000028 ${IP}`),
  '1 1000001 1000001 ',
)
check(
  'records with 24 bytes of header',
  hex(`34cdb2a1 ${HEADER.le.slice(9)} 01000000 02000000 28000000 28000000 01000000 0008 00 00 ${IP}`),
  '1 1000002 1000002 ',
)
check(
  'another minor version',
  hex(`d4c3b2a1 0200 0300 ${HEADER.le.slice(19)} 01000000 02000000 28000000 28000000 ${IP}`),
  '1 1000002 1000002 ',
)
check(
  'lengths the other way round, before version 2.3',
  hex(`d4c3b2a1 0200 0200 ${HEADER.le.slice(19)} 01000000 02000000 dc050000 28000000 ${IP}`),
  '1 1000002 1000002 packets-snapped@null',
)
check(
  'lengths the other way round, in a version that should not have them so',
  hex(`${HEADER.be.slice(0, 14)} 0003 ${HEADER.be.slice(19)} 00000001 00000002 000005dc 00000028 ${IP}`),
  '1 1000002 1000002 packets-snapped@null',
)
check(
  'a version before the format was written down',
  hex(`d4c3b2a1 0100 0400 ${HEADER.le.slice(19)} 01000000 02000000 28000000 28000000 ${IP}`),
  '0 null null capture-unsupported@0,capture-empty@null',
)
check(
  'upper bits of the link type',
  hex(`${HEADER.le.slice(0, -8)} 65000054 01000000 02000000 28000000 28000000 ${IP}`),
  '1 1000002 1000002 ',
)
check(
  'microseconds beyond a second carry over',
  hex(`${HEADER.le} 01000000 80841e00 28000000 28000000 ${IP}`),
  '1 3000000 3000000 ',
)
check(
  'seconds are unsigned',
  hex(`${HEADER.le} ffffffff 00000000 28000000 28000000 ${IP}`),
  '1 4294967295000000 4294967295000000 ',
)
check('a header alone', hex(HEADER.le), '0 null null capture-empty@null')
check('a cut header', hex(HEADER.le).slice(0, 20), '0 null null capture-unsupported@0,capture-empty@null')
check('an empty file', new Uint8Array(0), '0 null null capture-unsupported@0,capture-empty@null')
check(
  'text',
  Buffer.from('not a capture, but a line of text\n'),
  '0 null null capture-unsupported@0,capture-empty@null',
)
check('a cut packet', WHOLE.slice(0, -5), '1 1700000000000001 1700000000000001 capture-cut@80')
check('a cut record header', WHOLE.slice(0, 90), '1 1700000000000001 1700000000000001 capture-cut@80')
check(
  'a lying length',
  hex(`${HEADER.le} 01000000 00000000 28000000 28000000 ${IP} 01000000 00000000 ffffff7f 28000000 ${IP}`),
  '1 1000000 1000000 capture-damaged@80',
)
check('an unknown link type', pcap([{ time: 5, data: SYN }], 147), '1 5 5 link-type-unknown@null')
check(
  'a packet that was not kept to its end',
  pcap([{ time: 5, data: SYN, length: 1500 }]),
  '1 5 5 packets-snapped@null',
)
check('a packet longer than its wire length', pcap([{ time: 5, data: SYN, length: 30 }]), '1 5 5 ')

test('the notice of a cut file says how much was read', async () => {
  const { notices } = await read(WHOLE.slice(0, -5))
  assert.equal(
    notices[0].detail,
    'The pcap file ends within a record: 51 of 56 bytes are there from byte 80 on. 1 packets before it were read.',
  )
})

test('a lying length is not waited for', async () => {
  const many = Buffer.concat([hex(`${HEADER.le} 01000000 00000000 ffffff7f ffffff7f`), Buffer.alloc(5_000_000)])
  const { summary } = await read(many)
  assert.equal(summary.bytes < 2_000_000, true)
})

test('a file that ends anywhere gives the packets before and says where it ends', async () => {
  const RECORD = 56
  for (let length = 25; length < WHOLE.length; length++) {
    const { summary, notices } = await read(WHOLE.slice(0, length))
    const packets = Math.floor((length - 24) / RECORD)
    assert.equal(summary.records, packets, `${length} bytes`)
    const cut = (length - 24) % RECORD === 0 ? [] : [`capture-cut@${24 + packets * RECORD}`]
    const empty = packets === 0 ? ['capture-empty@null'] : []
    assert.deepEqual(
      notices.map(({ code, offset }) => `${code}@${offset}`),
      [...cut, ...empty],
    )
  }
})

test('captures that were read leave nothing behind, even if the thread never waits between them', async () => {
  setFlagsFromString('--expose-gc')
  const before = process.memoryUsage().arrayBuffers
  for (let count = 0; count < 200; count++) await read(WHOLE)
  runInNewContext('gc')()
  assert.ok(process.memoryUsage().arrayBuffers - before < 50_000_000)
})
