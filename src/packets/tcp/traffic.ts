// Data segments of one second by server and port, over all clients: how many, and how many came again or late.
import { type Addresses, formatAddress } from '../addresses.ts'
import type { Output } from '../application.ts'
import { formatEndpoint } from '../excerpt.ts'
import type { Packet } from '../packet.ts'
import { wordAt } from '../word.ts'
import type { Connection } from './connection.ts'
import { Link } from './link.ts'
import { eachTcpOption, SELECTIVE_ACK } from './options.ts'
import { isAfter } from './sequence.ts'
import type { Turn } from './turn.ts'

/** Ports of servers told apart; beyond it those known are forgotten, and one may be told of twice in a second. */
const LIMIT = 16_384

/** Whether a data segment is new, late because it was reordered, or late because it was lost and sent again. */
export const NEW = 0
export const REORDERED = 1
export const RESENT = 2

export class Traffic {
  readonly #output: Output
  readonly #addresses: Addresses
  readonly #links: Readonly<Record<4 | 6, Map<number, Link>>> = { 4: new Map(), 6: new Map() }
  /** Links with data in the current second. */
  #busy: Link[] = []
  #second = Number.NaN

  constructor(output: Output, addresses: Addresses) {
    this.#output = output
    this.#addresses = addresses
  }

  /** A data segment that is no copy. */
  add(turn: Turn, packet: Packet, kind: number): void {
    if (packet.second !== this.#second) this.#begin(packet.second)
    const link = turn.sender.link ?? this.#linkOf(turn)
    if (link.segments === 0) this.#start(link, turn, packet)
    else if (!link.hasClients && link.connection !== turn.sender.number >> 1) note(link, turn)
    link.segments++
    link.bytes += packet.payload
    if (kind === REORDERED) link.outOfOrder++
    if (kind !== RESENT) return
    link.resent++
    link.resentAt = packet.sequence
    if (link.resent === 1 && link.segments > 1) cite(link, packet)
  }

  duplicateAck({ sender }: Turn, packet: Packet): void {
    const { link } = sender
    if (link !== null && link.segments > 0 && packet.second === this.#second) link.duplicateAcks++
  }

  /** A receiver that had a segment already says so: that was late to be acknowledged, not lost. */
  acknowledged({ peer: { link } }: Turn, packet: Packet): void {
    if (link !== null && link.resent > 0 && packet.second === this.#second && isCopyOf(link.resentAt, packet))
      link.resent--
  }

  /** States what was counted so far. */
  end(): void {
    for (const link of this.#busy) this.#state(link)
    this.#busy = []
  }

  /** The addresses of a version of IP are about to get other numbers. */
  forget(family: 4 | 6): void {
    this.end()
    this.#links[family].clear()
  }

  #begin(second: number): void {
    this.end()
    this.#second = second
  }

  #linkOf({ connection, sender }: Turn): Link {
    const link = this.#known(connection)
    sender.link = link
    return link
  }

  #known({ family, serverAddress, serverPort }: Connection): Link {
    const links = this.#links[family === 4 ? 4 : 6]
    const key = (serverAddress >>> 0) * 65_536 + serverPort
    const known = links.get(key)
    if (known !== undefined) return known
    if (links.size >= LIMIT) links.clear()
    const link = new Link(family, serverAddress, serverPort)
    links.set(key, link)
    return link
  }

  #start(link: Link, turn: Turn, packet: Packet): void {
    this.#busy.push(link)
    link.hasClients = false
    link.connection = turn.sender.number >> 1
    link.client = turn.connection.clientAddress
    cite(link, packet)
  }

  #state(link: Link): void {
    const { family, place, time, segments, resent, outOfOrder, duplicateAcks, bytes, port } = link
    if (place !== null) {
      const server = formatAddress(family, link.server, this.#addresses)
      const client = link.hasClients ? null : formatAddress(family, link.client, this.#addresses)
      const counts = { segments, resent, out_of_order: outOfOrder, duplicate_acks: duplicateAcks, bytes }
      const excerpt = () =>
        `${client ?? 'all clients'} > ${formatEndpoint({ address: server, port })} ${segments} segments, ${bytes} bytes, ` +
        `${resent} sent again, ${outOfOrder} out of order, ${duplicateAcks} duplicate ACKs in this second`
      this.#output.fact({ kind: 'tcp.traffic', time, place, excerpt, fields: { client, server, port, ...counts } })
    }
    link.segments = 0
    link.resent = 0
    link.outOfOrder = 0
    link.duplicateAcks = 0
    link.bytes = 0
  }
}

/** A first block that lies before what is acknowledged is a segment that came twice (RFC 2883, 4). */
function isCopyOf(sequence: number, packet: Packet): boolean {
  let isCopy = false
  eachTcpOption(packet, (kind, at) => {
    if (kind === SELECTIVE_ACK) isCopy = wordAt(packet.bytes, at) === sequence
  })
  return isCopy && isAfter(packet.acknowledgment, sequence)
}

function cite(link: Link, packet: Packet): void {
  link.place = packet.place()
  link.time = packet.time
}

/** Data of another connection: maybe of another client. */
function note(link: Link, { connection, sender }: Turn): void {
  link.connection = sender.number >> 1
  if (connection.clientAddress !== link.client) link.hasClients = true
}
