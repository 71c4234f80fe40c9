// Keeps of a segment what a later fact cites.
import type { Packet } from '../packet.ts'
import { Mark } from './mark.ts'
import type { Side } from './side.ts'

export function markOf(sender: Side, packet: Packet): Mark {
  return new Mark(packet, sender.isOrig ? 'client' : 'server')
}
