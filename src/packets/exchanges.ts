// UDP exchanges and SCTP associations: who sends to whom, and the protocols over UDP that are understood.

import { type ConnState, type Instant, type PacketPlace, SECOND } from '../model/index.ts'
import { type Addresses, formatAddress, sourceOf, targetOf } from './addresses.ts'
import type { Chunk, Conversation, DatagramAnalyzer, DatagramApplication } from './application.ts'
import { communityId } from './community-id.ts'
import { type Flow, Flows } from './flows.ts'
import { type Packet, SCTP, UDP } from './packet.ts'
import type { Scribe } from './scribe.ts'
import { isServerSecond } from './tcp/ports.ts'

/** Exchanges held at a time, for each version of IP. */
const LIMIT = 32_768
/** Zeek's udp_inactivity_timeout: what comes later is another exchange. */
const SILENCE = 60 * SECOND
/** New exchanges after which the silent ones are looked for. */
const SWEEP = 4096

class Exchange implements Flow {
  readonly low: number
  readonly high: number
  readonly ports: number
  readonly family: number
  readonly proto: 'udp' | 'sctp'
  readonly number: number
  readonly first: Instant
  /** Whether the end with the smaller address is the client. */
  readonly isLowClient: boolean
  lastPacket = 0
  last = 0
  origPackets = 0
  respPackets = 0
  origBytes = 0
  respBytes = 0
  service: string | null = null

  constructor(
    key: Pick<Exchange, 'low' | 'high' | 'ports' | 'family' | 'proto' | 'isLowClient'>,
    number: number,
    first: Instant,
  ) {
    this.low = key.low
    this.high = key.high
    this.ports = key.ports
    this.family = key.family
    this.proto = key.proto
    this.isLowClient = key.isLowClient
    this.number = number
    this.first = first
  }

  /** Nothing says that an exchange is over. */
  get isOver(): boolean {
    return false
  }
}

/** The datagram that is handed out. */
class Piece implements Chunk {
  data: Uint8Array = new Uint8Array(0)
  time: Instant = 0
  from: 'client' | 'server' = 'client'
  readonly gap = 0
  cut = 0
  readonly #packet: Packet

  constructor(packet: Packet) {
    this.#packet = packet
  }

  get place(): PacketPlace {
    return this.#packet.place()
  }
}

export class Exchanges {
  readonly #tables: Readonly<Record<4 | 6, Flows<Exchange>>> = { 4: new Flows(LIMIT), 6: new Flows(LIMIT) }
  readonly #scribe: Scribe
  readonly #addresses: Addresses
  readonly #analyzers: readonly { readonly name: string; readonly analyzer: DatagramAnalyzer }[]
  /** For each port, which analyzers want it, as bits. */
  readonly #wanted = new Uint32Array(65_536)
  readonly #piece: Piece
  #count = 0
  evicted = 0

  constructor(packet: Packet, scribe: Scribe, addresses: Addresses, applications: readonly DatagramApplication[]) {
    this.#scribe = scribe
    this.#addresses = addresses
    this.#piece = new Piece(packet)
    this.#analyzers = applications.map((application) => ({
      name: application.name,
      analyzer: application.open(scribe),
    }))
    applications.forEach(({ ports }, index) => {
      for (const port of ports) this.#wanted[port] = (this.#wanted[port] ?? 0) | (1 << index)
    })
  }

  datagram(packet: Packet): void {
    const source = sourceOf(packet, this.#addresses)
    const target = targetOf(packet, this.#addresses)
    const isLow = source < target || (source === target && packet.sourcePort <= packet.targetPort)
    const exchange = this.#exchangeOf(packet, source, target, isLow)
    const isClient = isLow === exchange.isLowClient
    exchange.last = Math.max(exchange.last, packet.time)
    exchange.lastPacket = packet.number
    if (isClient) {
      exchange.origPackets++
      exchange.origBytes += Math.max(0, packet.payload)
    } else {
      exchange.respPackets++
      exchange.respBytes += Math.max(0, packet.payload)
    }
    const wanted = (this.#wanted[packet.sourcePort] ?? 0) | (this.#wanted[packet.targetPort] ?? 0)
    if (wanted !== 0 && packet.transport === UDP) this.#offer(exchange, packet, isClient, wanted)
  }

  finish(family: 4 | 6): void {
    for (const exchange of this.#tables[family].clear()) this.#end(exchange)
  }

  /** Tells the applications that nothing more will come. */
  end(captureEnd: Instant): void {
    for (const { analyzer } of this.#analyzers) analyzer.end(captureEnd)
  }

  #exchangeOf(packet: Packet, source: number, target: number, isLow: boolean): Exchange {
    const low = isLow ? source : target
    const high = isLow ? target : source
    const ports = isLow ? (packet.sourcePort << 16) | packet.targetPort : (packet.targetPort << 16) | packet.sourcePort
    const family = packet.family === 4 ? 4 : 6
    const proto = packet.transport === UDP ? 'udp' : 'sctp'
    const table = this.#tables[family]
    const index = table.indexOf(low, high, ports)
    const known = index < 0 ? undefined : table.at(index)
    if (known !== undefined && known.proto === proto && packet.time - known.last <= SILENCE) return known
    if (known === undefined && table.isFull) this.#makeRoom(table)
    const isClient = isServerSecond(packet.sourcePort, packet.targetPort)
    this.#count++
    if (known === undefined && this.#count % SWEEP === 0) this.#sweep(table, packet.time)
    const begun = new Exchange(
      { low, high, ports, family, proto, isLowClient: isLow === isClient },
      this.#count,
      packet.time,
    )
    if (known === undefined) table.add(begun)
    else {
      table.replace(index, begun)
      this.#end(known)
    }
    return begun
  }

  /** What was silent for so long would be another exchange if it went on. */
  #sweep(table: Flows<Exchange>, time: Instant): void {
    for (const exchange of table.take(({ last }) => time - last > SILENCE)) this.#end(exchange)
  }

  #makeRoom(table: Flows<Exchange>): void {
    for (const exchange of table.evict()) {
      this.evicted++
      this.#end(exchange)
    }
  }

  #offer(exchange: Exchange, packet: Packet, isClient: boolean, wanted: number): void {
    const piece = this.#piece
    const start = Math.min(packet.payloadAt, packet.end)
    piece.data = packet.bytes.subarray(start, Math.min(packet.end, start + packet.payload))
    piece.cut = packet.payload - piece.data.length
    piece.time = packet.time
    piece.from = isClient ? 'client' : 'server'
    // Made anew for every datagram: it is gone before an exchange that kept it would be.
    const conversation = this.#conversation(exchange)
    for (let index = 0; index < this.#analyzers.length; index++) {
      const one = (wanted & (1 << index)) === 0 ? undefined : this.#analyzers[index]
      if (one === undefined || !one.analyzer.datagram(piece, conversation)) continue
      exchange.service = one.name
      return
    }
  }

  #conversation({ family, low, high, ports, isLowClient }: Exchange): Conversation {
    return {
      client: formatAddress(family, isLowClient ? low : high, this.#addresses),
      clientPort: isLowClient ? ports >>> 16 : ports & 0xffff,
      server: formatAddress(family, isLowClient ? high : low, this.#addresses),
      port: isLowClient ? ports & 0xffff : ports >>> 16,
      proto: 'udp',
      sawStart: false,
    }
  }

  #end(exchange: Exchange): void {
    const { family, low, high, ports, proto, origBytes, respBytes } = exchange
    const { client, clientPort, server, port } = this.#conversation(exchange)
    const ends = [
      { address: low, port: ports >>> 16 },
      { address: high, port: ports & 0xffff },
    ] as const
    this.#scribe.connection({
      uid: this.#scribe.uid(`${proto}${exchange.number}`),
      communityId: communityId({ family, protocol: proto === 'udp' ? UDP : SCTP, ends }, this.#addresses),
      proto,
      service: exchange.service,
      origHost: client,
      origPort: clientPort,
      respHost: server,
      respPort: port,
      first: exchange.first,
      last: exchange.last,
      connState: stateOf(exchange),
      history: `${origBytes > 0 ? 'D' : ''}${respBytes > 0 ? 'd' : ''}`,
      origPackets: exchange.origPackets,
      respPackets: exchange.respPackets,
      origBytes,
      respBytes,
      missedBytes: 0,
      handshakeRtt: null,
      connectTime: null,
      retransmissions: 0,
      fastRetransmissions: 0,
      spuriousRetransmissions: 0,
      outOfOrder: 0,
      duplicateAcks: 0,
      lostSegments: 0,
      ackedUnseen: 0,
      zeroWindows: 0,
      zeroWindowProbes: 0,
      windowFulls: 0,
      keepAlives: 0,
      portReused: 0,
      zeroWindowTime: 0,
    })
  }
}

/** As Zeek says it of UDP. */
function stateOf({ origPackets, respPackets }: Exchange): ConnState {
  if (origPackets > 0) return respPackets > 0 ? 'SF' : 'S0'
  return respPackets > 0 ? 'SHR' : 'OTH'
}
