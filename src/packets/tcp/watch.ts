// Watches the segments of connections for what is worth a fact.

import type { Instant, PacketPlace } from '../../model/index.ts'
import type { Addresses } from '../addresses.ts'
import { FIN, RST, SYN } from '../layers/tcp.ts'
import type { Packet } from '../packet.ts'
import type { Scribe } from '../scribe.ts'
import { followAck, followSent, isBlackhole } from './blackhole.ts'
import type { Connection } from './connection.ts'
import { endsOf, type Scene, stateBlackhole, stateClosedWindow, stateEstablished, stateReset } from './facts.ts'
import { ACKED_UNSEEN, DUPLICATE_ACK } from './flags.ts'
import { resentKind } from './holes.ts'
import { markOf } from './mark-of.ts'
import type { Readers } from './readers.ts'
import type { Side } from './side.ts'
import { TRANSLATED, WITH_FIN, WITH_RESET } from './side-bits.ts'
import { NEW, Traffic } from './traffic.ts'
import { calm, Trouble } from './trouble.ts'
import type { Turn } from './turn.ts'

/** Data that the capture lost: how often, and where first. */
export interface Unseen {
  count: number
  place: PacketPlace | null
  time: Instant
}

export class Watch {
  readonly unseen: Unseen = { count: 0, place: null, time: 0 }
  readonly traffic: Traffic
  readonly #scribe: Scribe
  readonly #addresses: Addresses
  readonly #readers: Readers

  constructor(scribe: Scribe, addresses: Addresses, readers: Readers) {
    this.#scribe = scribe
    this.#addresses = addresses
    this.#readers = readers
    this.traffic = new Traffic(scribe, addresses)
  }

  /** One segment that is no copy, before its sender's state moves on. */
  segment(turn: Turn, packet: Packet, found: number): void {
    const { sender, peer } = turn
    if (packet.payload > 0) {
      sender.spokeLast = true
      peer.spokeLast = false
      followSent(turn, packet, found)
      const kind = found === 0 ? NEW : resentKind(sender, packet, found)
      // Where only one direction was captured, its numbers prove nothing.
      if (peer.packets > 0 && !sender.has(TRANSLATED) && !isVain(turn, kind)) this.traffic.add(turn, packet, kind)
      sender.lastIpId = packet.ipId
    } else {
      if ((found & DUPLICATE_ACK) !== 0) this.traffic.duplicateAck(turn, packet)
      this.traffic.acknowledged(turn, packet)
    }
    if (followAck(peer, packet, found)) this.#blackhole(turn.connection, peer)
    if ((found & ACKED_UNSEEN) !== 0) this.#takeUnseen(packet)
    if ((packet.flags & (SYN | FIN | RST)) === 0) this.#window(turn, packet)
    else this.#mark(turn, packet)
    if (!sender.isIgnored) this.#readers.segment(turn.connection, packet, sender.isOrig ? 0 : 1)
  }

  established(connection: Connection, packet: Packet): void {
    stateEstablished(this.#scene(connection), packet)
  }

  end(connection: Connection): void {
    const { lowSide, highSide } = connection
    for (const side of [lowSide, highSide]) {
      if (side.trouble === null) continue
      this.#open(connection, side.trouble, connection.last)
      if (isBlackhole(side)) stateBlackhole(this.#scene(connection), side)
    }
  }

  #scene(connection: Connection): Scene {
    const output = connection.isTranslated ? this.#scribe.rowsOnly : this.#scribe
    return { output, connection, ends: endsOf(connection, this.#addresses) }
  }

  #takeUnseen(packet: Packet): void {
    this.unseen.count++
    this.unseen.place ??= packet.place()
    if (this.unseen.count === 1) this.unseen.time = packet.time
  }

  #blackhole(connection: Connection, side: Side): void {
    stateBlackhole(this.#scene(connection), side)
    if (side.trouble !== null) side.trouble.tries = 0
    calm(side)
  }

  #window(turn: Turn, packet: Packet): void {
    const { sender } = turn
    sender.ttl = packet.ttl
    const { trouble } = sender
    if (packet.window === 0) this.#close(sender, packet)
    else if (trouble !== null && trouble.closed !== null) {
      this.#open(turn.connection, trouble, packet.time)
      calm(sender)
    }
  }

  #close(sender: Side, packet: Packet): void {
    sender.trouble ??= new Trouble()
    sender.trouble.closed ??= markOf(sender, packet)
  }

  /** A window that was closed is not, or no longer of interest. */
  #open(connection: Connection, trouble: Trouble, time: Instant): void {
    const { closed } = trouble
    if (closed === null) return
    const duration = Math.max(0, time - closed.time)
    trouble.closed = null
    connection.zeroWindowTime += duration
    if (duration > 0) stateClosedWindow(this.#scene(connection), closed, duration)
  }

  /** SYN, FIN and RST: the segments a connection is cited by. */
  #mark(turn: Turn, packet: Packet): void {
    const { connection, sender } = turn
    if ((packet.flags & FIN) !== 0) sender.mark(WITH_FIN)
    if ((packet.flags & RST) !== 0) this.#takeReset(turn, packet)
    else sender.ttl = packet.ttl
    if ((packet.flags & (FIN | RST)) !== 0) connection.mark = markOf(sender, packet)
  }

  #takeReset({ connection, sender, peer }: Turn, packet: Packet): void {
    const isFirst = !sender.has(WITH_RESET) && !peer.has(WITH_RESET)
    sender.mark(WITH_RESET)
    if (!isFirst) return
    if (!sender.isOrig && sender.packets === 1 && connection.tries > 0) {
      connection.refusal = markOf(sender, packet)
      return
    }
    // After a FIN of either side nobody expects data any more.
    if (sender.has(WITH_FIN) || peer.has(WITH_FIN) || sender.bytes + peer.bytes === 0) return
    stateReset(this.#scene(connection), packet, sender)
  }
}

/** Sent again to an end that has given the connection up: no way loses that, nobody takes it. */
function isVain({ sender, peer }: Turn, kind: number): boolean {
  return kind !== NEW && (sender.has(WITH_RESET) || peer.has(WITH_RESET))
}
