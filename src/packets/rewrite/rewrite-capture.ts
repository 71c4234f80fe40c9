// A capture for other eyes: headers with renamed addresses, no payload, as classic pcap whatever it was before.
import type { ByteReader } from '../../model/index.ts'
import { type Damage, type PacketTarget, readPackets } from '../capture/index.ts'
import { ofLinkType } from '../layers/index.ts'
import { IPV6 } from '../layers/layer.ts'
import { Packet } from '../packet.ts'
import { cleanHeaders } from './headers.ts'
import { NewNames } from './new-names.ts'
import { PcapWriter } from './pcap-writer.ts'
import { isIp, type Trail, trailOf } from './trail.ts'

const ETHERNET = 1
const RAW_IP = 101
const ETHERNET_HEADER = 14
const NO_BYTES = new Uint8Array(0)

export interface RewriteOptions {
  /** The name of an address (IPv4, IPv6 or MAC as text), which is such an address too, or of a host. */
  readonly rename: (address: string) => string
  readonly write: (bytes: Uint8Array) => void
}

export interface RewrittenCapture {
  readonly packets: number
  /** Why it was not read to its end; null where it was. */
  readonly damage: string | null
}

/**
 * Every packet is kept as its headers down to TCP, UDP or ICMP; what is no header is cut off, what cannot be read is empty.
 * DNS over UDP keeps its question and the addresses of its answer, renamed as everything is.
 * Captures that start with Ethernet stay so, all others become raw IP (link type 101).
 */
export async function rewriteCapture(bytes: ByteReader, options: RewriteOptions): Promise<RewrittenCapture> {
  const target = new RewriteTarget(options)
  await readPackets(bytes, target)
  return target.finish()
}

class RewriteTarget implements PacketTarget {
  readonly current = new Packet()
  readonly #names: NewNames
  readonly #write: (bytes: Uint8Array) => void
  #writer: PcapWriter | null = null
  #linkType = ETHERNET
  #packets = 0
  #damage: string | null = null

  constructor({ rename, write }: RewriteOptions) {
    this.#names = new NewNames(rename)
    this.#write = write
  }

  packet(): void {
    const packet = this.current
    const writer = this.#open()
    this.#packets++
    const trail = trailOf(packet, ofLinkType(packet.linkType))
    const { bytes, length } = cleanHeaders(packet, trail, this.#names)
    const dressed = packet.linkType === this.#linkType ? bytes : this.#dress(bytes, trail)
    writer.packet(packet.time, dressed, length + (dressed.length - bytes.length))
  }

  /** What is no packet is not written. */
  dropped(): void {}
  journalEntry(): void {}
  otherRecord(): void {}

  damaged({ detail }: Damage): void {
    this.#damage ??= detail
  }

  finish(): RewrittenCapture {
    this.#open().flush()
    return { packets: this.#packets, damage: this.#damage }
  }

  #open(): PcapWriter {
    if (this.#writer === null) {
      this.#linkType = this.current.linkType === ETHERNET ? ETHERNET : RAW_IP
      this.#writer = new PcapWriter(this.#linkType, this.#write)
    }
    return this.#writer
  }

  /** From the first IP header on, with the link layer that the file has. */
  #dress(bytes: Buffer, { headers }: Trail): Uint8Array {
    const ip = headers.find(({ layer }) => isIp(layer))
    const at = ip === undefined ? bytes.length : ip.at - this.current.start
    if (ip === undefined || at >= bytes.length) return NO_BYTES
    if (this.#linkType === RAW_IP) return bytes.subarray(at)
    const header = Buffer.alloc(ETHERNET_HEADER)
    header.writeUInt16BE(ip.layer === IPV6 ? 0x86dd : 0x0800, 12)
    return Buffer.concat([header, bytes.subarray(at)])
  }
}
