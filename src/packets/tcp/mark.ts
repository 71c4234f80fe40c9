// What is kept of a segment that may be cited later: one object, for every connection has some.
import type { Instant, PacketPlace } from '../../model/index.ts'
import { digestOf } from '../digest.ts'
import type { Packet } from '../packet.ts'

export class Mark {
  readonly time: Instant
  readonly from: 'client' | 'server'
  readonly flags: number
  readonly sequence: number
  readonly window: number
  readonly ttl: number
  readonly #number: number
  readonly #offset: number
  readonly #length: number
  /** As a signed number, which takes no room of its own. */
  readonly #digest: number

  constructor(packet: Packet, from: 'client' | 'server') {
    this.time = packet.time
    this.from = from
    this.flags = packet.flags
    this.sequence = packet.sequence
    this.window = packet.window
    this.ttl = packet.ttl
    this.#number = packet.number
    this.#offset = packet.offset
    this.#length = packet.captured
    this.#digest = digestOf(packet.frame, packet.start, packet.captured) | 0
  }

  get place(): PacketPlace {
    return {
      kind: 'packet',
      packet: this.#number,
      offset: this.#offset,
      length: this.#length,
      digest: this.#digest >>> 0,
    }
  }
}
