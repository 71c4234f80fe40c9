// ERSPAN types II and III: frames that a switch mirrors into GRE (draft-foschiano-erspan).
import type { Packet } from '../packet.ts'
import { broken, DONE, ETHERNET, type Layer } from './layer.ts'

const [VERSION_OF_II, LENGTH_OF_II] = [1, 8] as const
const [VERSION_OF_III, LENGTH_OF_III] = [2, 12] as const
/** Of type III: its last two bytes say what is mirrored, and whether the platform adds a header of its own. */
const FLAGS = 10
const FRAME_TYPE = 0x7c00
const HAS_SUBHEADER = 0x0001
const SUBHEADER_LENGTH = 8

export function readErspan(packet: Packet): Layer {
  const { bytes, at } = packet
  const version = (bytes[at] ?? 0) >> 4
  if (version !== VERSION_OF_II && version !== VERSION_OF_III) return DONE
  const flags = version === VERSION_OF_III ? ((bytes[at + FLAGS] ?? 0) << 8) | (bytes[at + FLAGS + 1] ?? 0) : 0
  const subheader = (flags & HAS_SUBHEADER) === 0 ? 0 : SUBHEADER_LENGTH
  const length = version === VERSION_OF_II ? LENGTH_OF_II : LENGTH_OF_III + subheader
  if (packet.end - at < length) return broken(packet)
  packet.at = at + length
  return (flags & FRAME_TYPE) === 0 ? ETHERNET : DONE
}
