import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatIpv4, formatIpv6 } from '../../../src/packets/addresses.ts'
import { Fragments } from '../../../src/packets/layers/fragments.ts'
import { ofLinkType, walk } from '../../../src/packets/layers/index.ts'
import { Packet } from '../../../src/packets/packet.ts'
import { hex } from '../build.ts'

/** 192.0.2.9:4660 > 198.51.100.7:80 [S] seq 1 win 1024 */
const TCP = '1234 0050 00000001 00000000 5002 0400 0000 0000'
const IP = `4500 0028 0001 0000 40 06 0000 c0000209 c6336407 ${TCP}`
/** [2001:db8::1]:4660 > [2001:db8::2]:80 */
const ENDS6 = '20010db8000000000000000000000001 20010db8000000000000000000000002'
const IP6 = `60000000 0014 06 40 ${ENDS6} ${TCP}`
const MACS = '020000000001 020000000002'

function read(linkType: number, bytes: Uint8Array, length = bytes.length): Packet {
  const packet = new Packet()
  packet.frame = bytes
  packet.captured = bytes.length
  packet.length = length
  walk(packet, ofLinkType(linkType), new Fragments())
  return packet
}

function describe(packet: Packet): string {
  const { family, transport, sourcePort, targetPort, payload } = packet
  if (transport === 0) return `nothing${packet.malformed ? ', malformed' : ''}`
  const from = family === 4 ? formatIpv4(packet.source4) : formatIpv6(packet.source6)
  const to = family === 4 ? formatIpv4(packet.target4) : formatIpv6(packet.target6)
  if (transport === 1 || transport === 58) return `${from} > ${to} ${transport} type ${packet.type} code ${packet.code}`
  return `${from}:${sourcePort} > ${to}:${targetPort} ${transport} ${payload}`
}

/** The whole packet says what is expected; a part of it says the same, or nothing, and is not called malformed for being cut. */
function check(name: string, linkType: number, text: string, expected: string): void {
  test(name, () => {
    const bytes = hex(text)
    const whole = read(linkType, bytes)
    assert.equal(describe(whole), expected)
    for (let cut = 0; cut < bytes.length; cut++) {
      read(linkType, bytes.slice(0, cut))
      const part = read(linkType, bytes.slice(0, cut), bytes.length)
      if (!whole.malformed) assert.equal(part.malformed, false, `cut at ${cut}`)
      if (whole.transport !== 0 && part.transport === whole.transport)
        assert.equal(describe(part), expected, `cut at ${cut}`)
    }
  })
}

const V4 = '192.0.2.9:4660 > 198.51.100.7:80 6 0'
const V6 = '2001:db8::1:4660 > 2001:db8::2:80 6 0'

check('Ethernet carries IPv4', 1, `${MACS} 0800 ${IP}`, V4)
check('Ethernet carries IPv6', 1, `${MACS} 86dd ${IP6}`, V6)
check('padding of a short Ethernet frame is no payload', 1, `${MACS} 0800 ${IP} 000000000000`, V4)
check('one VLAN tag', 1, `${MACS} 8100 0064 0800 ${IP}`, V4)
check('two VLAN tags', 1, `${MACS} 88a8 0064 8100 00c8 0800 ${IP}`, V4)
check('802.3 with LLC and SNAP', 1, `${MACS} 0030 aaaa03 000000 0800 ${IP}`, V4)
check('802.3 with an IP service access point', 1, `${MACS} 002b 060603 ${IP}`, V4)
check('spanning tree is nothing of interest', 1, `${MACS} 0026 424203 0000`, 'nothing')
check('MPLS with two labels', 1, `${MACS} 8847 00064040 000c8140 ${IP}`, V4)
check('MPLS pseudowire with a control word', 1, `${MACS} 8847 00064140 00000000 ${MACS} 0800 ${IP}`, V4)
check('PPPoE', 1, `${MACS} 8864 1100 0001 002a 0021 ${IP}`, V4)
check(
  'the length of PPPoE bounds what is inside',
  1,
  `${MACS} 8864 1100 0001 0029 0021 ${IP}`,
  '192.0.2.9:4660 > 198.51.100.7:80 6 -1',
)
check('PPP with address and control', 9, `ff03 0021 ${IP}`, V4)
check('PPP with compressed fields and IPv6', 9, `57 ${IP6}`, V6)
check('PPP with a short protocol field', 9, `21 ${IP}`, V4)
check('Cisco HDLC', 104, `0f00 0800 ${IP}`, V4)
check('BSD loopback, little endian', 0, `02000000 ${IP}`, V4)
check('BSD loopback, big endian', 0, `00000002 ${IP}`, V4)
check('BSD loopback of macOS with IPv6', 0, `1e000000 ${IP6}`, V6)
check('OpenBSD loopback', 108, `00000018 ${IP6}`, V6)
check('raw IPv4', 101, IP, V4)
check('raw IPv6', 12, IP6, V6)
check('link type IPv4', 228, IP, V4)
check('link type IPv6', 229, IP6, V6)
check('link type IPv4 with IPv6 behind it', 228, IP6, V6)
check('cooked capture', 113, `0000 0001 0006 020000000001 0000 0800 ${IP}`, V4)
check('cooked capture, version 2', 276, `0800 0000 00000002 0001 00 06 020000000001 0000 ${IP}`, V4)
check('netfilter log', 239, `0200 0000 0800 0100 00000000 2c00 0900 ${IP}`, V4)
check('netfilter log without a packet', 239, '0200 0000 0300 0100', 'nothing, malformed')
check(
  '802.11 data with QoS',
  105,
  `8801 0000 020000000001 020000000002 020000000003 0000 0000 aaaa03 000000 0800 ${IP}`,
  V4,
)
check(
  'encrypted 802.11 data',
  105,
  `8841 0000 020000000001 020000000002 020000000003 0000 0000 aaaa03 000000 0800`,
  'nothing',
)
check('802.11 acknowledgments are shorter than other frames', 105, 'd400 0000 020000000001', 'nothing')
check('802.11 data that end within their header', 105, '0801 0000 020000000001', 'nothing, malformed')
check(
  'radiotap',
  127,
  `0000 0800 00000000 0801 0000 020000000001 020000000002 020000000003 0000 aaaa03 000000 0800 ${IP}`,
  V4,
)
check('per-packet information', 192, `0000 0800 01000000 ${MACS} 0800 ${IP}`, V4)
check('IPv4 with options', 101, `4600 002c 0001 0000 40 06 0000 c0000209 c6336407 01010100 ${TCP}`, V4)
check(
  'a super-segment without length',
  101,
  `4500 0000 0001 0000 40 06 0000 c0000209 c6336407 ${TCP} 4142`,
  '192.0.2.9:4660 > 198.51.100.7:80 6 2',
)
check('a header length below 20', 101, `4400 0028 0001 0000 40 06 0000 c0000209 c6336407 ${TCP}`, 'nothing, malformed')
check(
  'authentication header in IPv4',
  101,
  `4500 0040 0001 0000 40 33 0000 c0000209 c6336407 06040000 00000001 00000001 000000000000000000000000 ${TCP}`,
  V4,
)
check(
  'IPv6 with hop-by-hop and routing headers',
  101,
  `60000000 0024 00 40 ${ENDS6} 2b00010400000000 0600000000000000 ${TCP}`,
  V6,
)
check('an atomic IPv6 fragment is whole', 101, `60000000 001c 2c 40 ${ENDS6} 0600000000000001 ${TCP}`, V6)
check('IPv6 without next header', 101, `60000000 0000 3b 40 ${ENDS6}`, 'nothing')
check('IPv4 in IPv4', 101, `4500 003c 0001 0000 40 04 0000 cb007101 cb007102 ${IP}`, V4)
check('IPv6 in IPv4', 101, `4500 0050 0001 0000 40 29 0000 cb007101 cb007102 ${IP6}`, V6)
check('IPv4 in IPv6', 101, `60000000 0028 04 40 ${ENDS6} ${IP}`, V4)
check('GRE with key', 101, `4500 0044 0001 0000 40 2f 0000 cb007101 cb007102 2000 0800 00000001 ${IP}`, V4)
check('PIM register', 101, `4500 0044 0001 0000 40 67 0000 cb007101 cb007102 2100 deff 00000000 ${IP}`, V4)
check(
  'PIM register of a group of IPv6',
  101,
  `4500 0058 0001 0000 40 67 0000 cb007101 cb007102 2100 deff 00000000 ${IP6}`,
  V6,
)
check('PIM register stop', 101, '4500 001c 0001 0000 40 67 0000 cb007101 cb007102 2200 ddff 00000000', 'nothing')
check('GRE with Ethernet', 101, `4500 004e 0001 0000 40 2f 0000 cb007101 cb007102 0000 6558 ${MACS} 0800 ${IP}`, V4)
check(
  'ERSPAN type II',
  101,
  `4500 005a 0001 0000 40 2f 0000 cb007101 cb007102 1000 88be 00000001 1000000000000000 ${MACS} 0800 ${IP}`,
  V4,
)
check('ERSPAN type I', 101, `4500 004e 0001 0000 40 2f 0000 cb007101 cb007102 0000 88be ${MACS} 0800 ${IP}`, V4)
check(
  'ERSPAN type III',
  101,
  `4500 005e 0001 0000 40 2f 0000 cb007101 cb007102 1000 22eb 00000001 20000000 00000000 00000000 ${MACS} 0800 ${IP}`,
  V4,
)
check(
  'ERSPAN type III with a header of the platform',
  101,
  `4500 0066 0001 0000 40 2f 0000 cb007101 cb007102 1000 22eb 00000001 20000000 00000000 00000001 0c000000 00000000 ${MACS} 0800 ${IP}`,
  V4,
)
check(
  'ERSPAN of what is no Ethernet',
  101,
  '4500 0028 0001 0000 40 2f 0000 cb007101 cb007102 1000 22eb 00000001 20000000 00000000 00000800',
  'nothing',
)
check('Ethernet in IP', 101, `4500 004c 0001 0000 40 61 0000 cb007101 cb007102 3000 ${MACS} 0800 ${IP}`, V4)
check(
  'VXLAN',
  101,
  `4500 005a 0001 0000 40 11 0000 cb007101 cb007102 d000 12b5 0046 0000 0800000000000100 ${MACS} 0800 ${IP}`,
  V4,
)
check(
  'Geneve with an option',
  101,
  `4500 0060 0001 0000 40 11 0000 cb007101 cb007102 d000 17c1 004c 0000 0100 6558 00000100 00000000 ${MACS} 0800 ${IP}`,
  V4,
)
check(
  'other traffic on the port of Geneve',
  101,
  '4500 0020 0001 0000 40 11 0000 cb007101 cb007102 d000 17c1 000c 0000 ffffffff',
  '203.0.113.1:53248 > 203.0.113.2:6081 17 4',
)
check(
  'GTP-U with an extension',
  101,
  `4500 0054 0001 0000 40 11 0000 cb007101 cb007102 0868 0868 0040 0000 34ff 0030 00000001 00000085 01100100 ${IP}`,
  V4,
)
check(
  'L2TP data',
  101,
  `4500 0050 0001 0000 40 11 0000 cb007101 cb007102 06a5 06a5 003c 0000 4002 0034 0001 0001 ff03 0021 ${IP}`,
  V4,
)
check(
  'Teredo with an origin',
  101,
  `4500 0060 0001 0000 40 11 0000 cb007101 cb007102 0dd8 0dd8 004c 0000 0000 f227 bffffdfd ${IP6}`,
  V6,
)
check(
  'UDP with payload',
  101,
  '4500 0020 0001 0000 40 11 0000 c0000209 c6336407 1234 0035 000c 0000 41424344',
  '192.0.2.9:4660 > 198.51.100.7:53 17 4',
)
check(
  'UDP shorter than its header',
  101,
  '4500 001c 0001 0000 40 11 0000 c0000209 c6336407 1234 0035 0004 0000',
  'nothing, malformed',
)
check(
  'ICMP',
  101,
  '4500 001c 0001 0000 40 01 0000 c0000209 c6336407 0800 0000 0000 0000',
  '192.0.2.9 > 198.51.100.7 1 type 8 code 0',
)
check('ICMPv6', 101, `60000000 0008 3a 40 ${ENDS6} 8000 0000 0000 0000`, '2001:db8::1 > 2001:db8::2 58 type 128 code 0')
check(
  'ICMP without its checksum',
  101,
  '4500 0017 0001 0000 40 01 0000 c0000209 c6336407 0301 00',
  'nothing, malformed',
)

test('ICMP that was cut behind type and code', () => {
  const bytes = hex('4500 001c 0001 0000 40 01 0000 c0000209 c6336407 0301 0000 0000 0000')
  assert.equal(describe(read(101, bytes.slice(0, 22), bytes.length)), '192.0.2.9 > 198.51.100.7 1 type 3 code 1')
})

check(
  'SCTP',
  101,
  '4500 0020 0001 0000 40 84 0000 c0000209 c6336407 1234 0b59 00000001 00000000',
  '192.0.2.9:4660 > 198.51.100.7:2905 132 0',
)
check('Cisco HDLC on a link of type PPP', 9, `0f00 0800 ${IP}`, V4)
check('InfiniBand', 242, `${'00'.repeat(40)} 0800 0000 ${IP}`, V4)
check('InfiniBand with IPv6', 242, `${'00'.repeat(40)} 86dd 0000 ${IP6}`, V6)
check('Solaris zones', 226, `0102 0000 00000028 00000002 00000000 ffffffff 00000000 ${IP}`, V4)
check('Solaris zones with IPv6', 226, `011a 0000 0000003c 00000002 00000000 ffffffff 00000000 ${IP6}`, V6)
check('log of a packet filter', 117, `3d02 0000 ${'00'.repeat(57)} 000000 ${IP}`, V4)
check('log of a packet filter with IPv6', 117, `4018 0000 ${'00'.repeat(60)} ${IP6}`, V6)
check('log of a packet filter that is too short', 117, `1002 0000 ${'00'.repeat(12)} ${IP}`, 'nothing, malformed')
check('IPsec in the clear', 109, `02000000 0000abcd 00000c00 ${IP}`, V4)
check('IPsec in the clear, big endian', 109, `00000018 0000abcd 00000c00 ${IP6}`, V6)
check('packet tap', 258, `6c000000 01000000 01000000 ${'00'.repeat(96)} ${MACS} 0800 ${IP}`, V4)
check('packet tap of a tunnel', 258, `6c000000 01000000 65000000 ${'00'.repeat(96)} ${IP6}`, V6)
check('packet tap without a packet', 258, `6c000000 00000000 01000000 ${'00'.repeat(96)} ${IP}`, 'nothing')
check('Junos', 178, `4d4743 00 ${MACS} 0800 ${IP}`, V4)
check('Junos with extensions', 178, `4d4743 80 0006 0301 0106 0100 ${MACS} 0800 ${IP}`, V4)
check('Junos without Ethernet', 178, `4d4743 02 02000000 ${IP}`, V4)
check('Junos without Ethernet, IPv6 behind extensions', 178, `4d4743 82 0003 030106 06000000 ${IP6}`, V6)
check('early Junos', 178, `${MACS} 0800 ${IP}`, V4)
check('MACsec, signed only', 1, `${MACS} 88e5 0028 00000001 0800 ${IP} ${'ab'.repeat(16)}`, V4)
check('MACsec with a channel', 1, `${MACS} 88e5 2028 00000001 020000000002 0001 86dd ${IP6} ${'ab'.repeat(16)}`, V6)
check('MACsec, encrypted', 1, `${MACS} 88e5 0c28 00000001 0800 ${IP}`, 'nothing')
check('FabricPath', 1, `020abd000000 020abc000000 8903 4020 ${MACS} 8100 0007 0800 ${IP}`, V4)
check('provider backbone', 1, `${MACS} 88e7 00000064 ${MACS} 0800 ${IP}`, V4)
check('provider backbone behind a tag', 1, `${MACS} 88a8 0007 88e7 00000064 ${MACS} 8100 0007 86dd ${IP6}`, V6)
check('TRILL', 1, `${MACS} 22f3 0020 0001 0002 ${MACS} 0800 ${IP}`, V4)
check('TRILL with an option', 1, `${MACS} 22f3 0060 0001 0002 00000000 ${MACS} 0800 ${IP}`, V4)
check('virtual port', 1, `${MACS} 8926 80010002 0800 ${IP}`, V4)
check('redundant ring', 1, `${MACS} 892f 00340001 8100 0007 0800 ${IP}`, V4)
check('redundant ways', 1, `${MACS} f1c1 0000 0007 0800 ${IP}`, V4)
check('redundant ring with LLC', 1, `${MACS} 892f 00340001 0030 aaaa03 000000 0800 ${IP}`, V4)
check('security group', 1, `${MACS} 8909 0101 0001 0007 0800 ${IP}`, V4)
check('WCCP', 101, `4500 0044 0001 0000 40 2f 0000 cb007101 cb007102 0000 883e 00000000 ${IP}`, V4)
check('WCCP, its first version', 101, `4500 0040 0001 0000 40 2f 0000 cb007101 cb007102 0000 883e ${IP}`, V4)
check('service function chain', 1, `${MACS} 894f 0006 0101 00000301 ${'00'.repeat(16)} ${IP}`, V4)
check('service function chain with Ethernet', 1, `${MACS} 894f 0002 0203 00000301 ${MACS} 86dd ${IP6}`, V6)
check('service function chain, shorter than its header', 1, `${MACS} 894f 0001 0101 ${IP}`, 'nothing, malformed')
check(
  'VXLAN on its old port',
  101,
  `4500 005a 0001 0000 40 11 0000 cb007101 cb007102 d000 2118 0046 0000 0800000000000100 ${MACS} 0800 ${IP}`,
  V4,
)
check(
  'other traffic on the old port of VXLAN',
  101,
  '4500 0024 0001 0000 40 11 0000 cb007101 cb007102 d000 2118 0010 0000 0800000100000100',
  '203.0.113.1:53248 > 203.0.113.2:8472 17 8',
)
check(
  'VXLAN-GPE with IPv6',
  101,
  `4500 0060 0001 0000 40 11 0000 cb007101 cb007102 d000 12b6 004c 0000 0c00000200000100 ${IP6}`,
  V6,
)
check(
  'VXLAN-GPE with a service function chain',
  101,
  `4500 0054 0001 0000 40 11 0000 cb007101 cb007102 d000 12b6 0040 0000 0c00000400000100 0002 0201 00000301 ${IP}`,
  V4,
)
check(
  'MPLS in UDP',
  101,
  `4500 004c 0001 0000 40 11 0000 cb007101 cb007102 e54b 19eb 0038 0000 00000040 0001513f ${IP}`,
  V4,
)
check(
  'other traffic on the port of MPLS',
  101,
  '4500 0024 0001 0000 40 11 0000 cb007101 cb007102 e54b 19eb 0010 0000 0001513f 01020304',
  '203.0.113.1:58699 > 203.0.113.2:6635 17 8',
)
/** A radio frame to an access point. */
const STATION = '020000000001 020000000002 020000000003 0000 aaaa03 000000 0800'
check(
  'CAPWAP',
  101,
  `4500 006c 0001 0000 40 11 0000 cb007101 cb007102 305c 147f 0058 0000 00104300 00000000 0801 0000 ${STATION} ${IP}`,
  V4,
)
check(
  'CAPWAP with frame control swapped',
  101,
  `4500 0074 0001 0000 40 11 0000 cb007101 cb007102 305c 147f 0060 0000 00204320 00000000 04ee4f00 00000000 0108 0000 ${STATION} ${IP}`,
  V4,
)
check(
  'CAPWAP with Ethernet',
  101,
  `4500 005a 0001 0000 40 11 0000 cb007101 cb007102 305c 147f 0046 0000 00104200 00000000 ${MACS} 0800 ${IP}`,
  V4,
)
check(
  'CAPWAP that keeps the channel alive',
  101,
  '4500 0028 0001 0000 40 11 0000 cb007101 cb007102 305c 147f 0014 0000 00104208 00000000 00000000',
  '203.0.113.1:12380 > 203.0.113.2:5247 17 12',
)
check('a link type that nobody knows', 147, IP, 'nothing')

test('tunnels within tunnels end at a limit', () => {
  const shell = '4500 0000 0001 0000 40 04 0000 cb007101 cb007102'
  assert.equal(describe(read(101, hex(shell.repeat(200) + IP))), 'nothing')
})

test('a packet that was cut keeps the length it had on the wire', () => {
  const packet = new Packet()
  packet.frame = hex(`4500 05dc 0001 0000 40 06 0000 c0000209 c6336407 ${TCP}`)
  packet.captured = packet.frame.length
  packet.length = 1500
  walk(packet, ofLinkType(101), new Fragments())
  assert.equal(packet.payload, 1460)
  assert.equal(packet.malformed, false)
})
