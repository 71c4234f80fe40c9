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
import { Connection } from './connection.ts'
import { isDamaged, seal } from './damage.ts'
import { endsOf, stateConnection, stateRefused } from './facts.ts'
import { LOST_SEGMENT } from './flags.ts'
import { shakeHands } from './handshake.ts'
import { openHole } from './holes.ts'
import { markOf } from './mark-of.ts'
import { isServerSecond } from './ports.ts'
import { Readers } from './readers.ts'
import { rowOf } from './row.ts'
import { Rows } from './rows.ts'
import { isAfter } from './sequence.ts'
import type { Side } from './side.ts'
import { WITH_FIN, WITH_RESET } from './side-bits.ts'
import { Silence } from './silence.ts'
import { moveState, writeHistory } from './state.ts'
import { Translations } from './translations.ts'
import { type Table, Turn } from './turn.ts'
import { Watch } from './watch.ts'

/** Connections held at a time, for each version of IP. */
const LIMIT = 32_768
/** Zeek's tcp_inactivity_timeout: what ended and was silent for so long is written down before the capture ends. */
const SILENCE = 300 * SECOND
/** New connections after which those are looked for. */
const SWEEP = 4096
/** Hosts whose TTL is remembered. */
const HOST_LIMIT = 65_536

/** Ends of a segment: addresses and ports in order, and which of them sent it: 0 the low one. One object serves all segments. */
class Key {
  low = 0
  high = 0
  ports = 0
  from: 0 | 1 = 0

  /** @param source the address of the sender as a word, as `target` that of the receiver */
  of(packet: Packet, source: number, target: number): void {
    const { sourcePort, targetPort } = packet
    const isLow = source < target || (source === target && sourcePort <= targetPort)
    this.low = isLow ? source : target
    this.high = isLow ? target : source
    this.ports = isLow ? (sourcePort << 16) | targetPort : (targetPort << 16) | sourcePort
    this.from = isLow ? 0 : 1
  }

  /** All of it in one word: behind an address translation the same segment belongs to another connection. */
  get ends(): number {
    return this.ports ^ Math.imul(this.low, 0x9e3779b1) ^ Math.imul(this.high, 0x85ebca6b) ^ this.from
  }
}

/** What connections are seen with. */
export interface Setting {
  readonly scribe: Scribe
  readonly addresses: Addresses
  readonly duplicates: Duplicates
  readonly applications: readonly Application[]
}

export class Connections {
  readonly #tables: Readonly<Record<4 | 6, Table>> = {
    4: { flows: new Flows(LIMIT), rows: new Rows() },
    6: { flows: new Flows(LIMIT), rows: new Rows() },
  }
  readonly #turn = new Turn(this.#tables[4])
  readonly #key = new Key()
  readonly #setting: Setting
  readonly #readers: Readers
  readonly #watch: Watch
  readonly #translations = new Translations()
  readonly silence = new Silence()
  /** TTL of servers' SYN-ACKs: tells a RST of theirs from one of a firewall. */
  readonly #ttls = new Map<number, number>()
  #count = 0
  /** When the first connection began. */
  #earliest: Instant = Number.POSITIVE_INFINITY
  #captureEnd: Instant = 0
  /** Connections that were given up while still open. */
  evicted = 0
  /** Segments that were left out because they are not as they were sent. */
  damaged = 0

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
    this.#key.of(packet, sourceOf(packet, addresses), targetOf(packet, addresses))
    this.#meet(packet, this.#key)
    this.#take(packet, this.#key.ends)
  }

  /** The connection with these ends, in either order. */
  find(
    family: 4 | 6,
    ends: { source: number; target: number; sourcePort: number; targetPort: number },
  ): Connection | undefined {
    const { source, target, sourcePort, targetPort } = ends
    const isLow = source < target || (source === target && sourcePort <= targetPort)
    if (isLow) return this.#tables[family].flows.find(source, target, (sourcePort << 16) | targetPort)
    return this.#tables[family].flows.find(target, source, (targetPort << 16) | sourcePort)
  }

  /** Ends all connections of one version of IP, or both. */
  finish(family: 4 | 6, captureEnd: Instant): void {
    this.#captureEnd = captureEnd
    for (const connection of this.#tables[family].flows.clear()) this.#end(connection)
    this.#watch.traffic.forget(family)
  }

  /** Turns to the connection of a segment, new or known. */
  #meet(packet: Packet, { low, high, ports, from }: Key): void {
    const family = packet.family === 4 ? 4 : 6
    const table = this.#tables[family]
    const known = table.flows.indexOf(low, high, ports)
    if (known >= 0) {
      this.#turn.take(table, known, from)
      if ((packet.flags & (SYN | ACK)) !== SYN || !isReuse(this.#turn.sender, packet)) return
      this.#captureEnd = packet.time
      this.#end(this.#turn.connection)
    } else this.#makeRoom(table.flows, packet.time)
    const begun = new Connection({ low, high, ports, family }, ++this.#count, table.rows)
    begun.index = known >= 0 ? table.flows.replace(known, begun) : table.flows.add(begun)
    table.rows.begin(begun.index)
    if (known >= 0) begun.portReused++
    this.#turn.take(table, begun.index, from)
    this.#begin(packet)
  }

  #begin(packet: Packet): void {
    const { connection, sender } = this.#turn
    const isAnswer = (packet.flags & (SYN | ACK)) === (SYN | ACK)
    const isClient = (packet.flags & SYN) !== 0 ? !isAnswer : isServerSecond(packet.sourcePort, packet.targetPort)
    connection.setClient(isClient === sender.isLow)
    connection.first = packet.time
    if (packet.time < this.#earliest) this.#earliest = packet.time
    connection.mark = markOf(sender, packet)
  }

  #take(packet: Packet, ends: number): void {
    const turn = this.#turn
    const { sender, peer } = turn
    const isCopy = this.#setting.duplicates.isCopy(packet, ends)
    if ((packet.flags & SYN) !== 0) this.#takeSyn(turn, packet, isCopy)
    sender.lastPacket = packet.number
    sender.packets++
    const before = sender.nextSequence
    if (isDamaged(sender, peer, packet)) {
      this.damaged++
      return
    }
    let found = 0
    if (packet.payload >= 0) {
      if (packet.payload > 0) sender.bytes += packet.payload
      found = analyse(sender, peer, packet)
      if (found !== 0) sender.countFlags(found)
    }
    const isEstablished = shakeHands(turn, packet)
    if (isCopy) return
    if ((found & LOST_SEGMENT) !== 0 && isAfter(packet.sequence, before)) openHole(sender, packet, before)
    this.#watch.segment(turn, packet, found)
    if (isEstablished) this.#watch.established(turn.connection, packet)
    moveState(sender, peer, packet.flags)
    writeHistory(turn, packet, found)
  }

  #takeSyn(turn: Turn, packet: Packet, isCopy: boolean): void {
    const { connection, sender, peer } = turn
    seal(sender, packet)
    if ((packet.flags & ACK) !== 0) {
      this.#takeSynAck(turn, packet)
      return
    }
    const isFirst = sender.packets === 0 && peer.packets === 0
    if (this.#translations.isSeen(packet) && isFirst) connection.translate()
    if (connection.syns === 0 && !connection.hasSynAck) connection.setClient(sender.isLow)
    // A RST may have carried the number of the ACK it answered (RFC 9293, 3.5.2), far from where the SYN starts anew.
    if (sender.isBaseKnown) sender.nextSequence = sender.edge
    if (!sender.isOrig) return
    connection.lastSynTime = packet.time
    // The SYN that begins a connection was marked already.
    connection.firstSyn ??=
      sender.packets === 0 && connection.mark?.from === 'client' ? connection.mark : markOf(sender, packet)
    if (!isCopy) connection.tries++
  }

  #takeSynAck({ connection, sender, peer }: Turn, packet: Packet): void {
    // Another sequence number than before: the server forgot the first SYN, or the ports are used anew.
    if (sender.isBaseKnown && sender.base !== packet.sequence) {
      connection.portReused++
      sender.base = packet.sequence
      if (isNewAnswer(sender, peer, packet)) this.#readers.restart(connection, packet, sender.isOrig ? 0 : 1)
    }
    // Who is answered will not be called unanswered.
    if (!sender.isOrig) connection.firstSyn = null
    if (this.#ttls.size < HOST_LIMIT) this.#ttls.set(hostOf(connection), packet.ttl)
  }

  /** Before a new connection: those that ended long ago go, and where the table is full the silent ones. */
  #makeRoom(flows: Flows<Connection>, time: Instant): void {
    if (flows.isFull) this.#evict(flows, time)
    if (this.#count % SWEEP !== SWEEP - 1 || time - this.#earliest <= SILENCE) return
    this.#captureEnd = time
    for (const connection of flows.take(({ isOver, last }) => isOver && time - last > SILENCE)) this.#end(connection)
  }

  #evict(flows: Flows<Connection>, time: Instant): void {
    this.#captureEnd = time
    for (const connection of flows.evict()) {
      if (!connection.isOver) this.evicted++
      this.#end(connection)
    }
  }

  #end(connection: Connection): void {
    const { scribe, addresses } = this.#setting
    const output = connection.isTranslated ? scribe.rowsOnly : scribe
    const scene = { output, connection, ends: endsOf(connection, addresses) }
    this.#readers.end(connection, this.#captureEnd, 'capture')
    this.#watch.end(connection)
    this.silence.take(scene, this.#captureEnd)
    stateRefused(scene, this.#ttls.get(hostOf(connection)) ?? 0)
    stateConnection(scene)
    scribe.connection(rowOf(scene, scribe.uid(String(connection.number)), addresses))
  }
}

/** A SYN with another initial sequence number on known ports begins a new connection. */
function isReuse(sender: Side, packet: Packet): boolean {
  return sender.isBaseKnown && sender.base !== packet.sequence
}

/** A SYN-ACK to a SYN that the capture lost, after the connection before it was closed. */
function isNewAnswer(sender: Side, peer: Side, { acknowledgment }: Packet): boolean {
  const isClosed = sender.has(WITH_FIN) || peer.has(WITH_FIN) || sender.has(WITH_RESET) || peer.has(WITH_RESET)
  return isClosed && acknowledgment !== ((peer.base + 1) | 0)
}

/** The server, as one number for both versions of IP. */
function hostOf({ family, serverAddress }: Connection): number {
  return family * 2 ** 32 + (serverAddress >>> 0)
}
