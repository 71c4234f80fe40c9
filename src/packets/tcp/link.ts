// All connections to one port of a server, and their numbers of the current second.
import type { Instant, PacketPlace } from '../../model/index.ts'

export class Link {
  readonly family: number
  readonly server: number
  readonly port: number
  /** Of the first data segment, or of the first that was sent again. */
  place: PacketPlace | null = null
  time: Instant = 0
  client = 0
  hasClients = false
  /** Place of the connection whose data came last. */
  connection = 0
  segments = 0
  resent = 0
  /** Sequence number of the last segment that was sent again. */
  resentAt = 0
  outOfOrder = 0
  duplicateAcks = 0
  bytes = 0

  constructor(family: number, server: number, port: number) {
    this.family = family
    this.server = server
    this.port = port
  }
}
