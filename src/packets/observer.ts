// Sees every packet of one capture, sends it where it belongs, and tells in the end what came of it.

import { type Instant, type PacketPlace, SECOND, type SourceSummary } from '../model/index.ts'
import { Addresses } from './addresses.ts'
import type { Application, DatagramApplication } from './application.ts'
import type { Damage, PacketTarget } from './capture/index.ts'
import { Duplicates } from './duplicates.ts'
import { Exchanges } from './exchanges.ts'
import { IcmpMessages } from './icmp.ts'
import { Fragments } from './layers/fragments.ts'
import { ofLinkType, walk } from './layers/index.ts'
import { DONE } from './layers/layer.ts'
import { ICMP, ICMPV6, NO_TRANSPORT, Packet, SCTP, TCP, UDP } from './packet.ts'
import type { Scribe } from './scribe.ts'
import { Connections } from './tcp/connections.ts'

/** No time was seen yet. */
const NEVER = Number.NEGATIVE_INFINITY

/** The protocols that are understood. */
export interface Protocols {
  readonly applications: readonly Application[]
  readonly datagramApplications: readonly DatagramApplication[]
}

/** How often what happened, for the notices in the end. */
export class Happenings {
  packets = 0
  understood = 0
  malformed = 0
  snapped = 0
  backwards = 0
  dropped = 0
  otherRecords = 0
  readonly unknownLinkTypes = new Map<number, number>()
}

export class Observer implements PacketTarget {
  readonly current = new Packet()
  readonly happenings = new Happenings()
  readonly connections: Connections
  readonly exchanges: Exchanges
  readonly icmp: IcmpMessages
  readonly duplicates = new Duplicates()
  readonly fragments = new Fragments()
  readonly #scribe: Scribe
  readonly #addresses = new Addresses()
  readonly #applications: readonly Application[]
  #first: Instant = Number.POSITIVE_INFINITY
  #last: Instant = NEVER
  #previous: Instant = NEVER
  #secondStart: Instant = NEVER
  #inSecond = 0
  #firstPlace: PacketPlace | null = null
  #linkType = -1
  #link = DONE

  constructor(scribe: Scribe, protocols: Protocols) {
    const { applications, datagramApplications } = protocols
    this.#scribe = scribe
    this.#applications = applications
    const addresses = this.#addresses
    this.connections = new Connections({ scribe, addresses, duplicates: this.duplicates, applications })
    this.exchanges = new Exchanges(this.current, scribe, addresses, datagramApplications)
    this.icmp = new IcmpMessages(scribe, addresses, this.connections)
  }

  packet(): void {
    const packet = this.current
    const { happenings } = this
    happenings.packets++
    packet.number++
    if (packet.captured < packet.length) happenings.snapped++
    this.#firstPlace ??= packet.place()
    this.#clock(packet)
    if (packet.linkType !== this.#linkType) {
      this.#linkType = packet.linkType
      this.#link = ofLinkType(packet.linkType)
    }
    if (this.#link === DONE) this.#countUnknown(packet.linkType)
    else walk(packet, this.#link, this.fragments)
    if (packet.malformed) happenings.malformed++
    if (this.#addresses.isFull) this.#forgetAddresses()
    this.#dispatch(packet)
  }

  dropped(count: number): void {
    this.happenings.dropped += count
  }

  journalEntry(bytes: Uint8Array): void {
    this.current.number++
    this.happenings.otherRecords++
    this.#scribe.journalEntry(bytes, this.current.number)
  }

  otherRecord(): void {
    this.current.number++
    this.happenings.otherRecords++
  }

  damaged({ code, offset, detail }: Damage): void {
    const { packets } = this.happenings
    this.#scribe.notice(code, offset, packets === 0 ? detail : `${detail} ${packets} packets before it were read.`)
  }

  /** Ends all flows, and the counts. */
  finish(): void {
    this.#endSecond()
    const end = Number.isFinite(this.#last) ? this.#last : 0
    this.connections.finish(4, end)
    this.connections.finish(6, end)
    this.connections.silence.conclude()
    for (const application of this.#applications) application.finish?.(this.#scribe, end)
    this.exchanges.end(end)
    this.exchanges.finish(4)
    this.exchanges.finish(6)
    this.icmp.finish()
    this.#stateDrops(end)
  }

  summary(bytes: number): SourceSummary {
    const { packets, understood, otherRecords } = this.happenings
    return {
      reader: 'capture',
      bytes,
      records: packets + otherRecords,
      coverage: packets === 0 ? 0 : understood / packets,
      first: Number.isFinite(this.#first) ? this.#first : null,
      last: Number.isFinite(this.#last) ? this.#last : null,
      clock: { zone: 'UTC', quality: 'exact', offset: 0 },
      tally: this.#scribe.tally,
    }
  }

  #clock(packet: Packet): void {
    const { time } = packet
    if (packet.isTimed && time < this.#first) this.#first = time
    if (packet.isTimed && time > this.#last) this.#last = time
    if (time < this.#previous) this.happenings.backwards++
    this.#previous = time
    const since = time - this.#secondStart
    if (since < 0 || since >= SECOND) {
      this.#endSecond()
      packet.second = Math.floor(time / SECOND)
      this.#secondStart = packet.second * SECOND
    }
    this.#inSecond++
  }

  #endSecond(): void {
    if (this.#inSecond > 0) this.#scribe.tally.addLines(this.#secondStart, null, this.#inSecond)
    this.#inSecond = 0
  }

  #dispatch(packet: Packet): void {
    switch (packet.transport) {
      case TCP:
        this.connections.segment(packet)
        break
      case UDP:
      case SCTP:
        this.exchanges.datagram(packet)
        break
      case ICMP:
      case ICMPV6:
        this.icmp.message(packet)
        break
      case NO_TRANSPORT:
        return
    }
    this.happenings.understood++
  }

  #countUnknown(linkType: number): void {
    this.current.enter()
    const { unknownLinkTypes } = this.happenings
    unknownLinkTypes.set(linkType, (unknownLinkTypes.get(linkType) ?? 0) + 1)
  }

  /** Flows name addresses by numbers that are about to change. */
  #forgetAddresses(): void {
    this.connections.finish(6, this.#last)
    this.exchanges.finish(6)
    this.#addresses.clear()
  }

  #stateDrops(end: Instant): void {
    const { unseen } = this.connections
    const packets = this.happenings.dropped + unseen.count
    const place = unseen.place ?? this.#firstPlace
    if (packets === 0 || place === null) return
    const excerpt = `${this.happenings.dropped} packets dropped while capturing, ${unseen.count} acknowledged but not captured`
    this.#scribe.fact({
      kind: 'capture.gap',
      time: unseen.place === null ? end : unseen.time,
      place,
      excerpt,
      fields: { packets },
    })
  }
}
