// pcapng files: sections, interfaces and the blocks between them (draft-ietf-opsawg-pcapng).
import { type Damage, type Framer, LONGEST_PACKET, type PacketTarget } from './framer.ts'
import { type Intake, LARGEST_RECORD } from './intake.ts'
import { eachOption, instantOf, type Options, readTimestamps, type Timestamps } from './pcapng-options.ts'

export const SECTION_HEADER = 0x0a0d0d0a
const INTERFACE_DESCRIPTION = 1
const OLD_PACKET = 2
const SIMPLE_PACKET = 3
const INTERFACE_STATISTICS = 5
const ENHANCED_PACKET = 6
const JOURNAL_EXPORT = 9

/** They take packet numbers in Wireshark. */
const CUSTOM = 0x00000bad
const CUSTOM_NOT_COPIED = 0x40000bad

const BYTE_ORDER = 0x1a2b3c4d
const BLOCK_HEADER = 8
const SMALLEST_BLOCK = 12
const SMALLEST_SECTION = 28
/** Byte order, version and length of a section, before its options. */
const SECTION_LENGTH = 16
const INTERFACE_LIMIT = 65_536
/** isb_ifdrop and isb_osdrop. */
const DROPPED_BY_INTERFACE = 5
const DROPPED_BY_SYSTEM = 7

interface Interface {
  readonly linkType: number
  readonly snapLength: number
  readonly timestamps: Timestamps
  /** Highest count of lost packets that its statistics told. */
  dropped: number
}

/** The part of a block between its header and its trailing length. */
interface Body {
  readonly from: number
  readonly end: number
}

export class PcapngFramer implements Framer {
  readonly name = 'pcapng'
  needed = SMALLEST_BLOCK
  readonly #target: PacketTarget
  #littleEndian = true
  #interfaces: Interface[] = []
  #bytes: Buffer = Buffer.alloc(0)
  #view: DataView = new DataView(new ArrayBuffer(0))
  #base = 0

  constructor(target: PacketTarget) {
    this.#target = target
  }

  consume(intake: Intake): void {
    const { bytes } = intake
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#base = intake.base
    this.needed = SMALLEST_BLOCK
    while (intake.end - intake.start >= SMALLEST_BLOCK) {
      const at = intake.start
      const length = this.#blockLength(at)
      this.needed = length
      if (length === 0 || length > intake.end - at) return
      intake.start = at + length
      if (!this.#isClosed(at, length) || !this.#block(at, length)) {
        this.needed = 0
        return
      }
      this.needed = SMALLEST_BLOCK
    }
  }

  /** @returns 0 where the block cannot be what it says, and tells it */
  #blockLength(at: number): number {
    const type = this.#view.getUint32(at, this.#littleEndian)
    if (type === SECTION_HEADER && !this.#readByteOrder(at)) return 0
    const length = this.#view.getUint32(at + 4, this.#littleEndian)
    // Wireshark rounds an unaligned length up; the draft demands a multiple of four.
    const padded = length + ((4 - (length & 3)) & 3)
    if (padded >= (type === SECTION_HEADER ? SMALLEST_SECTION : SMALLEST_BLOCK) && padded <= LARGEST_RECORD)
      return padded
    this.#refuse(at, `a block of ${length} bytes`)
    return 0
  }

  /** The length stands at both ends of a block. */
  #isClosed(at: number, length: number): boolean {
    const first = this.#view.getUint32(at + 4, this.#littleEndian)
    const second = this.#view.getUint32(at + length - 4, this.#littleEndian)
    return first === second || this.#refuse(at, `a block of ${first} bytes whose end says ${second}`)
  }

  #readByteOrder(at: number): boolean {
    this.#littleEndian = this.#view.getUint32(at + BLOCK_HEADER, true) === BYTE_ORDER
    if (this.#littleEndian || this.#view.getUint32(at + BLOCK_HEADER, false) === BYTE_ORDER) return true
    this.#refuse(at, 'a section without byte order')
    return false
  }

  /** @returns whether reading can go on */
  #block(at: number, length: number): boolean {
    const body: Body = { from: at + BLOCK_HEADER, end: at + length - 4 }
    switch (this.#view.getUint32(at, this.#littleEndian)) {
      case ENHANCED_PACKET:
        return this.#enhancedPacket(body)
      case SECTION_HEADER:
        return this.#section(body)
      case INTERFACE_DESCRIPTION:
        return this.#interfaceDescription(body)
      case SIMPLE_PACKET:
        return this.#simplePacket(body)
      case OLD_PACKET:
        return this.#oldPacket(body)
      case INTERFACE_STATISTICS:
        this.#statistics(body)
        return true
      case JOURNAL_EXPORT:
        this.#target.journalEntry(this.#bytes.subarray(body.from, body.end))
        return true
      case CUSTOM:
      case CUSTOM_NOT_COPIED:
        this.#target.otherRecord()
        return true
      default:
        return true
    }
  }

  /** Interfaces are numbered within their section. */
  #section(body: Body): boolean {
    this.#interfaces = []
    const major = this.#view.getUint16(body.from + 4, this.#littleEndian)
    const minor = this.#view.getUint16(body.from + 6, this.#littleEndian)
    if (major !== 1 || (minor !== 0 && minor !== 2))
      return this.#refuse(body.from, `a section of version ${major}.${minor}`)
    if (eachOption(this.#options(body, SECTION_LENGTH), () => undefined)) return true
    return this.#refuse(body.from, 'an option that is longer than its block')
  }

  #options(body: Body, fixed: number): Options {
    return { view: this.#view, littleEndian: this.#littleEndian, from: body.from + fixed, end: body.end }
  }

  #interfaceDescription(body: Body): boolean {
    if (body.end - body.from < 8) return this.#refuse(body.from, 'an interface description that is too short')
    if (this.#interfaces.length === INTERFACE_LIMIT)
      return this.#refuse(body.from, 'more interfaces than any machine has')
    const timestamps = readTimestamps(this.#options(body, 8))
    if (timestamps === null) return this.#refuse(body.from, 'an option that is longer than its block')
    const linkType = this.#view.getUint16(body.from, this.#littleEndian)
    const snapLength = this.#view.getUint32(body.from + 4, this.#littleEndian)
    this.#interfaces.push({ linkType, snapLength, timestamps, dropped: 0 })
    return true
  }

  #enhancedPacket(body: Body): boolean {
    if (body.end - body.from < 20) return this.#refuse(body.from, 'a packet block that is too short')
    return this.#stampedPacket(body, this.#view.getUint32(body.from, this.#littleEndian))
  }

  /** Obsolete since 2009: the upper half of the interface number is a count of drops. */
  #oldPacket(body: Body): boolean {
    if (body.end - body.from < 20) return this.#refuse(body.from, 'a packet block that is too short')
    return this.#stampedPacket(body, this.#view.getUint16(body.from, this.#littleEndian))
  }

  #stampedPacket(body: Body, index: number): boolean {
    const view = this.#view
    const little = this.#littleEndian
    const { from } = body
    const described = this.#interfaces[index]
    if (described === undefined) return this.#refuse(from, `a packet of interface ${index}, which was not described`)
    const captured = view.getUint32(from + 12, little)
    if (captured > LONGEST_PACKET || from + 20 + captured > body.end)
      return this.#refuse(from, `a packet of ${captured} captured bytes`)
    this.#target.current.time = instantOf(
      view.getUint32(from + 4, little),
      view.getUint32(from + 8, little),
      described.timestamps,
    )
    this.#target.current.isTimed = true
    this.#hand(described, from + 20, captured, view.getUint32(from + 16, little))
    return true
  }

  /** Has no time: the packet keeps that of the one before it. */
  #simplePacket(body: Body): boolean {
    const described = this.#interfaces[0]
    if (described === undefined || body.end - body.from < 4)
      return this.#refuse(body.from, 'a packet without an interface')
    const original = this.#view.getUint32(body.from, this.#littleEndian)
    const kept = described.snapLength === 0 ? original : Math.min(original, described.snapLength)
    const captured = Math.min(kept, body.end - body.from - 4)
    if (captured > LONGEST_PACKET) return this.#refuse(body.from, `a packet of ${captured} captured bytes`)
    this.#target.current.isTimed = false
    this.#hand(described, body.from + 4, captured, original)
    return true
  }

  #hand(described: Interface, start: number, captured: number, original: number): void {
    const packet = this.#target.current
    packet.linkType = described.linkType
    packet.frame = this.#bytes
    packet.start = start
    packet.captured = captured
    packet.length = original
    packet.offset = this.#base + start
    this.#target.packet()
  }

  #statistics(body: Body): void {
    const described =
      this.#interfaces[body.end - body.from < 12 ? -1 : this.#view.getUint32(body.from, this.#littleEndian)]
    if (described === undefined) return
    let dropped = 0
    eachOption(this.#options(body, 12), (code, at, length) => {
      if (length < 8 || (code !== DROPPED_BY_INTERFACE && code !== DROPPED_BY_SYSTEM)) return
      dropped += Number(this.#view.getBigUint64(at, this.#littleEndian))
    })
    // Counts are since the start of the capture: only the growth is new.
    if (dropped > described.dropped && Number.isSafeInteger(dropped)) {
      this.#target.dropped(dropped - described.dropped)
      described.dropped = dropped
    }
  }

  #refuse(at: number, what: string): false {
    const offset = this.#base + at
    const damage: Damage = {
      code: 'capture-damaged',
      offset,
      detail: `The capture has ${what} at byte ${offset}; reading stops there.`,
    }
    this.#target.damaged(damage)
    return false
  }
}
