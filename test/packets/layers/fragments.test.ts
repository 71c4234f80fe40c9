import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Fragments } from '../../../src/packets/layers/fragments.ts'
import { ofLinkType, walk } from '../../../src/packets/layers/index.ts'
import { Packet } from '../../../src/packets/packet.ts'
import { hex } from '../build.ts'

/** UDP 4660 > 53 with 24 bytes of payload, in parts of 16 bytes. */
const WHOLE = '1234 0035 0020 0000 4141414141414141 4242424242424242 4343434343434343'

function part(offset: number, more: boolean, data: string, id = '0001'): Uint8Array {
  const length = (20 + hex(data).length).toString(16).padStart(4, '0')
  const place = ((more ? 0x2000 : 0) | (offset >> 3)).toString(16).padStart(4, '0')
  return hex(`4500 ${length} ${id} ${place} 40 11 0000 c0000209 c6336407 ${data}`)
}

const FIRST = part(0, true, WHOLE.replaceAll(' ', '').slice(0, 32))
const SECOND = part(16, false, WHOLE.replaceAll(' ', '').slice(32))

/** What the walk says after each of the packets. */
function check(name: string, packets: readonly Uint8Array[], expected: readonly string[]): void {
  test(name, () => {
    const fragments = new Fragments()
    const packet = new Packet()
    const said = packets.map((frame) => {
      packet.frame = frame
      packet.captured = frame.length
      packet.length = frame.length
      walk(packet, ofLinkType(101), fragments)
      return packet.transport === 0 ? 'waiting' : `${packet.sourcePort} > ${packet.targetPort} ${packet.payload}`
    })
    assert.deepEqual(said, expected)
  })
}

check('two parts make a datagram', [FIRST, SECOND], ['waiting', '4660 > 53 24'])
check('their order does not matter', [SECOND, FIRST], ['waiting', '4660 > 53 24'])
check('a part that came twice does not matter', [FIRST, FIRST, SECOND], ['waiting', 'waiting', '4660 > 53 24'])
check(
  'parts of different datagrams stay apart',
  [FIRST, part(16, false, '41'.repeat(16), '0002')],
  ['waiting', 'waiting'],
)
check('a hole is waited for', [part(0, true, '41'.repeat(8)), part(16, false, '41'.repeat(16))], ['waiting', 'waiting'])

check(
  'parts may overlap, and hold nothing new',
  [
    part(0, true, `${WHOLE.replaceAll(' ', '').slice(0, 32)}${'5a'.repeat(8)}`),
    FIRST,
    part(8, true, '59'.repeat(8)),
    SECOND,
  ],
  ['waiting', 'waiting', 'waiting', '4660 > 53 24'],
)
check(
  'what lies behind the last part is none of the datagram',
  [SECOND, part(32, true, '58'.repeat(8)), FIRST],
  ['waiting', 'waiting', '4660 > 53 24'],
)
check(
  'several holes are filled in any order',
  [24, 8, 16, 0].map((at) => part(at, at < 24, WHOLE.replaceAll(' ', '').slice(at * 2, at * 2 + 16))),
  ['waiting', 'waiting', 'waiting', '4660 > 53 24'],
)

test('of parts that overlap the first received stays', () => {
  const fragments = new Fragments()
  const packet = new Packet()
  for (const frame of [part(8, true, '5a'.repeat(16)), FIRST, SECOND]) {
    packet.frame = frame
    packet.captured = frame.length
    packet.length = frame.length
    walk(packet, ofLinkType(101), fragments)
  }
  assert.equal(Buffer.from(packet.bytes).toString('latin1', 8), 'ZZZZZZZZZZZZZZZZCCCCCCCC')
})

test('parts are kept as copies: the bytes they lay in are read over', () => {
  const fragments = new Fragments()
  const packet = new Packet()
  const shared = Buffer.alloc(100)
  for (const frame of [FIRST, SECOND]) {
    shared.fill(0).set(frame)
    packet.frame = shared
    packet.captured = frame.length
    packet.length = frame.length
    walk(packet, ofLinkType(101), fragments)
  }
  assert.equal(Buffer.from(packet.bytes).toString('hex'), WHOLE.replaceAll(' ', ''))
})

test('a first part that was cut by the capture still shows its ports', () => {
  const packet = new Packet()
  packet.frame = FIRST.slice(0, 32)
  packet.captured = 32
  packet.length = FIRST.length
  walk(packet, ofLinkType(101), new Fragments())
  assert.equal(packet.fragmented, true)
  assert.equal(packet.targetPort, 53)
})

test('an IP packet in the first part of a tunnel, cut by the capture, is as long as its own header says', () => {
  const packet = new Packet()
  const inner = '4500 0828 0001 0000 40 06 0000 c0000209 c6336407 1234 0050 00000001 00000000 5018 0400 0000 0000'
  const frame = hex(`4500 05dc 0007 2000 40 2f 0000 cb007101 cb007102 0000 0800 ${inner}`)
  packet.frame = frame
  packet.captured = frame.length
  packet.length = 1500
  walk(packet, ofLinkType(101), new Fragments())
  assert.deepEqual([packet.fragmented, packet.targetPort, packet.payload], [false, 80, 2048])
})

test('a first part that claims more than its frame has is cut, whatever the frame says of its length', () => {
  const ends6 = '20010db8000000000000000000000001 20010db8000000000000000000000002'
  for (const text of [
    '4500 05dc 0001 2000 40 11 0000 c0000209 c6336407 0035 1234 06b5 0000 41424344',
    `60000000 05b4 2c 40 ${ends6} 1100 0001 00000001 0035 1234 06b5 0000 41424344`,
  ]) {
    const packet = new Packet()
    packet.frame = hex(text)
    packet.captured = packet.frame.length
    packet.length = packet.frame.length
    walk(packet, ofLinkType(101), new Fragments())
    assert.deepEqual([packet.fragmented, packet.sourcePort, packet.targetPort], [true, 53, 4660])
  }
})

test('datagrams that never become whole are given up', () => {
  const fragments = new Fragments()
  const packet = new Packet()
  for (let id = 0; id < 3000; id++) {
    packet.frame = part(0, true, '41'.repeat(8), id.toString(16).padStart(4, '0'))
    packet.captured = packet.frame.length
    packet.length = packet.frame.length
    walk(packet, ofLinkType(101), fragments)
  }
  assert.equal(fragments.evicted, 3000 - 1024)
})
