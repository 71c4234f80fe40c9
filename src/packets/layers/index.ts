// The walk from a link layer to the innermost TCP, UDP, ICMP or SCTP header.
import type { Packet } from '../packet.ts'
import { readEthernet } from './ethernet.ts'
import type { Fragments } from './fragments.ts'
import { readGeneve } from './geneve.ts'
import { readGre } from './gre.ts'
import { readGtp } from './gtp.ts'
import { readIcmp, readIcmpv6 } from './icmp.ts'
import { readIpv4 } from './ipv4.ts'
import { readExtensions, readIpv6 } from './ipv6.ts'
import { readL2tp } from './l2tp.ts'
import * as L from './layer.ts'
import { readLlc } from './llc.ts'
import { readLoopback } from './loopback.ts'
import { readMpls } from './mpls.ts'
import { readNflog } from './nflog.ts'
import { readCiscoHdlc, readPpp, readPppProtocol } from './ppp.ts'
import { readPppoe } from './pppoe.ts'
import { readRawIp } from './raw-ip.ts'
import { readSctp } from './sctp.ts'
import { readSll, readSll2 } from './sll.ts'
import { readTcp, readTcpPorts } from './tcp.ts'
import { readTeredo } from './teredo.ts'
import { readUdp, readUdpPorts } from './udp.ts'
import { readVlan } from './vlan.ts'
import { readVxlan } from './vxlan.ts'
import { readPpi, readRadiotap, readWlan } from './wlan.ts'

/** Layers of one packet: eight tunnels deep, each with its tags and its IP header. */
const LAYER_LIMIT = 32

/** Numbers of the link types (tcpdump.org/linktypes.html) that are understood. */
const LINK_TYPES: ReadonlyMap<number, L.Layer> = new Map([
  [0, L.LOOPBACK],
  [1, L.ETHERNET],
  [9, L.PPP],
  [12, L.RAW_IP],
  [14, L.RAW_IP],
  [50, L.PPP],
  [51, L.PPPOE],
  [101, L.RAW_IP],
  [104, L.CISCO_HDLC],
  [108, L.LOOPBACK],
  [105, L.WLAN],
  [113, L.SLL],
  [127, L.RADIOTAP],
  [192, L.PPI],
  [228, L.IPV4],
  [229, L.IPV6],
  [239, L.NFLOG],
  [276, L.SLL2],
])

/** @returns the layer a link type starts with; DONE where it is not understood */
export function ofLinkType(linkType: number): L.Layer {
  return LINK_TYPES.get(linkType) ?? L.DONE
}

/** Walks the layers of `packet`, whose frame is set. The result is in its fields. */
export function walk(packet: Packet, link: L.Layer, fragments: Fragments): void {
  packet.enter()
  let layer = link
  for (let depth = 0; layer !== L.DONE && depth < LAYER_LIMIT; depth++) {
    layer = layer === L.FRAGMENT ? joined(packet, fragments) : step(layer, packet)
  }
}

/** Walks an IP packet quoted in an ICMP error, from `at` to `end`, as far as its ports. */
export function walkQuoted(packet: Packet): void {
  let layer = L.RAW_IP
  for (let depth = 0; layer !== L.DONE && depth < LAYER_LIMIT; depth++) {
    if (layer === L.TCP_SEGMENT) layer = readTcpPorts(packet)
    else if (layer === L.UDP_DATAGRAM) layer = readUdpPorts(packet)
    else layer = layer === L.FRAGMENT ? quotedPart(packet) : step(layer, packet)
  }
}

/** A quoted first fragment still has its ports. */
function quotedPart(packet: Packet): L.Layer {
  return packet.fragmentOffset === 0 ? L.ofIpProtocol(packet, packet.fragmentProtocol) : L.DONE
}

function joined(packet: Packet, fragments: Fragments): L.Layer {
  return fragments.join(packet) ? readExtensions(packet, packet.fragmentProtocol) : L.DONE
}

/** Reads one layer; DONE where it is none of these. */
export function step(layer: L.Layer, packet: Packet): L.Layer {
  switch (layer) {
    case L.ETHERNET:
      return readEthernet(packet)
    case L.IPV4:
      return readIpv4(packet)
    case L.TCP_SEGMENT:
      return readTcp(packet)
    case L.UDP_DATAGRAM:
      return readUdp(packet)
    case L.IPV6:
      return readIpv6(packet)
    case L.SLL:
      return readSll(packet)
    case L.SLL2:
      return readSll2(packet)
    case L.VLAN:
      return readVlan(packet)
    default:
      return stepRare(layer, packet)
  }
}

function stepRare(layer: L.Layer, packet: Packet): L.Layer {
  switch (layer) {
    case L.LLC:
      return readLlc(packet)
    case L.MPLS:
      return readMpls(packet)
    case L.PPPOE:
      return readPppoe(packet)
    case L.PPP:
      return readPpp(packet)
    case L.PPP_PROTOCOL:
      return readPppProtocol(packet)
    case L.CISCO_HDLC:
      return readCiscoHdlc(packet)
    case L.LOOPBACK:
      return readLoopback(packet)
    case L.RAW_IP:
      return readRawIp(packet)
    case L.NFLOG:
      return readNflog(packet)
    case L.GRE:
      return readGre(packet)
    case L.ICMP_MESSAGE:
      return readIcmp(packet)
    case L.ICMPV6_MESSAGE:
      return readIcmpv6(packet)
    case L.SCTP_PACKET:
      return readSctp(packet)
    default:
      return stepTunnel(layer, packet)
  }
}

function stepTunnel(layer: L.Layer, packet: Packet): L.Layer {
  switch (layer) {
    case L.VXLAN:
      return readVxlan(packet)
    case L.GENEVE:
      return readGeneve(packet)
    case L.GTP:
      return readGtp(packet)
    case L.L2TP:
      return readL2tp(packet)
    case L.TEREDO:
      return readTeredo(packet)
    case L.WLAN:
      return readWlan(packet)
    case L.RADIOTAP:
      return readRadiotap(packet)
    case L.PPI:
      return readPpi(packet)
    default:
      return L.DONE
  }
}
