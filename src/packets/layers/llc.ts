// IEEE 802.2 LLC, with the SNAP extension.
import type { Packet } from '../packet.ts'
import { broken, DONE, IPV4, type Layer, ofEtherType } from './layer.ts'

const SNAP = 0xaa
const SAP_IP = 0x06
const UNNUMBERED = 0x03
const LLC_LENGTH = 3
const SNAP_LENGTH = 8

export function readLlc(packet: Packet): Layer {
  const { bytes, at } = packet
  if (packet.end - at < LLC_LENGTH) return broken(packet)
  const sap = bytes[at]
  if (bytes[at + 2] !== UNNUMBERED) return DONE
  if (sap === SAP_IP) {
    packet.at = at + LLC_LENGTH
    return IPV4
  }
  if (sap !== SNAP) return DONE
  if (packet.end - at < SNAP_LENGTH) return broken(packet)
  const organisation = ((bytes[at + 3] ?? 0) << 16) | ((bytes[at + 4] ?? 0) << 8) | (bytes[at + 5] ?? 0)
  packet.at = at + SNAP_LENGTH
  // RFC 1042 encapsulates EtherTypes under 00-00-00, IEEE 802.1H under 00-00-F8.
  if (organisation !== 0 && organisation !== 0x0000f8) return DONE
  return ofEtherType(packet, ((bytes[at + 6] ?? 0) << 8) | (bytes[at + 7] ?? 0))
}
