// ICMP messages: counted, and errors tied to the flow they are about by the packet they quote.

import type { Fields, IcmpRow } from '../model/index.ts'
import { type Addresses, formatAddress, sourceOf, targetOf } from './addresses.ts'
import { formatEndpoint } from './excerpt.ts'
import { walkQuoted } from './layers/index.ts'
import { ICMPV6, Packet, TCP, UDP } from './packet.ts'
import type { Scribe } from './scribe.ts'
import type { Connections } from './tcp/connections.ts'
import { isServerSecond } from './tcp/ports.ts'

/** Kinds of messages between hosts that are counted apart. */
const KIND_LIMIT = 65_536
/** Type, code, checksum, and four bytes that depend on the type: then the quoted packet. */
const QUOTE = 8
const MTU_V4 = 6
const MTU_V6 = 4

const UNREACHABLE = 3
const FRAGMENTATION_NEEDED = 4
const UNREACHABLE_V6 = 1
const PACKET_TOO_BIG = 2

/** Codes of destination unreachable (RFC 792, RFC 1122, RFC 1812). */
const REASONS = [
  'net',
  'host',
  'protocol',
  'port',
  'fragmentation',
  'source-route',
  'net-unknown',
  'host-unknown',
  'isolated',
  'net-prohibited',
  'host-prohibited',
  'net-tos',
  'host-tos',
  'admin-prohibited',
  'precedence',
  'precedence',
]
/** RFC 4443, 3.1. */
const REASONS_V6 = ['net', 'admin-prohibited', 'scope', 'host', 'port', 'policy', 'reject-route', 'source-route']

/** The flow an error is about. */
interface Quoted {
  readonly client: string
  readonly clientPort: number
  readonly server: string
  readonly port: number
  readonly proto: 'tcp' | 'udp'
}

export class IcmpMessages {
  readonly #rows = new Map<string, IcmpRow & { count: number }>()
  readonly #scribe: Scribe
  readonly #addresses: Addresses
  readonly #connections: Connections
  readonly #quoted = new Packet()
  /** Messages of kinds beyond the limit. */
  uncounted = 0

  constructor(scribe: Scribe, addresses: Addresses, connections: Connections) {
    this.#scribe = scribe
    this.#addresses = addresses
    this.#connections = connections
  }

  message(packet: Packet): void {
    const { family } = packet
    const src = formatAddress(family, sourceOf(packet, this.#addresses), this.#addresses)
    const dst = formatAddress(family, targetOf(packet, this.#addresses), this.#addresses)
    this.#count(packet, src, dst)
    const isV6 = packet.transport === ICMPV6
    const isTooBig = isV6
      ? packet.type === PACKET_TOO_BIG
      : packet.type === UNREACHABLE && packet.code === FRAGMENTATION_NEEDED
    const isError = isTooBig || packet.type === (isV6 ? UNREACHABLE_V6 : UNREACHABLE)
    if (!isError || packet.end - packet.transportAt <= QUOTE) return
    const quoted = this.#quote(packet)
    if (quoted === null) return
    if (isTooBig) this.#stateTooBig(packet, quoted, src)
    else this.#stateUnreachable(packet, quoted, src)
  }

  /** Rows in order of the first message of each kind. */
  finish(): void {
    for (const row of this.#rows.values()) this.#scribe.icmp(row)
  }

  #count(packet: Packet, src: string, dst: string): void {
    const { type, code } = packet
    const key = `${src} ${dst} ${type} ${code}`
    const row = this.#rows.get(key)
    if (row !== undefined) row.count++
    else if (this.#rows.size < KIND_LIMIT) this.#rows.set(key, { src, dst, type, code, count: 1, first: packet.time })
    else this.uncounted++
  }

  /** Null where it quotes no TCP or UDP. */
  #quote(packet: Packet): Quoted | null {
    const quoted = this.#quoted
    quoted.frame = packet.frame
    quoted.enter()
    quoted.bytes = packet.bytes
    quoted.at = packet.transportAt + QUOTE
    quoted.end = packet.end
    quoted.reach = packet.reach
    walkQuoted(quoted)
    if (quoted.transport !== TCP && quoted.transport !== UDP) return null
    const { sourcePort, targetPort } = quoted
    const source = sourceOf(quoted, this.#addresses)
    const target = targetOf(quoted, this.#addresses)
    const family = quoted.family === 4 ? 4 : 6
    const connection =
      quoted.transport === TCP ? this.#connections.find(family, { source, target, sourcePort, targetPort }) : undefined
    const isClient =
      connection === undefined
        ? isServerSecond(sourcePort, targetPort)
        : connection.clientAddress === source && connection.clientPort === sourcePort
    if (connection !== undefined) connection.isUnreachable = true
    const [from, to] = [formatAddress(family, source, this.#addresses), formatAddress(family, target, this.#addresses)]
    const proto = quoted.transport === TCP ? 'tcp' : 'udp'
    if (isClient) return { client: from, clientPort: sourcePort, server: to, port: targetPort, proto }
    return { client: to, clientPort: targetPort, server: from, port: sourcePort, proto }
  }

  #stateUnreachable(packet: Packet, quoted: Quoted, from: string): void {
    const { code } = packet
    const reason = (packet.transport === ICMPV6 ? REASONS_V6 : REASONS)[code] ?? `code-${code}`
    const { client, server, port, proto } = quoted
    const fields = { from, client, server, port, proto, code, reason }
    this.#state('icmp.unreachable', packet, fields, `${reason} unreachable, ${about(quoted)}`)
  }

  #stateTooBig(packet: Packet, quoted: Quoted, from: string): void {
    const { bytes, transportAt: at } = packet
    const low = at + (packet.transport === ICMPV6 ? MTU_V6 + 2 : MTU_V4)
    const mtu = ((bytes[low] ?? 0) << 8) | (bytes[low + 1] ?? 0)
    const { client, server, port } = quoted
    this.#state(
      'icmp.too_big',
      packet,
      { from, client, server, port, mtu },
      `packet too big, mtu ${mtu}, ${about(quoted)}`,
    )
  }

  /** `192.0.2.1: ICMP 3/13 admin-prohibited unreachable, about tcp 192.0.2.9:51514 > 10.0.0.7:5432` */
  #state(kind: string, packet: Packet, fields: Fields, what: string): void {
    const name = packet.transport === ICMPV6 ? 'ICMPv6' : 'ICMP'
    const excerpt = `${fields.from}: ${name} ${packet.type}/${packet.code} ${what}`
    this.#scribe.fact({ kind, time: packet.time, place: packet.place(), excerpt, fields })
  }
}

function about({ proto, client, clientPort, server, port }: Quoted): string {
  const from = formatEndpoint({ address: client, port: clientPort })
  return `about ${proto} ${from} > ${formatEndpoint({ address: server, port })}`
}
