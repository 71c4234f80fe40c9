// Watches the segments of connections for what is worth a fact.

import type { Instant, PacketPlace } from '../../model/index.ts'
import type { Addresses } from '../addresses.ts'
import { FIN, RST, SYN } from '../layers/tcp.ts'
import type { Packet } from '../packet.ts'
import type { Scribe } from '../scribe.ts'
import { ACKED_UNSEEN } from './analysis.ts'
import { followAck, followSent, isBlackhole } from './blackhole.ts'
import type { Connection, Ends, Side } from './connection.ts'
import { countSecond } from './counts.ts'
import { endsOf, stateBlackhole, stateClosedWindow, stateEstablished, stateReset, stateTraffic } from './facts.ts'
import type { Readers } from './readers.ts'

/** Data that the capture lost: how often, and where first. */
export interface Unseen {
  count: number
  place: PacketPlace | null
  time: Instant
}

export class Watch {
  readonly unseen: Unseen = { count: 0, place: null, time: 0 }
  readonly #scribe: Scribe
  readonly #addresses: Addresses
  readonly #readers: Readers

  constructor(scribe: Scribe, addresses: Addresses, readers: Readers) {
    this.#scribe = scribe
    this.#addresses = addresses
    this.#readers = readers
  }

  /** One segment that is no copy, before its sender's state moves on. */
  segment(connection: Connection, sender: Side, packet: Packet, found: number): void {
    const { orig, resp } = connection
    const isClient = sender === orig
    const peer = isClient ? resp : orig
    if (connection.secondPlace !== null && packet.second !== connection.second) this.#endSecond(connection)
    connection.second = packet.second
    if (packet.payload > 0) {
      sender.dataSegments++
      connection.lastDataFrom = isClient ? 'client' : 'server'
      followSent(sender, peer, packet, found)
    }
    if (packet.payload > 0 || found !== 0) countSecond(connection, sender, packet, found)
    if (followAck(peer, packet, found)) this.#blackhole(connection, peer)
    if ((found & ACKED_UNSEEN) !== 0) this.#takeUnseen(packet)
    if ((packet.flags & (SYN | FIN | RST)) === 0) this.#window(connection, sender, packet)
    else this.#mark(connection, sender, packet)
    this.#readers.segment(connection, packet, isClient ? 0 : 1)
  }

  established(connection: Connection, packet: Packet): void {
    stateEstablished(this.#scribe, connection, endsOf(connection, this.#addresses), packet)
  }

  end(connection: Connection, ends: Ends): void {
    if (connection.secondPlace !== null) this.#endSecond(connection)
    for (const side of connection.sides) {
      if (side.closedSince !== 0) this.#open(connection, side, connection.last, ends)
      if (isBlackhole(side)) stateBlackhole(this.#scribe, connection, ends, side)
    }
  }

  #takeUnseen(packet: Packet): void {
    this.unseen.count++
    this.unseen.place ??= packet.place()
    if (this.unseen.count === 1) this.unseen.time = packet.time
  }

  #blackhole(connection: Connection, side: Side): void {
    stateBlackhole(this.#scribe, connection, endsOf(connection, this.#addresses), side)
    side.tries = 0
  }

  #window(connection: Connection, sender: Side, packet: Packet): void {
    sender.ttl = packet.ttl
    if (packet.window === 0) {
      if (sender.closedSince !== 0) return
      sender.closedSince = packet.time
      sender.closedPlace = packet.place()
    } else if (sender.closedSince !== 0)
      this.#open(connection, sender, packet.time, endsOf(connection, this.#addresses))
  }

  #open(connection: Connection, side: Side, time: Instant, ends: Ends): void {
    connection.zeroWindowTime += Math.max(0, time - side.closedSince)
    stateClosedWindow(this.#scribe, connection, ends, side, time)
    side.closedSince = 0
    side.closedPlace = null
  }

  /** SYN, FIN and RST: the segments a connection is cited by. */
  #mark(connection: Connection, sender: Side, packet: Packet): void {
    if ((packet.flags & RST) !== 0) this.#takeReset(connection, sender, packet)
    else sender.ttl = packet.ttl
    if ((packet.flags & FIN) !== 0) sender.hasFin = true
    if ((packet.flags & (FIN | RST)) === 0) return
    connection.place = packet.place()
    connection.placeTime = packet.time
    connection.placeFlags = packet.flags
    connection.placeFrom = sender === connection.orig ? 'client' : 'server'
  }

  #takeReset(connection: Connection, sender: Side, packet: Packet): void {
    const { orig, resp } = connection
    const isFirst = !orig.hasReset && !resp.hasReset
    sender.hasReset = true
    if (!isFirst) return
    if (sender === resp && resp.packets === 1 && connection.tries > 0) {
      connection.isRefused = true
      connection.resetPlace = packet.place()
      connection.resetTime = packet.time
      connection.resetTtl = packet.ttl
      return
    }
    // After a FIN of either side nobody expects data any more.
    if (orig.hasFin || resp.hasFin || orig.bytes + resp.bytes === 0) return
    stateReset(this.#scribe, connection, endsOf(connection, this.#addresses), packet, sender)
  }

  /** Where only one direction was captured, its numbers prove nothing. */
  #endSecond(connection: Connection): void {
    const [low, high] = connection.sides
    if (low.packets > 0 && high.packets > 0) stateTraffic(this.#scribe, connection, endsOf(connection, this.#addresses))
    connection.secondPlace = null
    connection.secondSegments = 0
    connection.secondResent = 0
    connection.secondOutOfOrder = 0
    connection.secondDuplicateAcks = 0
    connection.secondBytes = 0
  }
}
