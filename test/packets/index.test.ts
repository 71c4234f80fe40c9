import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Captured, hex, ipv4, pcap, type TcpOptions, tcp, udp } from './build.ts'
import { read, type Said, tell } from './read.ts'

const START = 1_700_000_000_000_000
const UP = { sport: 50000, dport: 5432 }
const DOWN = { from: '198.51.100.7', to: '192.0.2.9', sport: 5432, dport: 50000 }

function up(ms: number, flags: string, seq: number, rest: Partial<TcpOptions> = {}): Captured {
  return { time: START + ms * 1000, data: tcp({ ...UP, flags, seq, ...rest }) }
}

function down(ms: number, flags: string, seq: number, rest: Partial<TcpOptions> = {}): Captured {
  return { time: START + ms * 1000, data: tcp({ ...DOWN, flags, seq, ...rest }) }
}

/** What is said of `kind`, and nothing else of it. */
function check(
  name: string,
  packets: readonly Captured[],
  kind: string,
  fields: string,
  expected: readonly string[],
): void {
  test(name, async () => {
    const { facts } = await read(pcap(packets))
    assert.deepEqual(tell(facts, kind, fields), expected)
  })
}

const OPEN = [up(0, 'S', 100), down(2, 'SA', 500, { ack: 101 }), up(3, 'A', 101, { ack: 501 })]
const LATER = { time: START + 10_000_000, data: udp(4000, 4001, 'x') }

check(
  'SYNs without answer',
  [up(0, 'S', 100), up(1000, 'S', 100), up(3000, 'S', 100)],
  'tcp.unanswered',
  'client server port client_port tries seconds',
  ['client=192.0.2.9 server=198.51.100.7 port=5432 client_port=50000 tries=3 seconds=3'],
)
check(
  'SYNs in a capture whose clock goes back',
  [up(5000, 'S', 100), up(0, 'S', 100), LATER],
  'tcp.unanswered',
  'tries seconds',
  ['tries=2 seconds=3'],
)
check('one SYN at the end of the capture proves nothing', [up(0, 'S', 100)], 'tcp.unanswered', 'tries', [])
check('one SYN and three more seconds do', [up(0, 'S', 100), LATER], 'tcp.unanswered', 'tries seconds', [
  'tries=1 seconds=3',
])
check(
  'an ICMP error is an answer',
  [up(0, 'S', 100), { time: START, data: unreachable(3, 13) }, LATER],
  'tcp.unanswered',
  'tries',
  [],
)
check(
  'a SYN captured twice is one try',
  [up(0, 'S', 100, { id: 7 }), up(0.01, 'S', 100, { id: 7, ttl: 63 }), LATER],
  'tcp.unanswered',
  'tries',
  ['tries=1'],
)
check(
  'a SYN answered by RST',
  [up(0, 'S', 100), down(1, 'RA', 0, { ack: 101 })],
  'tcp.refused',
  'client port middlebox',
  ['client=192.0.2.9 port=5432 middlebox=false'],
)
check(
  'a RST that is not from the server',
  [...OPEN, up(20, 'S', 9, { sport: 50001 }), down(21, 'RA', 0, { ack: 10, dport: 50001, ttl: 250 })],
  'tcp.refused',
  'client_port middlebox',
  ['client_port=50001 middlebox=true'],
)
check('a RST without a flow is ignored', [down(0, 'R', 500)], 'tcp.refused', 'client', [])
check('handshake', OPEN, 'tcp.established', 'client server port client_port rtt connect_time', [
  'client=192.0.2.9 server=198.51.100.7 port=5432 client_port=50000 rtt=3000 connect_time=3000',
])
check(
  'a SYN sent again shortens the round trip, not the wait',
  [up(-1000, 'S', 100), ...OPEN],
  'tcp.established',
  'rtt connect_time',
  ['rtt=3000 connect_time=1003000'],
)
check(
  'a connection that began before has no handshake',
  [up(0, 'PA', 101, { ack: 501, data: 'x' }), down(1, 'PA', 501, { ack: 102, data: 'y' })],
  'tcp.established',
  'rtt',
  [],
)

const TALK = [...OPEN, up(10, 'PA', 101, { ack: 501, data: 'question' })]
check(
  'a handshake is complete once, whatever the clock says',
  [...OPEN, up(4, 'A', 101, { ack: 501 })].map((packet) => ({ ...packet, time: START })),
  'tcp.established',
  'rtt connect_time',
  ['rtt=0 connect_time=0'],
)
check(
  'a clock that goes back tells no time of a handshake',
  [up(5, 'S', 100), down(2, 'SA', 500, { ack: 101 }), up(3, 'A', 101, { ack: 501 })],
  'tcp.established',
  'rtt connect_time',
  ['rtt=0 connect_time=0'],
)
check(
  'RST while an answer is awaited',
  [...TALK, down(20, 'RA', 501, { ack: 109 })],
  'tcp.reset',
  'by sent received pending middlebox',
  ['by=server sent=8 received=0 pending=true middlebox=false'],
)
check(
  'RST after FIN is the end of a good connection',
  [...TALK, up(15, 'FA', 109, { ack: 501 }), down(20, 'RA', 501, { ack: 110 })],
  'tcp.reset',
  'by',
  [],
)
check('RST without data', [...OPEN, up(20, 'RA', 101, { ack: 501 })], 'tcp.reset', 'by', [])
check('a second RST is not told', [...TALK, down(20, 'RA', 501, { ack: 109 }), down(21, 'R', 501)], 'tcp.reset', 'by', [
  'by=server',
])

check(
  'data of one second',
  [...TALK, up(400, 'PA', 101, { ack: 501, data: 'question' }), down(410, 'A', 501, { ack: 109 })],
  'tcp.traffic',
  'segments resent out_of_order duplicate_acks bytes',
  ['segments=2 resent=1 out_of_order=0 duplicate_acks=0 bytes=16'],
)
check(
  'data that an end sends on and on to one that gave the connection up is not lost',
  [...TALK, down(20, 'R', 501), up(400, 'PA', 101, { ack: 501, data: 'question' })],
  'tcp.traffic',
  'segments resent',
  ['segments=1 resent=0'],
)
check(
  'each second has its own',
  [...TALK, up(1200, 'PA', 109, { ack: 501, data: 'more' })],
  'tcp.traffic',
  'segments bytes',
  ['segments=1 bytes=8', 'segments=1 bytes=4'],
)
check(
  'clients of one port are counted together',
  [
    ...TALK,
    up(20, 'S', 1, { sport: 50001 }),
    down(22, 'SA', 9, { dport: 50001, ack: 2 }),
    up(23, 'PA', 2, { sport: 50001, ack: 10, data: 'x' }),
    up(24, 'S', 1, { from: '192.0.2.10' }),
    down(25, 'SA', 9, { to: '192.0.2.10', ack: 2 }),
    up(1200, 'PA', 2, { from: '192.0.2.10', ack: 10, data: 'x' }),
    up(1201, 'PA', 3, { sport: 50001, ack: 10, data: 'x' }),
  ],
  'tcp.traffic',
  'client segments bytes',
  ['client=192.0.2.9 segments=2 bytes=9', 'client=null segments=2 bytes=2'],
)
check(
  'a copy of a segment is not loss',
  [
    ...OPEN,
    up(10, 'PA', 101, { ack: 501, data: 'x', id: 9 }),
    up(10.02, 'PA', 101, { ack: 501, data: 'x', id: 9, ttl: 63 }),
  ],
  'tcp.traffic',
  'segments resent',
  ['segments=1 resent=0'],
)
check(
  'where one direction is missing nothing is told of loss',
  [up(0, 'PA', 101, { ack: 501, data: 'x' }), up(300, 'PA', 101, { ack: 501, data: 'x' })],
  'tcp.traffic',
  'segments',
  [],
)
check(
  'a hole that was filled by a later packet is loss before the capture point',
  [
    ...OPEN,
    up(10, 'PA', 109, { ack: 501, data: 'later', id: 20 }),
    up(10.5, 'PA', 101, { ack: 501, data: 'question', id: 21 }),
  ],
  'tcp.traffic',
  'resent out_of_order',
  ['resent=1 out_of_order=0'],
)
check(
  'a hole that was filled by an earlier packet is reordering',
  [
    ...OPEN,
    up(10, 'PA', 109, { ack: 501, data: 'later', id: 20 }),
    up(10.5, 'PA', 101, { ack: 501, data: 'question', id: 19 }),
  ],
  'tcp.traffic',
  'resent out_of_order',
  ['resent=0 out_of_order=1'],
)
check(
  'a window that stood closed',
  [...TALK, down(20, 'A', 501, { ack: 109, window: 0 }), down(1520, 'A', 501, { ack: 109, window: 500 })],
  'tcp.closed_window',
  'by duration',
  ['by=server duration=1500000'],
)

/** Selective acknowledgment of what lies between. */
const sack = (from: number, to: number) =>
  `0101 050a ${from.toString(16).padStart(8, '0')} ${to.toString(16).padStart(8, '0')}`
const FULL = 'x'.repeat(1400)
check(
  'a copy that the receiver did not need was not lost',
  [
    ...TALK,
    up(20, 'PA', 101, { ack: 501, data: 'question' }),
    down(21, 'A', 501, { ack: 109, options: sack(101, 109) }),
  ],
  'tcp.traffic',
  'segments resent',
  ['segments=2 resent=0'],
)
check(
  'a copy of something else tells nothing of it',
  [...TALK, up(20, 'PA', 101, { ack: 501, data: 'question' }), down(21, 'A', 501, { ack: 109, options: sack(90, 95) })],
  'tcp.traffic',
  'segments resent',
  ['segments=2 resent=1'],
)
const STUCK = [10, 300, 900, 2100].map((ms) => down(ms, 'A', 501, { ack: 109, data: FULL }))
check(
  'full segments that never arrive, of a peer that still speaks',
  [...TALK, ...STUCK, up(3000, 'FA', 109, { ack: 501 })],
  'tcp.blackhole',
  'by size tries largest_passed',
  ['by=server size=1400 tries=3 largest_passed=0'],
)
check(
  'the same where small ones passed',
  [
    ...TALK,
    down(5, 'PA', 500, { ack: 109, data: 'ok' }),
    up(6, 'A', 109, { ack: 502 }),
    ...STUCK.map(({ time }) => down((time - START) / 1000, 'A', 502, { ack: 109, data: FULL })),
  ],
  'tcp.blackhole',
  'size largest_passed',
  ['size=1400 largest_passed=2'],
)

/** A full segment with a small one behind it, its copies, and the ACK of all once the path is mended. */
const MENDED = (copies: number, options: string) => [
  ...TALK,
  down(10, 'A', 501, { ack: 109, data: FULL }),
  down(10, 'PA', 1901, { ack: 109, data: 'tail' }),
  ...Array.from({ length: copies }, (_, copy) => down(300 * (copy + 1), 'A', 501, { ack: 109, data: FULL })),
  up(9000, 'A', 109, { ack: 1901, options }),
]
check(
  'a path that was mended, after a small segment behind had come through',
  MENDED(5, sack(1901, 1905)),
  'tcp.blackhole',
  'by size tries largest_passed',
  ['by=server size=1400 tries=5 largest_passed=4'],
)
check('a few copies are loss', MENDED(4, sack(1901, 1905)), 'tcp.blackhole', 'size', [])
check(
  'a small segment that nobody acknowledges is no black hole',
  [
    ...TALK,
    down(5, 'PA', 500, { ack: 109, data: 'ok' }),
    up(6, 'A', 109, { ack: 502 }),
    ...STUCK.map(({ time }) => down((time - START) / 1000, 'A', 502, { ack: 109, data: 'x'.repeat(500) })),
  ],
  'tcp.blackhole',
  'size',
  [],
)
check('a path that let nothing through is no black hole', MENDED(5, ''), 'tcp.blackhole', 'size', [])

test('what was lost again and again was lost from its first sending on', async () => {
  const { facts } = await read(pcap([...TALK, ...STUCK, up(3000, 'FA', 109, { ack: 501 })]))
  const [fact] = facts.filter(({ kind }) => kind === 'tcp.blackhole')
  assert.equal(fact.time, START + 10_000)
  assert.equal('packet' in fact.place && fact.place.packet, 8)
  assert.equal(
    fact.excerpt,
    '198.51.100.7:5432 > 192.0.2.9:50000 [.] length 1400, sent again 3 times in 2.1 s without acknowledgment, up to 0 bytes passed',
  )
})

check('a peer that is gone is no black hole', [...TALK, ...STUCK], 'tcp.blackhole', 'size', [])
check(
  'a connection at its end',
  [...TALK, up(20, 'FA', 109, { ack: 501 }), down(30, 'FA', 501, { ack: 110 })],
  'tcp.connection',
  'state duration requests orig_bytes resp_bytes service',
  ['state=SF duration=30000 requests=0 orig_bytes=8 resp_bytes=0 service=null'],
)
check(
  'an acknowledgment of what the capture lost',
  [...OPEN, down(10, 'A', 501, { ack: 301 })],
  'capture.gap',
  'packets',
  ['packets=1'],
)

test('a leap of half the numbers is a hole ahead', async () => {
  const { connections } = await read(pcap([...OPEN, up(10, 'PA', 101 + 2 ** 31, { ack: 501, data: 'x' })]))
  assert.deepEqual(
    connections.map(({ missedBytes }) => missedBytes),
    [2 ** 31],
  )
})

const ONE_SIDED = [1, 2, 3].map((port) => up(0, 'PA', 101, { ack: 501, data: 'x', sport: 40000 + port }))
check(
  'in a one-sided capture nothing is unanswered',
  [up(0, 'S', 100), up(1000, 'S', 100), ...ONE_SIDED],
  'tcp.unanswered',
  'tries',
  [],
)

/** ICMP of a router about the SYN of `up`, which it quotes with eight bytes of TCP. */
function unreachable(type: number, code: number, mtu = 0): Uint8Array {
  const header = Buffer.from([type, code, 0, 0, 0, 0, mtu >> 8, mtu & 255])
  return ipv4(1, Buffer.concat([header, tcp({ ...UP, flags: 'S', seq: 100 }).slice(0, 28)]), {
    from: '203.0.113.1',
    to: '192.0.2.9',
  })
}

check(
  'ICMP unreachable with the quoted flow',
  [{ time: START, data: unreachable(3, 13) }],
  'icmp.unreachable',
  'from client server port proto code reason',
  ['from=203.0.113.1 client=192.0.2.9 server=198.51.100.7 port=5432 proto=tcp code=13 reason=admin-prohibited'],
)
check(
  'ICMP fragmentation needed',
  [{ time: START, data: unreachable(3, 4, 1280) }],
  'icmp.too_big',
  'from client port mtu',
  ['from=203.0.113.1 client=192.0.2.9 port=5432 mtu=1280'],
)
check('a cut ICMP error', [{ time: START, data: unreachable(3, 1).slice(0, 40) }], 'icmp.unreachable', 'from', [])

test('a packet that is cut anywhere is counted and never fails', async () => {
  const options = '020405b4 0402 080a 00000001 00000000 01 030307'
  const quoted = unreachable(3, 4, 1280)
  const tooBig = hex(`60000000 0030 3a 40 ${'20010db8'.padEnd(32, '0')} ${'20010db8'.padEnd(31, '0')}9
    02000000 00000500 60000000 0008 11 40 ${'20010db8'.padEnd(31, '0')}9 ${'20010db8'.padEnd(32, '0')}`)
  for (const { data } of [up(0, 'S', 100, { options }), { data: quoted }, { data: tooBig }]) {
    for (let length = 0; length <= data.length; length++) {
      const cut = { time: START, data: data.slice(0, length), length: data.length }
      const { summary, notices } = await read(pcap([cut, { time: START, data: data.slice(0, length) }]))
      assert.equal(summary.records, 2)
      for (const { code } of notices) assert.match(code, /^packets-(?:snapped|malformed)$/)
    }
  }
})

test('facts cite the packet it began with, with its digest, and read like tcpdump', async () => {
  const { facts } = await read(pcap([up(0, 'S', 100, { window: 64240 }), up(1000, 'S', 100), up(3000, 'S', 100)]))
  const [fact] = facts.filter(({ kind }) => kind === 'tcp.unanswered')
  assert.deepEqual(fact.place, { kind: 'packet', packet: 1, offset: 40, length: 40, digest: 13984264 })
  assert.equal(fact.time, START)
  assert.equal(fact.source, 3)
  assert.equal(fact.excerpt, '192.0.2.9:50000 > 198.51.100.7:5432 [S] seq 100 win 64240, no answer to 3 tries in 3.0 s')
})

function rows({ connections }: Said): string[] {
  return connections.map(
    (row) =>
      `${row.proto} ${row.origHost}:${row.origPort} > ${row.respHost}:${row.respPort} ${row.connState} ${row.origPackets}+${row.respPackets} ${row.origBytes}+${row.respBytes}`,
  )
}

/** The rows of connections, in order. */
function checkRows(name: string, packets: readonly Captured[], expected: readonly string[]): void {
  test(name, async () => assert.deepEqual(rows(await read(pcap(packets))), expected))
}

checkRows(
  'a SYN with another number begins a new connection',
  [...OPEN, up(5000, 'S', 7000), down(5001, 'SA', 9000, { ack: 7001 })],
  ['tcp 192.0.2.9:50000 > 198.51.100.7:5432 S1 2+1 0+0', 'tcp 192.0.2.9:50000 > 198.51.100.7:5432 S1 1+1 0+0'],
)
checkRows(
  'a SYN-ACK first: its receiver is the client',
  [down(0, 'SA', 500, { ack: 101 })],
  ['tcp 192.0.2.9:50000 > 198.51.100.7:5432 OTH 0+1 0+0'],
)
checkRows(
  'without SYN the known port is the server',
  [down(0, 'PA', 500, { ack: 101, data: 'x' })],
  ['tcp 192.0.2.9:50000 > 198.51.100.7:5432 OTH 0+1 0+1'],
)
checkRows(
  'without SYN and known ports the lower one is',
  [
    { time: START, data: tcp({ sport: 33333, dport: 44444, flags: 'A', seq: 1 }) },
    { time: START, data: tcp({ sport: 44445, dport: 33334, flags: 'A', seq: 1 }) },
  ],
  ['tcp 198.51.100.7:44444 > 192.0.2.9:33333 OTH 0+1 0+0', 'tcp 192.0.2.9:44445 > 198.51.100.7:33334 OTH 1+0 0+0'],
)
checkRows(
  'UDP',
  [
    { time: START, data: udp(40000, 123, 'ask') },
    { time: START + 5, data: udp(123, 40000, 'tell', { from: '198.51.100.7', to: '192.0.2.9' }) },
  ],
  ['udp 192.0.2.9:40000 > 198.51.100.7:123 SF 1+1 3+4'],
)
checkRows(
  'UDP after a minute of silence is another exchange',
  [
    { time: START, data: udp(40000, 123, 'a') },
    { time: START + 61e6, data: udp(40000, 123, 'a') },
  ],
  ['udp 192.0.2.9:40000 > 198.51.100.7:123 S0 1+0 1+0', 'udp 192.0.2.9:40000 > 198.51.100.7:123 S0 1+0 1+0'],
)
checkRows(
  'SCTP is counted',
  [{ time: START, data: ipv4(132, hex('c350 0b59 00000001 00000000 01000004')) }],
  ['sctp 192.0.2.9:50000 > 198.51.100.7:2905 S0 1+0 4+0'],
)

test('lengths come from headers, not from what was captured', async () => {
  const whole = tcp({ ...UP, flags: 'PA', seq: 1, data: 'x'.repeat(900) })
  const said = await read(pcap([{ time: START, data: whole.slice(0, 60), length: whole.length }]))
  assert.equal(said.connections[0].origBytes, 900)
  assert.deepEqual(
    said.notices.map(({ code }) => code),
    ['packets-snapped'],
  )
})

test('ICMP rows count equal messages', async () => {
  const ping = ipv4(1, hex('0800 0000 0001 0001'))
  const { icmp } = await read(
    pcap([
      { time: START, data: ping },
      { time: START + 5, data: ping },
    ]),
  )
  assert.deepEqual(icmp, [{ src: '192.0.2.9', dst: '198.51.100.7', type: 8, code: 0, count: 2, first: START }])
})

test('more connections than fit are ended early, the oldest first, and told', async () => {
  const packets = Array.from({ length: 33_000 }, (_, index) => ({
    time: START + index,
    data: tcp({ sport: 1024 + (index % 60_000), dport: 80, flags: 'S', seq: 1, to: `198.51.${index >> 12}.7` }),
  }))
  const said = await read(pcap(packets))
  assert.equal(said.connections.length, 33_000)
  assert.deepEqual(
    said.notices.map(({ code, detail }) => `${code}: ${detail}`),
    ['flows-evicted: 8193 open flows were ended early to bound memory.'],
  )
})

test('every second of the capture is counted', async () => {
  const { summary } = await read(pcap([up(0, 'S', 1), up(500, 'S', 1), up(1500, 'S', 1)]))
  assert.deepEqual(summary.tally.lines(), [
    { at: START, severity: null, count: 2 },
    { at: START + 1_000_000, severity: null, count: 1 },
  ])
})

test('a clock that goes back is told, and makes no negative numbers', async () => {
  const said = await read(pcap([up(1000, 'S', 100), down(0, 'SA', 500, { ack: 101 }), up(-5, 'A', 101, { ack: 501 })]))
  assert.deepEqual(
    said.notices.map(({ code }) => code),
    ['packets-backwards'],
  )
  assert.equal(said.summary.first, START - 5000)
})

test('a capture of one direction is told', async () => {
  const said = await read(pcap(ONE_SIDED))
  assert.deepEqual(
    said.notices.map(({ code }) => code),
    ['capture-one-sided'],
  )
})

test('exchanges that fell silent are written down before the capture ends', async () => {
  const packets = Array.from({ length: 9000 }, (_, index) => ({
    time: START + index * 50_000,
    data: udp(1024 + index, 123, 'x'),
  }))
  const said = await read(pcap(packets))
  assert.equal(said.connections.length, 9000)
  assert.equal(new Set(said.connections.map(({ origPort }) => origPort)).size, 9000)
})

test('connections that ended long ago are written down before the capture ends', async () => {
  const packets = Array.from({ length: 9000 }, (_, index) => [
    { time: START + index * 100_000, data: tcp({ sport: 1024 + index, dport: 80, flags: 'S', seq: 1 }) },
    {
      time: START + index * 100_000 + 1,
      data: tcp({ ...DOWN, sport: 80, dport: 1024 + index, flags: 'RA', seq: 0, ack: 2 }),
    },
  ])
  const said = await read(pcap(packets.flat()))
  assert.equal(said.connections.length, 9000)
  assert.equal(tell(said.facts, 'tcp.refused', 'port').length, 9000)
})
