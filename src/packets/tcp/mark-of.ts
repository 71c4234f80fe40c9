// Keeps of a segment what a later fact cites.
import type { Packet } from '../packet.ts'
import type { Mark } from './mark.ts'
import type { Side } from './side.ts'

export function markOf(sender: Side, packet: Packet): Mark {
  const { time, flags, sequence, window, ttl } = packet
  const from = sender.isOrig ? 'client' : 'server'
  return { place: packet.place(), time, from, flags, sequence, window, ttl }
}
