// Keeps of a segment what a later fact cites.
import type { Packet } from '../packet.ts'
import type { Connection, Mark, Side } from './connection.ts'

export function markOf(connection: Connection, sender: Side, packet: Packet): Mark {
  const { time, flags, sequence, window, ttl } = packet
  const from = sender === connection.orig ? 'client' : 'server'
  return { place: packet.place(), time, from, flags, sequence, window, ttl }
}
