// The facts about TCP connections: what is stated of them, and when it is certain enough.

import type { Fields, Instant, PacketPlace } from '../../model/index.ts'
import { type Addresses, formatAddress } from '../addresses.ts'
import type { Observation, Output } from '../application.ts'
import { describeSegment, seconds } from '../excerpt.ts'
import { ACK, RST, SYN } from '../layers/tcp.ts'
import type { Packet } from '../packet.ts'
import type { Connection, Ends, Side } from './connection.ts'
import { connState } from './state.ts'

/** So much of the capture must follow a single SYN before silence means something. */
const PATIENCE = 3_000_000
/** Hops by which the TTL of one host's packets may differ on their way. */
const TTL_TOLERANCE = 3

export function endsOf(connection: Connection, addresses: Addresses): Ends {
  connection.ends ??= nameEnds(connection, addresses)
  return connection.ends
}

function nameEnds(connection: Connection, addresses: Addresses): Ends {
  const { family } = connection
  return {
    client: { address: formatAddress(family, connection.clientAddress, addresses), port: connection.clientPort },
    server: { address: formatAddress(family, connection.serverAddress, addresses), port: connection.serverPort },
  }
}

function fieldsOf({ client, server }: Ends): Record<'client' | 'server', string> & Record<'port', number> {
  return { client: client.address, server: server.address, port: server.port }
}

/** Where and when, and what else. */
interface Said {
  readonly time: Instant
  readonly place: PacketPlace
  readonly from: 'client' | 'server'
  readonly flags: number
  readonly rest: string
  readonly fields: Fields
}

function state(output: Output, kind: Observation['kind'], ends: Ends, said: Said): void {
  const { time, place, from, flags, rest } = said
  const [sender, receiver] = from === 'client' ? [ends.client, ends.server] : [ends.server, ends.client]
  const excerpt = describeSegment({ from: sender, to: receiver, flags, rest })
  output.fact({ kind, time, place, excerpt, fields: { ...fieldsOf(ends), ...said.fields } })
}

/** `192.0.2.9:51514 > 10.0.0.7:5432 [S] seq 123 win 64240, no answer to 3 tries in 7.0 s` */
export function stateUnanswered(output: Output, connection: Connection, ends: Ends, captureEnd: Instant): void {
  const { synPlace: place, tries, synTime: time, firstSynTime } = connection
  if (place === null || connection.resp.packets > 0 || connection.isUnreachable) return
  const after = Math.max(0, captureEnd - time)
  if (tries < 2 && after < PATIENCE) return
  const waited = time - firstSynTime + Math.min(after, PATIENCE)
  const rest = `${numbers(connection.synSequence, connection.synWindow)}, no answer to ${tries} ${tries === 1 ? 'try' : 'tries'} in ${seconds(waited)}`
  const fields = { client_port: ends.client.port, tries, seconds: Math.round(waited / 1e5) / 10 }
  state(output, 'tcp.unanswered', ends, { time, place, from: 'client', flags: SYN, rest, fields })
}

/** @param serverTtl of other packets of the server, 0 where none is known */
export function stateRefused(output: Output, connection: Connection, ends: Ends, serverTtl: number): void {
  const { resetPlace: place, resetTime: time, resetTtl } = connection
  if (!connection.isRefused || place === null) return
  const middlebox = isForeign(resetTtl, serverTtl)
  const rest = `ttl ${resetTtl}, SYN refused${middlebox ? ` by another host: packets of the server have ttl ${serverTtl}` : ''}`
  const fields = { client_port: ends.client.port, middlebox }
  state(output, 'tcp.refused', ends, { time, place, from: 'server', flags: RST | ACK, rest, fields })
}

export function stateEstablished(output: Output, connection: Connection, ends: Ends, packet: Packet): void {
  const { rtt, connectTime } = connection
  const rest = `handshake complete, rtt ${(rtt / 1000).toFixed(3)} ms, connected in ${(connectTime / 1000).toFixed(3)} ms`
  const fields = { client_port: ends.client.port, rtt, connect_time: connectTime }
  state(output, 'tcp.established', ends, {
    time: packet.time,
    place: packet.place(),
    from: 'client',
    flags: packet.flags,
    rest,
    fields,
  })
}

/** RST after data, from a side that had not said it was done. */
export function stateReset(output: Output, connection: Connection, ends: Ends, packet: Packet, sender: Side): void {
  const isClient = sender === connection.orig
  const by = isClient ? 'client' : 'server'
  const pending = connection.analyzer?.awaiting ?? connection.lastDataFrom === (isClient ? 'server' : 'client')
  const { bytes: sent } = connection.orig
  const { bytes: received } = connection.resp
  const middlebox = isForeign(packet.ttl, sender.ttl)
  const rest = `${numbers(packet.sequence, packet.window)}, reset after ${sent} bytes sent and ${received} received${pending ? ', an answer was awaited' : ''}`
  const fields = { client_port: ends.client.port, by, sent, received, pending, middlebox }
  state(output, 'tcp.reset', ends, {
    time: packet.time,
    place: packet.place(),
    from: by,
    flags: packet.flags,
    rest,
    fields,
  })
}

export function stateTraffic(output: Output, connection: Connection, ends: Ends): void {
  const { secondPlace: place, secondTime: time, secondSegments: segments, secondResent: resent } = connection
  if (place === null) return
  const { secondOutOfOrder: out_of_order, secondDuplicateAcks: duplicate_acks, secondBytes: bytes } = connection
  const rest = `${segments} segments, ${resent} sent again, ${out_of_order} out of order, ${duplicate_acks} duplicate ACKs, ${bytes} bytes in this second`
  const fields = { segments, resent, out_of_order, duplicate_acks, bytes }
  state(output, 'tcp.traffic', ends, { time, place, from: 'client', flags: ACK, rest, fields })
}

/** A window that stood closed until `time`. */
export function stateClosedWindow(output: Output, connection: Connection, ends: Ends, side: Side, time: Instant): void {
  const duration = Math.max(0, time - side.closedSince)
  const by = side === connection.orig ? 'client' : 'server'
  if (side.closedPlace === null) return
  const rest = `win 0, closed for ${seconds(duration)}`
  state(output, 'tcp.closed_window', ends, {
    time: side.closedSince,
    place: side.closedPlace,
    from: by,
    flags: ACK,
    rest,
    fields: { by, duration },
  })
}

export function stateBlackhole(output: Output, connection: Connection, ends: Ends, side: Side): void {
  const { stuckPlace: place, stuckTime: time, stuckSize: size, tries } = side
  if (place === null) return
  const largest_passed = Math.max(side.largestPassed, side.passedBehind)
  const by = side === connection.orig ? 'client' : 'server'
  const rest = `length ${size}, sent again ${tries} times without acknowledgment, up to ${largest_passed} bytes passed`
  state(output, 'tcp.blackhole', ends, {
    time,
    place,
    from: by,
    flags: ACK,
    rest,
    fields: { by, size, tries, largest_passed },
  })
}

export function stateConnection(output: Output, connection: Connection, ends: Ends): void {
  const { place, placeTime: time, placeFlags: flags, requests, service } = connection
  if (place === null) return
  const state_ = connState(connection)
  const duration = Math.max(0, connection.last - connection.first)
  const { bytes: orig_bytes } = connection.orig
  const { bytes: resp_bytes } = connection.resp
  const fields = { client_port: ends.client.port, state: state_, duration, requests, orig_bytes, resp_bytes, service }
  const rest = `connection ${state_} after ${seconds(duration)}, ${orig_bytes} bytes sent, ${resp_bytes} received`
  state(output, 'tcp.connection', ends, { time, place, from: connection.placeFrom, flags, rest, fields })
}

/** Whether a packet with one TTL can hardly come from the host whose packets have the other. */
export function isForeign(ttl: number, known: number): boolean {
  return known !== 0 && ttl !== 0 && Math.abs(ttl - known) > TTL_TOLERANCE
}

function numbers(sequence: number, window: number): string {
  return `seq ${sequence >>> 0} win ${window}`
}
