// Captures for other eyes: what is cut, what is renamed, and that every checksum that can be checked is right.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { rewriteCapture } from '../../../src/packets/index.ts'
import { hex, ipv4, pcap, tcp, udp } from '../build.ts'

const NAMES: Readonly<Record<string, string>> = {
  '8.8.4.4': '250.1.2.3',
  '2400:cb00::1': '2001:db8:1:2:3:4:5:6',
  '00:1a:2b:3c:4d:5e': '00:1a:2b:aa:bb:cc',
  'db.corp.cn': 'host-1.zone-22',
}
const ETHERNET = 'ffffffffffff 001a2b3c4d5e'

async function rewritten(bytes: Uint8Array) {
  const written: Uint8Array[] = []
  let at = 0
  const read = (target: Uint8Array) => {
    const part = bytes.subarray(at, at + target.length)
    target.set(part)
    at += part.length
    return part.length
  }
  const rename = (address: string) => NAMES[address] ?? address
  const result = await rewriteCapture({ read }, { rename, write: (part) => written.push(part) })
  return { ...result, file: Buffer.concat(written) }
}

/** The kept bytes of a single packet, with its length on the wire. */
async function check(packet: Uint8Array, linkType: number): Promise<{ kept: Buffer; length: number; link: number }> {
  const { file } = await rewritten(pcap([{ time: 1_700_000_000_000_001, data: packet }], linkType))
  assert.equal(file.readUInt32LE(24 + 4), 1)
  const kept = file.subarray(40, 40 + file.readUInt32LE(32))
  return { kept, length: file.readUInt32LE(36), link: file.readUInt32LE(20) }
}

/** RFC 1071: with its checksum in place the sum of a header is all ones. */
function folded(bytes: Uint8Array): number {
  const sum = bytes.reduce((total, byte, at) => total + (at % 2 === 0 ? byte << 8 : byte), 0)
  return (sum & 0xffff) + (sum >>> 16)
}

function pseudo(ip: Buffer, protocol: number, length: number): Buffer {
  return Buffer.concat([ip.subarray(12, 20), Buffer.from([0, protocol, length >> 8, length & 255])])
}

test('a segment keeps its headers, renamed and with right checksums', async () => {
  const segment = tcp({
    sport: 1,
    dport: 443,
    flags: 'S',
    seq: 1,
    to: '8.8.4.4',
    options: '020405b4 1304abcd 00000000',
  })
  const { kept, length, link } = await check(segment, 101)
  assert.equal(link, 101)
  assert.equal(kept.length, length)
  assert.equal(kept.toString('hex', 16, 20), 'fa010203')
  assert.equal(kept.toString('hex', 40), '020405b40101010100000000')
  assert.equal(folded(kept.subarray(0, 20)), 0xffff)
  assert.equal(folded(Buffer.concat([pseudo(kept, 6, kept.length - 20), kept.subarray(20)])), 0xffff)
})

test('payload is cut, its length stays', async () => {
  const { kept, length } = await check(udp(5000, 53, 'planted', { to: '8.8.4.4' }), 101)
  assert.deepEqual([kept.length, length], [28, 35])
})

const QUESTION = '0001 8180 0001 0001 0000 0000 02 6462 04 636f7270 02 636e 00 0001 0001'
const ANSWER = `${QUESTION} c00c 0001 0001 0000003c 0004 08080404`

test('a DNS message keeps its question and where it leads, under new names', async () => {
  const { kept, length } = await check(udp(53, 5000, hex(ANSWER), { from: '8.8.4.4' }), 101)
  assert.equal(
    kept.toString('hex', 28),
    '00018180000100010000000006686f73742d31077a6f6e652d32320000010001c00c00010001000000000004fa010203',
  )
  assert.equal(kept.length, length)
  assert.equal(kept.readUInt16BE(2), kept.length)
  assert.equal(kept.readUInt16BE(24), kept.length - 20)
  assert.equal(folded(kept.subarray(0, 20)), 0xffff)
})

test('what is no whole DNS message, and what lies in a tunnel or a fragment, is cut as all payload is', async () => {
  const cut = async (packet: Uint8Array, header: number) => assert.equal((await check(packet, 101)).kept.length, header)
  await cut(udp(5000, 53, hex(ANSWER).subarray(0, 20)), 28)
  await cut(udp(5000, 5353, hex(QUESTION)), 28)
  await cut(ipv4(4, udp(5000, 53, hex(QUESTION)), {}), 20 + 28)
  const first = Buffer.from(udp(5000, 53, hex(QUESTION)))
  first.writeUInt16BE(0x2000, 6)
  await cut(first, 28)
})

test('stations of Ethernet are renamed, groups are not, tags stay', async () => {
  const packet = Buffer.concat([
    hex(`${ETHERNET} 8100 0007 0800`),
    tcp({ sport: 1, dport: 2, flags: 'A', seq: 1, data: 'secret' }),
  ])
  const { kept, length, link } = await check(packet, 1)
  assert.equal(link, 1)
  assert.equal(kept.toString('hex', 0, 18), 'ffffffffffff001a2baabbcc810000070800')
  assert.deepEqual([kept.length, length], [18 + 40, 18 + 46])
})

test('stations are renamed in the headers of tunnels, too', async () => {
  const segment = tcp({ sport: 1, dport: 2, flags: 'A', seq: 1 })
  const signed = hex(`ffffffffffff ffffffffffff 88e5 2000 00000001 001a2b3c4d5e 0001 0800`)
  const first = await check(Buffer.concat([signed, segment, Buffer.alloc(16, 0x41)]), 1)
  assert.equal(first.kept.toString('hex', 20, 28), '001a2baabbcc0001')
  assert.equal(first.kept.length, signed.length + segment.length)
  const radio = hex(`00204310 00000000 06 001a2b3c4d5e 00`)
  const relayed = hex(`0803 0000 ${'ff'.repeat(18)} 0000 001a2b3c4d5e aaaa03 000000 0800`)
  const second = await check(udp(1, 5247, Buffer.concat([radio, relayed, segment])), 101)
  assert.equal(second.kept.toString('hex', 28 + 9, 28 + 15), '001a2baabbcc')
  assert.equal(second.kept.toString('hex', 28 + 16 + 24, 28 + 16 + 30), '001a2baabbcc')
})

test('ARP is renamed in all four addresses', async () => {
  const arp = hex(`${ETHERNET} 0806 0001 0800 06 04 0001 001a2b3c4d5e 08080404 000000000000 08080404`)
  const { kept } = await check(Buffer.concat([arp, Buffer.alloc(18, 0x41)]), 1)
  assert.equal(
    kept.toString('hex'),
    'ffffffffffff001a2baabbcc080600010800060400010' + '01a2baabbccfa010203000000000000fa010203',
  )
})

test('what an ICMP error quotes is renamed and cut behind the ports', async () => {
  const quoted = tcp({ sport: 4660, dport: 80, flags: 'S', seq: 7, to: '8.8.4.4', data: 'planted' })
  const error = ipv4(1, Buffer.concat([hex('0301 0000 00000000'), quoted]), { from: '192.0.2.1' })
  const { kept } = await check(error, 101)
  assert.equal(kept.length, 20 + 8 + 20 + 8)
  assert.equal(kept.toString('hex', 20 + 8 + 16, 20 + 8 + 20), 'fa010203')
  assert.equal(folded(kept.subarray(28, 48)), 0xffff)
  assert.equal(folded(kept.subarray(20)), 0xffff)
})

test('IPv6, and the addresses that neighbours ask for', async () => {
  const address = '2400cb00000000000000000000000001'
  const solicitation = hex(
    `60000000 0020 3a ff ${address} ff020000000000000000000000000001 8700 0000 00000000 ${address} 0101 001a2b3c4d5e`,
  )
  const { kept, length } = await check(solicitation, 101)
  const renamed = '20010db8000100020003000400050006'
  assert.equal(kept.toString('hex', 8, 24), renamed)
  assert.equal(kept.toString('hex', 48), renamed)
  assert.deepEqual([kept.length, length], [64, 72])
})

test('a cooked capture becomes raw IP, an unknown protocol nothing', async () => {
  const ip = udp(1, 2, 'x')
  const cooked = await check(Buffer.concat([hex('0000 0001 0006 001a2b3c4d5e 0000 0800'), ip]), 113)
  assert.deepEqual([cooked.link, cooked.kept.length, cooked.length], [101, 28, 29])
  const unknown = await check(hex('0011223344556677'), 147)
  assert.deepEqual([unknown.kept.length, unknown.length], [0, 8])
})

test('an empty capture stays one, damage is told', async () => {
  assert.deepEqual(await rewritten(pcap([])), { packets: 0, damage: null, file: Buffer.from(pcap([])) })
  const whole = pcap([{ time: 1_700_000_000_000_001, data: udp(1, 2, 'x') }])
  assert.match((await rewritten(whole.subarray(0, -3))).damage ?? '', /ends within a record/)
})

test('whatever a frame is, it is written, and its payload is not', async () => {
  const marker = Buffer.from('PLANTEDPAYLOAD'.repeat(3))
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 80 }), fc.constantFrom(1, 101, 113, 0, 276), async (head, linkType) => {
      const { file, packets } = await rewritten(
        pcap([{ time: 1_700_000_000_000_001, data: Buffer.concat([head, udp(1, 2, marker)]) }], linkType),
      )
      assert.equal(packets, 1)
      assert.equal(file.length, 40 + file.readUInt32LE(32))
    }),
    { numRuns: 200 },
  )
  const { file } = await rewritten(pcap([{ time: 1, data: udp(1, 2, marker) }]))
  assert.ok(!file.includes('PLANTED'))
})

test('a packet that is cut anywhere is rewritten as far as it goes', async () => {
  const options = '020405b4 1304abcd 00000000'
  const packets = [
    tcp({ sport: 1, dport: 443, flags: 'S', seq: 1, to: '8.8.4.4', options }),
    udp(53, 4000, 'answer', { from: '8.8.4.4', to: '192.0.2.9' }),
    ipv4(1, Buffer.concat([hex('03010000 00000000'), tcp({ sport: 1, dport: 2, flags: 'S', seq: 1 })])),
    hex(`60000000 0014 06 40 2400cb00${'00'.repeat(11)}01 ${'20010db8'.padEnd(32, '0')} ${'00'.repeat(20)}`),
  ]
  for (const packet of packets) {
    for (let length = 0; length < packet.length; length++) {
      const cut = { time: 1_700_000_000_000_001, data: packet.slice(0, length), length: packet.length }
      const { packets: count, damage } = await rewritten(pcap([cut]))
      assert.deepEqual([count, damage], [1, null])
    }
  }
})
