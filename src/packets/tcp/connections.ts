// All TCP connections of a capture: finds the one a segment belongs to, and ends them.

import { type Instant, SECOND } from '../../model/index.ts'
import { type Addresses, sourceOf, targetOf } from '../addresses.ts'
import type { Application } from '../application.ts'
import type { Duplicates } from '../duplicates.ts'
import { Flows } from '../flows.ts'
import { ACK, SYN } from '../layers/tcp.ts'
import type { Packet } from '../packet.ts'
import type { Scribe } from '../scribe.ts'
import { analyse } from './analysis.ts'
import { Connection, type Side } from './connection.ts'
import { countFlags, openHole } from './counts.ts'
import { endsOf, stateConnection, stateRefused } from './facts.ts'
import { LOST_SEGMENT } from './flags.ts'
import { shakeHands } from './handshake.ts'
import { markOf } from './mark.ts'
import { isServerSecond } from './ports.ts'
import { Readers } from './readers.ts'
import { rowOf } from './row.ts'
import { isAfter } from './sequence.ts'
import { Silence } from './silence.ts'
import { moveState, writeHistory } from './state.ts'
import { Watch } from './watch.ts'

/** Connections held at a time, for each version of IP. */
const LIMIT = 32_768
/** Zeek's tcp_inactivity_timeout: what ended and was silent for so long is written down before the capture ends. */
const SILENCE = 300 * SECOND
/** New connections after which those are looked for. */
const SWEEP = 4096
/** Hosts whose TTL is remembered. */
const HOST_LIMIT = 65_536

/** What connections are seen with. */
export interface Setting {
  readonly scribe: Scribe
  readonly addresses: Addresses
  readonly duplicates: Duplicates
  readonly applications: readonly Application[]
}

export class Connections {
  readonly #tables: Readonly<Record<4 | 6, Flows<Connection>>> = { 4: new Flows(LIMIT), 6: new Flows(LIMIT) }
  readonly #setting: Setting
  readonly #readers: Readers
  readonly #watch: Watch
  readonly silence = new Silence()
  /** TTL of servers' SYN-ACKs: tells a RST of theirs from one of a firewall. */
  readonly #ttls = new Map<string, number>()
  #count = 0
  #captureEnd: Instant = 0
  /** Connections that were given up while still open. */
  evicted = 0

  constructor(setting: Setting) {
    this.#setting = setting
    this.#readers = new Readers(setting.applications, setting.scribe, setting.addresses)
    this.#watch = new Watch(setting.scribe, setting.addresses, this.#readers)
  }

  /** Segments that acknowledge what the capture does not have. */
  get unseen() {
    return this.#watch.unseen
  }

  get waiting() {
    return this.#readers.waiting
  }

  segment(packet: Packet): void {
    const { addresses } = this.#setting
    const source = sourceOf(packet, addresses)
    const target = targetOf(packet, addresses)
    const isLow = source < target || (source === target && packet.sourcePort <= packet.targetPort)
    const connection = this.#connectionOf(packet, source, target, isLow)
    if (isLow) this.#take(connection, connection.lowSide, connection.highSide, packet)
    else this.#take(connection, connection.highSide, connection.lowSide, packet)
  }

  /** The connection with these ends, in either order. */
  find(
    family: 4 | 6,
    ends: { source: number; target: number; sourcePort: number; targetPort: number },
  ): Connection | undefined {
    const { source, target, sourcePort, targetPort } = ends
    const isLow = source < target || (source === target && sourcePort <= targetPort)
    if (isLow) return this.#tables[family].find(source, target, (sourcePort << 16) | targetPort)
    return this.#tables[family].find(target, source, (targetPort << 16) | sourcePort)
  }

  /** Ends all connections of one version of IP, or both. */
  finish(family: 4 | 6, captureEnd: Instant): void {
    this.#captureEnd = captureEnd
    for (const connection of this.#tables[family].clear()) this.#end(connection)
    this.#watch.traffic.forget(family)
  }

  #connectionOf(packet: Packet, source: number, target: number, isLow: boolean): Connection {
    const low = isLow ? source : target
    const high = isLow ? target : source
    const ports = isLow ? (packet.sourcePort << 16) | packet.targetPort : (packet.targetPort << 16) | packet.sourcePort
    const family = packet.family === 4 ? 4 : 6
    const table = this.#tables[family]
    const known = table.find(low, high, ports)
    if (known !== undefined && !isReuse(isLow ? known.lowSide : known.highSide, packet)) return known
    if (known === undefined && table.isFull) this.#makeRoom(table, packet.time)
    if (known === undefined && this.#count % SWEEP === SWEEP - 1) this.#sweep(table, packet.time)
    const begun = this.#begin({ low, high, ports, family }, packet, isLow)
    if (known === undefined) table.add(begun)
    else {
      begun.portReused++
      table.replace(known, begun)
      this.#captureEnd = packet.time
      this.#end(known)
    }
    return begun
  }

  #begin(
    key: { low: number; high: number; ports: number; family: number },
    packet: Packet,
    isLow: boolean,
  ): Connection {
    this.#count++
    const connection = new Connection(key, this.#count)
    const isAnswer = (packet.flags & (SYN | ACK)) === (SYN | ACK)
    const isClient = (packet.flags & SYN) !== 0 ? !isAnswer : isServerSecond(packet.sourcePort, packet.targetPort)
    connection.isLowClient = isClient === isLow
    connection.first = packet.time
    connection.mark = markOf(connection, isLow ? connection.lowSide : connection.highSide, packet)
    return connection
  }

  #take(connection: Connection, sender: Side, peer: Side, packet: Packet): void {
    const isCopy = this.#setting.duplicates.isCopy(packet, connection.ports)
    if ((packet.flags & SYN) !== 0) this.#takeSyn(connection, sender, packet, isCopy)
    connection.lastPacket = packet.number
    sender.packets++
    const before = sender.nextSequence
    let found = 0
    if (packet.payload >= 0) {
      sender.bytes += packet.payload
      found = analyse(sender, peer, packet, connection.rtt)
      if (found !== 0) countFlags(connection, found)
    }
    const isEstablished = shakeHands(connection, sender, peer, packet)
    if (isCopy) return
    if ((found & LOST_SEGMENT) !== 0 && isAfter(packet.sequence, before)) openHole(sender, packet, before)
    this.#watch.segment(connection, sender, packet, found)
    if (isEstablished) this.#watch.established(connection, packet)
    moveState(sender, peer, packet.flags)
    writeHistory(connection, sender, packet, found)
  }

  #takeSyn(connection: Connection, sender: Side, packet: Packet, isCopy: boolean): void {
    if ((packet.flags & ACK) !== 0) {
      this.#takeSynAck(connection, sender, packet)
      return
    }
    if (connection.syns === 0 && !connection.hasSynAck) {
      connection.isLowClient = sender === connection.lowSide
      connection.ends = null
      connection.link = null
    }
    // A RST may have carried the number of the ACK it answered (RFC 9293, 3.5.2), far from where the SYN starts anew.
    if (sender.isBaseKnown) sender.nextSequence = sender.edge
    if (sender !== connection.orig) return
    // The SYN that begins a connection was marked already.
    connection.lastSyn =
      sender.packets === 0 && connection.mark?.from === 'client' ? connection.mark : markOf(connection, sender, packet)
    if (!isCopy) connection.tries++
  }

  #takeSynAck(connection: Connection, sender: Side, packet: Packet): void {
    // Another sequence number than before: the server forgot the first SYN, or the ports are used anew.
    if (sender.isBaseKnown && sender.base !== packet.sequence) {
      connection.portReused++
      sender.base = packet.sequence
    }
    if (this.#ttls.size < HOST_LIMIT) this.#ttls.set(hostOf(connection), packet.ttl)
  }

  #sweep(table: Flows<Connection>, time: Instant): void {
    this.#captureEnd = time
    for (const connection of table.take(({ isOver, last }) => isOver && time - last > SILENCE)) this.#end(connection)
  }

  #makeRoom(table: Flows<Connection>, time: Instant): void {
    this.#captureEnd = time
    for (const connection of table.evict()) {
      if (!connection.isOver) this.evicted++
      this.#end(connection)
    }
  }

  #end(connection: Connection): void {
    const { scribe: output, addresses } = this.#setting
    const scene = { output, connection, ends: endsOf(connection, addresses) }
    this.#readers.end(connection, this.#captureEnd, 'capture')
    this.#watch.end(connection)
    this.silence.take(scene, this.#captureEnd)
    stateRefused(scene, this.#ttls.get(hostOf(connection)) ?? 0)
    stateConnection(scene)
    output.connection(rowOf(connection, output.uid(String(connection.number)), addresses))
  }
}

/** A SYN with another initial sequence number on known ports begins a new connection. */
function isReuse(sender: Side, packet: Packet): boolean {
  return (packet.flags & (SYN | ACK)) === SYN && sender.isBaseKnown && sender.base !== packet.sequence
}

function hostOf(connection: Connection): string {
  return `${connection.family} ${connection.serverAddress}`
}
