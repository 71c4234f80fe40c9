// The link types (tcpdump.org/linktypes.html) that are understood, and the layer each of them starts with.
import * as L from './layer.ts'

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
  [105, L.WLAN],
  [108, L.LOOPBACK],
  [109, L.IPSEC_TAP],
  [113, L.SLL],
  [117, L.PFLOG],
  [127, L.RADIOTAP],
  [178, L.JUNIPER_ETHERNET],
  [192, L.PPI],
  [226, L.IPNET],
  [228, L.RAW_IP],
  [229, L.RAW_IP],
  [239, L.NFLOG],
  [242, L.IPOIB],
  [258, L.PKTAP],
  [276, L.SLL2],
])

/** @returns the layer a link type starts with; DONE where it is not understood */
export function ofLinkType(linkType: number): L.Layer {
  return LINK_TYPES.get(linkType) ?? L.DONE
}
