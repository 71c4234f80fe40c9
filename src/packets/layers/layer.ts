// The names of the layers, and which number in a header stands for which of them.
import type { Packet } from '../packet.ts'

/** A layer reads its header at `packet.at`, moves `at`, `end` and `reach` to its payload, and says what lies there. */
export type Layer = number

/** Nothing further to read. */
export const DONE: Layer = 0
export const ETHERNET: Layer = 1
export const VLAN: Layer = 2
export const LLC: Layer = 3
export const MPLS: Layer = 4
export const PPPOE: Layer = 5
export const PPP: Layer = 6
export const PPP_PROTOCOL: Layer = 7
export const CISCO_HDLC: Layer = 8
export const LOOPBACK: Layer = 9
export const RAW_IP: Layer = 10
export const SLL: Layer = 11
export const SLL2: Layer = 12
export const NFLOG: Layer = 13
export const IPV4: Layer = 14
export const IPV6: Layer = 15
export const GRE: Layer = 16
export const VXLAN: Layer = 17
export const GENEVE: Layer = 18
export const TCP_SEGMENT: Layer = 19
export const UDP_DATAGRAM: Layer = 20
export const ICMP_MESSAGE: Layer = 21
export const ICMPV6_MESSAGE: Layer = 22
export const SCTP_PACKET: Layer = 23
export const WLAN: Layer = 25
export const RADIOTAP: Layer = 26
export const PPI: Layer = 27
export const GTP: Layer = 28
export const L2TP: Layer = 29
export const TEREDO: Layer = 30
export const VXLAN_GPE: Layer = 31
export const NSH: Layer = 32
export const CAPWAP: Layer = 33
export const MACSEC: Layer = 34
export const FABRIC_PATH: Layer = 35
export const PFLOG: Layer = 36
export const PKTAP: Layer = 37
export const IPSEC_TAP: Layer = 38
export const IPNET: Layer = 39
export const IPOIB: Layer = 40
export const JUNIPER_ETHERNET: Layer = 41
export const BACKBONE: Layer = 42
export const TRILL: Layer = 43
export const PORT_TAG: Layer = 44
export const METADATA: Layer = 45
export const ERSPAN: Layer = 46
export const ETHER_IP: Layer = 47
export const PIM: Layer = 48
/** An IPv4 or IPv6 fragment: the walk waits for the rest of the datagram. */
export const FRAGMENT: Layer = 24

/** EtherTypes (IEEE registration authority). */
export function ofEtherType(packet: Packet, type: number): Layer {
  switch (type) {
    case 0x0800:
      return IPV4
    case 0x86dd:
      return IPV6
    case 0x8100:
    case 0x88a8:
    case 0x9100:
    case 0x9200:
      return VLAN
    case 0x8847:
    case 0x8848:
      return MPLS
    case 0x8864:
      return PPPOE
    case 0x880b:
      return PPP
    case 0x6558:
      return ETHERNET
    case 0x894f:
      return NSH
    case 0x88e5:
      return MACSEC
    case 0x8903:
      return FABRIC_PATH
    case 0x88e7:
      return BACKBONE
    case 0x22f3:
      return TRILL
    case 0x8926:
    case 0x892f:
    case 0xf1c1:
      return PORT_TAG
    case 0x8909:
      return METADATA
    default:
      // Aruba's access points send whole radio frames.
      if (type >= 0x8200 && type <= 0x82ff) return WLAN
      packet.unknown = type
      return DONE
  }
}

/** Protocol numbers of IP (IANA). */
export function ofIpProtocol(packet: Packet, protocol: number): Layer {
  switch (protocol) {
    case 6:
      return TCP_SEGMENT
    case 17:
      return UDP_DATAGRAM
    case 1:
      return ICMP_MESSAGE
    case 58:
      return ICMPV6_MESSAGE
    case 47:
      return GRE
    case 4:
      return IPV4
    case 41:
      return IPV6
    case 97:
      return ETHER_IP
    case 103:
      return PIM
    case 132:
      return SCTP_PACKET
    case 137:
      return MPLS
    case 143:
      return ETHERNET
    default:
      packet.unknown = protocol
      return DONE
  }
}

/** Next protocols of service function chains (RFC 8300, 2.2), which VXLAN-GPE uses as well. */
export function ofNextProtocol(packet: Packet, protocol: number): Layer {
  switch (protocol) {
    case 1:
      return IPV4
    case 2:
      return IPV6
    case 3:
      return ETHERNET
    case 4:
      return NSH
    case 5:
      return MPLS
    default:
      packet.unknown = protocol
      return DONE
  }
}

/** An IP packet ends where its header says, and in the first part of a datagram around it beyond that part. */
export function bound(packet: Packet, reach: number): void {
  if (reach >= packet.reach && !packet.fragmented) return
  packet.reach = reach
  packet.fragmented = false
  if (packet.end > reach) packet.end = reach
}

/** Ends the walk at a header that is cut or contradicts itself. */
export function broken(packet: Packet): Layer {
  packet.malformed = packet.end === packet.reach
  return DONE
}
