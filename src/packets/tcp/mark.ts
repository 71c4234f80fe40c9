// What is kept of a segment that may be cited later.
import type { Instant, PacketPlace } from '../../model/index.ts'

export interface Mark {
  readonly place: PacketPlace
  readonly time: Instant
  readonly from: 'client' | 'server'
  readonly flags: number
  readonly sequence: number
  readonly window: number
  readonly ttl: number
}
