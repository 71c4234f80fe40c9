// Classic pcap files: header, byte orders, resolutions and the record variants of libpcap.
import type { Packet } from '../packet.ts'
import { type Framer, LONGEST_PACKET, type PacketTarget } from './framer.ts'
import type { Intake } from './intake.ts'

export const HEADER_LENGTH = 24
const VERSION_MAJOR = 4
const VERSION_MINOR = 6
const LINK_TYPE = 20

/** Captured, then as on the wire. */
const FIRST_LENGTH = 8
const SECOND_LENGTH = 12
const RECORD_HEADER = 16

/** A kind of pcap file, told by its first four bytes. */
export interface PcapKind {
  readonly littleEndian: boolean
  /** Of a second. */
  readonly nanoseconds: boolean
  /** Length of a record's header: Linux kernels patched in 1999 wrote interface and protocol into 24 bytes. */
  readonly recordHeader: number
  readonly headerLength: number
  /** Of the format: major and minor, 2 and 4 since 1998. */
  readonly major: number
  readonly minor: number
}

/** What the first four bytes tell. */
type Magic = Omit<PcapKind, 'littleEndian' | 'major' | 'minor'>

const US: Magic = {
  nanoseconds: false,
  recordHeader: RECORD_HEADER,
  headerLength: HEADER_LENGTH,
}
const KINDS: ReadonlyMap<number, Magic> = new Map([
  [0xa1b2c3d4, US],
  [0xa1b23c4d, { ...US, nanoseconds: true }],
  [0xa1b2cd34, { ...US, recordHeader: 24 }],
  [0x1c0001ac, { ...US, nanoseconds: true, headerLength: 28 }],
  [0x1c0001ab, { ...US, nanoseconds: true, headerLength: 28 }],
])

/** @returns the kind of file whose HEADER_LENGTH bytes lie at `at`; null where it is no classic pcap */
export function pcapKind(bytes: Buffer, at: number): PcapKind | null {
  const little = KINDS.get(bytes.readUInt32LE(at))
  if (little !== undefined) {
    const major = bytes.readUInt16LE(at + VERSION_MAJOR)
    return { ...little, littleEndian: true, major, minor: bytes.readUInt16LE(at + VERSION_MINOR) }
  }
  const big = KINDS.get(bytes.readUInt32BE(at))
  if (big === undefined) return null
  const major = bytes.readUInt16BE(at + VERSION_MAJOR)
  return { ...big, littleEndian: false, major, minor: bytes.readUInt16BE(at + VERSION_MINOR) }
}

/** Whether pcap-parser reads this kind; of the others it says `unknown magic number`. */
export function isPlain({ nanoseconds, recordHeader, headerLength, major, minor }: PcapKind): boolean {
  if (nanoseconds || recordHeader !== RECORD_HEADER || headerLength !== HEADER_LENGTH) return false
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
    const isSwapped = hasSwappedLengths(this.#kind)
    const packet = this.#target.current
    const end = intake.end
    let at = from
    this.needed = recordHeader
    while (end - at >= recordHeader) {
      const first = littleEndian ? little(bytes, at + FIRST_LENGTH) : big(bytes, at + FIRST_LENGTH)
      const second = littleEndian ? little(bytes, at + SECOND_LENGTH) : big(bytes, at + SECOND_LENGTH)
      const captured = isSwapped && second < first ? second : first
      if (captured > LONGEST_PACKET) return this.#refuse(intake.base + at, captured, at)
      const next = at + recordHeader + captured
      if (next > end) {
        this.needed = recordHeader + captured
        return at
      }
      packet.time = this.#time(bytes, at)
      packet.length = captured === first ? second : first
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

/** Before version 2.3 the lengths stood the other way round, and in some files of 2.3 as well (libpcap, sf-pcap.c). */
function hasSwappedLengths({ major, minor }: PcapKind): boolean {
  return major === 2 && minor <= 3
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
