// Classic pcap files: header, byte orders, resolutions and the record variants of libpcap.
import type { Packet } from '../packet.ts'
import { type Framer, LONGEST_PACKET, type PacketTarget } from './framer.ts'
import type { Intake } from './intake.ts'

export const HEADER_LENGTH = 24
const VERSION_MAJOR = 4
const VERSION_MINOR = 6
const LINK_TYPE = 20

const CAPTURED_LENGTH = 8
const ORIGINAL_LENGTH = 12
const RECORD_HEADER = 16

/** A kind of pcap file, told by its first four bytes. */
export interface PcapKind {
  readonly littleEndian: boolean
  /** Of a second. */
  readonly nanoseconds: boolean
  /** Length of a record's header: Linux kernels patched in 1999 wrote interface and protocol into 24 bytes. */
  readonly recordHeader: number
  readonly headerLength: number
}

const US: Omit<PcapKind, 'littleEndian'> = {
  nanoseconds: false,
  recordHeader: RECORD_HEADER,
  headerLength: HEADER_LENGTH,
}
const KINDS: ReadonlyMap<number, Omit<PcapKind, 'littleEndian'>> = new Map([
  [0xa1b2c3d4, US],
  [0xa1b23c4d, { ...US, nanoseconds: true }],
  [0xa1b2cd34, { ...US, recordHeader: 24 }],
  [0x1c0001ac, { ...US, nanoseconds: true, headerLength: 28 }],
  [0x1c0001ab, { ...US, nanoseconds: true, headerLength: 28 }],
])

/** @returns the kind of file that starts so; null where it is no classic pcap */
export function pcapKind(bytes: Buffer, at: number): PcapKind | null {
  const little = KINDS.get(bytes.readUInt32LE(at))
  if (little !== undefined) return { ...little, littleEndian: true }
  const big = KINDS.get(bytes.readUInt32BE(at))
  return big === undefined ? null : { ...big, littleEndian: false }
}

/** Whether pcap-parser reads this kind; of the others it says `unknown magic number`. */
export function isPlain(kind: PcapKind, bytes: Buffer, at: number): boolean {
  const { littleEndian, nanoseconds, recordHeader, headerLength } = kind
  if (nanoseconds || recordHeader !== RECORD_HEADER || headerLength !== HEADER_LENGTH) return false
  const major = littleEndian ? bytes.readUInt16LE(at + VERSION_MAJOR) : bytes.readUInt16BE(at + VERSION_MAJOR)
  const minor = littleEndian ? bytes.readUInt16LE(at + VERSION_MINOR) : bytes.readUInt16BE(at + VERSION_MINOR)
  return major === 2 && minor === 4
}

/** The upper half holds the length of a frame check sequence, and reserved bits. */
export function linkTypeOf(kind: PcapKind, bytes: Buffer, at: number): number {
  return (kind.littleEndian ? bytes.readUInt32LE(at + LINK_TYPE) : bytes.readUInt32BE(at + LINK_TYPE)) & 0xffff
}

/** Reads pcap records in batches. */
export class PcapFramer implements Framer {
  readonly name = 'pcap'
  needed: number
  readonly #kind: PcapKind
  readonly #target: PacketTarget

  constructor(kind: PcapKind, linkType: number, target: PacketTarget) {
    this.#kind = kind
    this.#target = target
    this.needed = kind.recordHeader
    target.current.linkType = linkType
  }

  consume(intake: Intake): void {
    intake.start = this.batch(intake.bytes, intake.start, intake)
  }

  /**
   * Hands over the whole records in bytes [from, intake.end).
   * @returns where the first record starts that is not whole
   */
  batch(bytes: Buffer, from: number, intake: Intake): number {
    const { littleEndian, recordHeader } = this.#kind
    const packet = this.#target.current
    const end = intake.end
    let at = from
    this.needed = recordHeader
    while (end - at >= recordHeader) {
      const captured = littleEndian ? little(bytes, at + CAPTURED_LENGTH) : big(bytes, at + CAPTURED_LENGTH)
      if (captured > LONGEST_PACKET) return this.#refuse(intake.base + at, captured, at)
      const next = at + recordHeader + captured
      if (next > end) {
        this.needed = recordHeader + captured
        return at
      }
      packet.time = this.#time(bytes, at)
      packet.length = littleEndian ? little(bytes, at + ORIGINAL_LENGTH) : big(bytes, at + ORIGINAL_LENGTH)
      this.#hand(packet, bytes, next - captured, captured, intake.base)
      at = next
    }
    return at
  }

  #hand(packet: Packet, bytes: Buffer, start: number, captured: number, base: number): void {
    packet.frame = bytes
    packet.start = start
    packet.captured = captured
    packet.offset = base + start
    this.#target.packet()
  }

  #time(bytes: Buffer, at: number): number {
    const { littleEndian, nanoseconds } = this.#kind
    const seconds = littleEndian ? little(bytes, at) : big(bytes, at)
    const fraction = littleEndian ? little(bytes, at + 4) : big(bytes, at + 4)
    return seconds * 1e6 + (nanoseconds ? Math.floor(fraction / 1000) : fraction)
  }

  #refuse(offset: number, captured: number, at: number): number {
    this.needed = 0
    const detail = `The record at byte ${offset} claims ${captured} captured bytes; reading stops there.`
    this.#target.damaged({ code: 'capture-damaged', offset, detail })
    return at
  }
}

function little(bytes: Buffer, at: number): number {
  return (
    ((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24)) >>> 0
  )
}

function big(bytes: Buffer, at: number): number {
  return (
    (((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)) >>> 0
  )
}
