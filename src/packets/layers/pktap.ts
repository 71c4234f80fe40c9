// Apple's packet tap: frames of any link type behind the names of interface and process.
import type { Packet } from '../packet.ts'
import { broken, DONE, type Layer } from './layer.ts'
import { ofLinkType } from './link-types.ts'

const SHORTEST = 108
const RECORD_TYPE = 4
const LINK_TYPE = 8
const PACKET = 1

export function readPktap(packet: Packet): Layer {
  const { bytes, at } = packet
  const length = little(bytes, at)
  if (length < SHORTEST || packet.end - at < length) return broken(packet)
  packet.at = at + length
  return little(bytes, at + RECORD_TYPE) === PACKET ? ofLinkType(little(bytes, at + LINK_TYPE)) : DONE
}

function little(bytes: Uint8Array, at: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]
  return (a | (b << 8) | (c << 16) | (d << 24)) >>> 0
}
