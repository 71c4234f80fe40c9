// The walk from a link layer to the innermost TCP, UDP, ICMP or SCTP header.
import type { Packet } from '../packet.ts'
import { readCapwap } from './capwap.ts'
import { readErspan } from './erspan.ts'
import { readEtherIp, readEthernet } from './ethernet.ts'
import type { Fragments } from './fragments.ts'
import { readGeneve } from './geneve.ts'
import { readGre } from './gre.ts'
import { readGtp } from './gtp.ts'
import { readIcmp, readIcmpv6 } from './icmp.ts'
import { readIpnet } from './ipnet.ts'
import { readIpoib } from './ipoib.ts'
import { readIpv4 } from './ipv4.ts'
import { readExtensions, readIpv6 } from './ipv6.ts'
import { readJuniperEthernet } from './juniper.ts'
import { readL2tp } from './l2tp.ts'
import * as L from './layer.ts'
import { readLlc } from './llc.ts'
import { readIpsecTap, readLoopback } from './loopback.ts'
import { readMacsec } from './macsec.ts'
import { readMpls } from './mpls.ts'
import { readNflog } from './nflog.ts'
import { readNsh } from './nsh.ts'
import { readPflog } from './pflog.ts'
import { readPim } from './pim.ts'
import { readPktap } from './pktap.ts'
import { readCiscoHdlc, readPpp, readPppProtocol } from './ppp.ts'
import { readPppoe } from './pppoe.ts'
import { readRawIp } from './raw-ip.ts'
import { readSctp } from './sctp.ts'
import { readSll, readSll2 } from './sll.ts'
import { readBackbone, readFabricPath, readMetadata, readPortTag, readTrill } from './switch-tags.ts'
import { readTcp, readTcpPorts } from './tcp.ts'
import { readTeredo } from './teredo.ts'
import { readUdp, readUdpPorts } from './udp.ts'
import { readVlan } from './vlan.ts'
import { readVxlan, readVxlanGpe } from './vxlan.ts'
import { readPpi, readRadiotap, readWlan } from './wlan.ts'

export { ofLinkType } from './link-types.ts'

/** Layers of one packet: eight tunnels deep, each with its tags and its IP header. */
const LAYER_LIMIT = 32

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
    case L.ERSPAN:
      return readErspan(packet)
    case L.ETHER_IP:
      return readEtherIp(packet)
    case L.VXLAN:
      return readVxlan(packet)
    case L.VXLAN_GPE:
      return readVxlanGpe(packet)
    case L.NSH:
      return readNsh(packet)
    case L.GENEVE:
      return readGeneve(packet)
    case L.GTP:
      return readGtp(packet)
    case L.L2TP:
      return readL2tp(packet)
    case L.TEREDO:
      return readTeredo(packet)
    case L.CAPWAP:
      return readCapwap(packet)
    case L.PIM:
      return readPim(packet)
    case L.MACSEC:
      return readMacsec(packet)
    default:
      return stepSwitch(layer, packet)
  }
}

function stepSwitch(layer: L.Layer, packet: Packet): L.Layer {
  switch (layer) {
    case L.FABRIC_PATH:
      return readFabricPath(packet)
    case L.BACKBONE:
      return readBackbone(packet)
    case L.TRILL:
      return readTrill(packet)
    case L.PORT_TAG:
      return readPortTag(packet)
    case L.METADATA:
      return readMetadata(packet)
    default:
      return stepTap(layer, packet)
  }
}

/** What capturing programs put before a packet. */
function stepTap(layer: L.Layer, packet: Packet): L.Layer {
  switch (layer) {
    case L.WLAN:
      return readWlan(packet)
    case L.RADIOTAP:
      return readRadiotap(packet)
    case L.PPI:
      return readPpi(packet)
    case L.NFLOG:
      return readNflog(packet)
    case L.PFLOG:
      return readPflog(packet)
    case L.PKTAP:
      return readPktap(packet)
    case L.IPSEC_TAP:
      return readIpsecTap(packet)
    case L.IPNET:
      return readIpnet(packet)
    case L.IPOIB:
      return readIpoib(packet)
    case L.JUNIPER_ETHERNET:
      return readJuniperEthernet(packet)
    default:
      return L.DONE
  }
}
