// Watches the segments of connections for what is worth a fact.

import type { Instant, PacketPlace } from '../../model/index.ts'
import type { Addresses } from '../addresses.ts'
import { FIN, RST, SYN } from '../layers/tcp.ts'
import type { Packet } from '../packet.ts'
import type { Scribe } from '../scribe.ts'
import { followAck, followSent, isBlackhole } from './blackhole.ts'
import { type Connection, type Side, Trouble } from './connection.ts'
import { resentKind } from './counts.ts'
import { endsOf, type Scene, stateBlackhole, stateClosedWindow, stateEstablished, stateReset } from './facts.ts'
import { ACKED_UNSEEN, DUPLICATE_ACK } from './flags.ts'
import { markOf } from './mark.ts'
import type { Readers } from './readers.ts'
import { NEW, Traffic } from './traffic.ts'

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
  segment(connection: Connection, sender: Side, packet: Packet, found: number): void {
    const { orig, resp } = connection
    const isClient = sender === orig
    if (packet.payload > 0) {
      connection.lastDataFrom = isClient ? 'client' : 'server'
      followSent(connection, sender, packet, found)
      const kind = found === 0 ? NEW : resentKind(connection, sender, packet, found)
      // Where only one direction was captured, its numbers prove nothing.
      if (orig.packets > 0 && resp.packets > 0) this.traffic.add(connection, packet, kind)
      sender.lastIpId = packet.ipId
    } else if ((found & DUPLICATE_ACK) !== 0) this.traffic.duplicateAck(connection, packet)
    const peer = isClient ? resp : orig
    if (followAck(peer, packet, found)) this.#blackhole(connection, peer)
    if ((found & ACKED_UNSEEN) !== 0) this.#takeUnseen(packet)
    if ((packet.flags & (SYN | FIN | RST)) === 0) this.#window(connection, sender, packet)
    else this.#mark(connection, sender, packet)
    if (!connection.isIgnored) this.#readers.segment(connection, packet, isClient ? 0 : 1)
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
    return { output: this.#scribe, connection, ends: endsOf(connection, this.#addresses) }
  }

  #takeUnseen(packet: Packet): void {
    this.unseen.count++
    this.unseen.place ??= packet.place()
    if (this.unseen.count === 1) this.unseen.time = packet.time
  }

  #blackhole(connection: Connection, side: Side): void {
    stateBlackhole(this.#scene(connection), side)
    if (side.trouble !== null) side.trouble.tries = 0
  }

  #window(connection: Connection, sender: Side, packet: Packet): void {
    sender.ttl = packet.ttl
    if (packet.window === 0) {
      sender.trouble ??= new Trouble()
      sender.trouble.closed ??= markOf(connection, sender, packet)
    } else if (sender.trouble !== null) this.#open(connection, sender.trouble, packet.time)
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
  #mark(connection: Connection, sender: Side, packet: Packet): void {
    if ((packet.flags & FIN) !== 0) sender.hasFin = true
    if ((packet.flags & RST) !== 0) this.#takeReset(connection, sender, packet)
    else sender.ttl = packet.ttl
    if ((packet.flags & (FIN | RST)) !== 0) connection.mark = markOf(connection, sender, packet)
  }

  #takeReset(connection: Connection, sender: Side, packet: Packet): void {
    const { orig, resp } = connection
    const isFirst = !orig.hasReset && !resp.hasReset
    sender.hasReset = true
    if (!isFirst) return
    if (sender === resp && resp.packets === 1 && connection.tries > 0) {
      connection.refusal = markOf(connection, sender, packet)
      return
    }
    // After a FIN of either side nobody expects data any more.
    if (orig.hasFin || resp.hasFin || orig.bytes + resp.bytes === 0) return
    stateReset(this.#scene(connection), packet, sender)
  }
}
