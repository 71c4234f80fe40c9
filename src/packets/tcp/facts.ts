// The facts about TCP connections: what is stated of them, and when it is certain enough.

import type { Duration, FieldValue, Instant, PacketPlace } from '../../model/index.ts'
import { type Addresses, formatAddress } from '../addresses.ts'
import type { Output } from '../application.ts'
import { describeSegment, formatEndpoint, seconds } from '../excerpt.ts'
import type { Packet } from '../packet.ts'
import type { Connection, Ends } from './connection.ts'
import type { Mark } from './mark.ts'
import { markOf } from './mark-of.ts'
import type { Side } from './side.ts'
import { connState } from './state.ts'

/** So much of the capture must follow a single SYN before silence means something. */
const PATIENCE = 3_000_000
/** Hops by which the TTL of one host's packets may differ on their way. */
const TTL_TOLERANCE = 3

/** Named anew for every fact: kept, they would be a third of what is remembered of a connection. */
export function endsOf(connection: Connection, addresses: Addresses): Ends {
  const { family } = connection
  const client = { address: formatAddress(family, connection.clientAddress, addresses), port: connection.clientPort }
  const server = { address: formatAddress(family, connection.serverAddress, addresses), port: connection.serverPort }
  return { client, server }
}

/** `192.0.2.9:51514 > 10.0.0.7:5432` */
function arrow({ client, server }: Ends): string {
  return `${formatEndpoint(client)} > ${formatEndpoint(server)}`
}

/** Of which connection something is said, and to whom. */
export interface Scene {
  readonly output: Output
  readonly connection: Connection
  readonly ends: Ends
}

/** Where and when, and what it means. */
interface Said {
  readonly time: Instant
  readonly place: PacketPlace
  readonly from: 'client' | 'server'
  readonly flags: number
  /** After addresses and flags. */
  readonly rest: string
  readonly fields: Record<string, FieldValue>
}

/** Fields of its own come after those that all facts about connections have. */
function state({ output, ends }: Pick<Scene, 'output' | 'ends'>, kind: string, said: Said): void {
  const { time, place, from, flags, rest } = said
  const { client, server } = ends
  const [sender, receiver] = from === 'client' ? [client, server] : [server, client]
  const excerpt = () => describeSegment({ from: sender, to: receiver, flags, rest })
  const fields = { client: client.address, server: server.address, port: server.port, ...said.fields }
  output.fact({ kind, time, place, excerpt, fields })
}

/** A connection whose SYNs stayed without any answer. */
export interface Unanswered extends Pick<Scene, 'output' | 'ends'> {
  readonly firstSyn: Mark
  readonly tries: number
  readonly waited: Duration
}

/** Null where it was answered, or where too little of the capture followed to know. */
export function unansweredOf({ output, connection, ends }: Scene, captureEnd: Instant): Unanswered | null {
  const { firstSyn, lastSynTime, tries } = connection
  if (firstSyn === null || connection.resp.packets > 0 || connection.isUnreachable) return null
  const after = captureEnd - lastSynTime
  if (tries <= 1 && after < PATIENCE) return null
  const waited = Math.max(0, lastSynTime - firstSyn.time) + Math.min(Math.max(0, after), PATIENCE)
  return { output, ends, firstSyn, tries, waited }
}

/** Silence began with the first SYN: `192.0.2.9:51514 > 10.0.0.7:5432 [S] seq 123 win 64240, no answer to 3 tries in 7.0 s` */
export function stateUnanswered(silent: Unanswered): void {
  const { ends, firstSyn, tries, waited } = silent
  const { time, place, from, flags } = firstSyn
  const rest = `${numbers(firstSyn)}, no answer to ${tries} ${tries === 1 ? 'try' : 'tries'} in ${seconds(waited)}`
  const fields = { client_port: ends.client.port, tries, seconds: Math.round(waited / 1e5) / 10 }
  state(silent, 'tcp.unanswered', { time, place, from, flags, rest, fields })
}

/** @param serverTtl of other packets of the server, 0 where none is known */
export function stateRefused(scene: Scene, serverTtl: number): void {
  const { connection, ends } = scene
  const { refusal } = connection
  if (refusal === null) return
  const { time, place, from, flags, ttl } = refusal
  const middlebox = isForeign(ttl, serverTtl)
  const foreign = middlebox ? ` by another host: packets of the server have ttl ${serverTtl}` : ''
  const fields = { client_port: ends.client.port, middlebox }
  state(scene, 'tcp.refused', { time, place, from, flags, rest: `ttl ${ttl}, SYN refused${foreign}`, fields })
}

export function stateEstablished({ output, connection, ends }: Scene, packet: Packet): void {
  // Where the capture's clock went back neither is known.
  const rtt = Math.max(0, connection.rtt)
  const connect_time = Math.max(0, connection.connectTime)
  const { client, server } = ends
  const { time } = packet
  const excerpt = () => `${arrow(ends)} [.] handshake complete, rtt ${rtt} us, connected in ${connect_time} us`
  const fields = {
    client: client.address,
    server: server.address,
    port: server.port,
    client_port: client.port,
    rtt,
    connect_time,
  }
  output.fact({ kind: 'tcp.established', time, place: packet.place(), excerpt, fields })
}

/** RST after data, from a side that had not said it was done. */
export function stateReset(scene: Scene, packet: Packet, sender: Side): void {
  const { connection, ends } = scene
  const mark = markOf(sender, packet)
  const { time, place, from: by, flags } = mark
  const pending = connection.talk?.analyzer?.awaiting ?? !sender.spokeLast
  const { bytes: sent } = connection.orig
  const { bytes: received } = connection.resp
  const middlebox = isForeign(packet.ttl, sender.ttl)
  const rest = `${numbers(mark)}, reset after ${sent} bytes sent and ${received} received${pending ? ', an answer was awaited' : ''}`
  const fields = { client_port: ends.client.port, by, sent, received, pending, middlebox }
  state(scene, 'tcp.reset', { time, place, from: by, flags, rest, fields })
}

/** A window that stood closed for `duration` since `closed`. */
export function stateClosedWindow(scene: Scene, closed: Mark, duration: number): void {
  const { time, place, from, flags } = closed
  const rest = `win 0, closed for ${seconds(duration)}`
  state(scene, 'tcp.closed_window', { time, place, from, flags, rest, fields: { by: from, duration } })
}

/** Began when the segment was sent for the first time; the packet cited is its last copy. */
export function stateBlackhole(scene: Scene, side: Side): void {
  const { trouble } = side
  if (trouble === null || trouble.stuck === null) return
  const { time, place, from, flags } = trouble.stuck
  const { stuckSize: size, stuckSince, tries } = trouble
  const largest_passed = Math.max(side.largestPassed, trouble.passedBehind)
  const rest = `length ${size}, sent again ${tries} times in ${seconds(time - stuckSince)} without acknowledgment, up to ${largest_passed} bytes passed`
  state(scene, 'tcp.blackhole', {
    time: stuckSince,
    place,
    from,
    flags,
    rest,
    fields: { by: from, size, tries, largest_passed },
  })
}

export function stateConnection({ output, connection, ends }: Scene): void {
  const { mark, requests, service, orig, resp } = connection
  if (mark === null) return
  const { client, server } = ends
  const name = connState(connection)
  const duration = Math.max(0, connection.last - connection.first)
  const excerpt = () =>
    `${arrow(ends)} ${name} after ${seconds(duration)}, ${orig.bytes} bytes sent, ${resp.bytes} received`
  const fields = {
    client: client.address,
    server: server.address,
    port: server.port,
    client_port: client.port,
    state: name,
    duration,
    requests,
    orig_bytes: orig.bytes,
    resp_bytes: resp.bytes,
    service,
  }
  output.fact({ kind: 'tcp.connection', time: mark.time, place: mark.place, excerpt, fields })
}

/** Whether a packet with one TTL can hardly come from the host whose packets have the other. */
export function isForeign(ttl: number, known: number): boolean {
  return known !== 0 && ttl !== 0 && Math.abs(ttl - known) > TTL_TOLERANCE
}

function numbers({ sequence, window }: Mark): string {
  return `seq ${sequence >>> 0} win ${window}`
}
