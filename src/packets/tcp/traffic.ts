// Data segments of one second by server and port, over all clients: how many, and how many came again or late.
import type { Instant, PacketPlace } from '../../model/index.ts'
import { type Addresses, formatAddress } from '../addresses.ts'
import type { Output } from '../application.ts'
import { formatEndpoint } from '../excerpt.ts'
import type { Packet } from '../packet.ts'
import type { Connection } from './connection.ts'

/** Ports of servers told apart; beyond it those known are forgotten, and one may be told of twice in a second. */
const LIMIT = 16_384

/** Whether a data segment is new, late because it was reordered, or late because it was lost and sent again. */
export const NEW = 0
export const REORDERED = 1
export const RESENT = 2

/** All connections to one port of a server, and their numbers of the current second. */
export class Link {
  readonly family: number
  readonly server: number
  readonly port: number
  /** Of the first data segment, or of the first that was sent again. */
  place: PacketPlace | null = null
  time: Instant = 0
  client = 0
  hasClients = false
  segments = 0
  resent = 0
  outOfOrder = 0
  duplicateAcks = 0
  bytes = 0

  constructor(family: number, server: number, port: number) {
    this.family = family
    this.server = server
    this.port = port
  }
}

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
  add(connection: Connection, packet: Packet, kind: number): void {
    if (packet.second !== this.#second) this.#begin(packet.second)
    connection.link ??= this.#linkOf(connection)
    const { link } = connection
    if (link.segments === 0) this.#start(link, connection, packet)
    else if (link.client !== connection.clientAddress) link.hasClients = true
    link.segments++
    link.bytes += packet.payload
    if (kind === REORDERED) link.outOfOrder++
    if (kind !== RESENT) return
    link.resent++
    if (link.resent === 1 && link.segments > 1) cite(link, packet)
  }

  duplicateAck({ link }: Connection, packet: Packet): void {
    if (link !== null && link.segments > 0 && packet.second === this.#second) link.duplicateAcks++
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

  #linkOf({ family, serverAddress, serverPort }: Connection): Link {
    const links = this.#links[family === 4 ? 4 : 6]
    const key = (serverAddress >>> 0) * 65_536 + serverPort
    const known = links.get(key)
    if (known !== undefined) return known
    if (links.size >= LIMIT) links.clear()
    const link = new Link(family, serverAddress, serverPort)
    links.set(key, link)
    return link
  }

  #start(link: Link, connection: Connection, packet: Packet): void {
    this.#busy.push(link)
    link.client = connection.clientAddress
    link.hasClients = false
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

function cite(link: Link, packet: Packet): void {
  link.place = packet.place()
  link.time = packet.time
}
