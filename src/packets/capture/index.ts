// From the bytes of a capture file to its packets, whatever kind of file it is.
import type { ByteReader } from '../../model/index.ts'
import type { Framer, PacketTarget } from './framer.ts'
import { Intake } from './intake.ts'
import { HEADER_LENGTH, isPlain, linkTypeOf, PcapFramer, pcapKind } from './pcap.ts'
import { PcapngFramer, SECTION_HEADER } from './pcapng.ts'
import { PlainPcapFramer } from './plain-pcap.ts'

export type { Damage, PacketTarget } from './framer.ts'

/** Enough to tell what kind of file it is. */
const MAGIC_LENGTH = 4
/** Of pcap; nobody reads what was before it. */
const OLDEST_MAJOR = 2

/**
 * Reads a capture to its end or to its first damage, which is told to `target`.
 * @returns bytes that were read
 */
export async function readPackets(reader: ByteReader, target: PacketTarget): Promise<number> {
  const intake = new Intake(reader)
  await has(intake, HEADER_LENGTH)
  const framer = recognise(intake, target)
  if (framer !== null) {
    await pump(framer, intake)
    if (framer.needed > 0 && intake.end > intake.start) tellCut(framer, intake, target)
    framer.end?.()
  }
  return intake.base + intake.end
}

async function pump(framer: Framer, intake: Intake): Promise<void> {
  for (;;) {
    framer.consume(intake)
    if (framer.needed === 0) return
    const more = intake.more(framer.needed)
    // Waiting only where the source has to wait: a promise a chunk is dear enough.
    if (!(typeof more === 'boolean' ? more : await more)) return
  }
}

async function has(intake: Intake, wanted: number): Promise<boolean> {
  while (intake.end - intake.start < wanted) {
    if (!(await intake.more(wanted))) return false
  }
  return true
}

/** Null, and told, where it is no capture file that is understood. */
function recognise(intake: Intake, target: PacketTarget): Framer | null {
  const { bytes, end } = intake
  if (end < MAGIC_LENGTH) return refuse(target, end === 0 ? 'The file is empty.' : `The file has only ${end} bytes.`)
  if (bytes.readUInt32LE(0) === SECTION_HEADER) return new PcapngFramer(target)
  const kind = pcapKind(bytes, 0)
  const magic = bytes.toString('hex', 0, MAGIC_LENGTH)
  if (kind === null) return refuse(target, `The file starts with ${magic}, which no capture format known here does.`)
  if (end < HEADER_LENGTH) return refuse(target, `The file ends within its header, after ${end} bytes.`)
  const { major, minor } = kind
  if (major < OLDEST_MAJOR) return refuse(target, `Version ${major}.${minor} of the pcap format is not understood.`)
  if (isPlain(kind)) return new PlainPcapFramer(kind, target)
  const linkType = linkTypeOf(kind, bytes, 0)
  intake.start = Math.min(kind.headerLength, end)
  return new PcapFramer(kind, linkType, target)
}

function refuse(target: PacketTarget, detail: string): null {
  target.damaged({ code: 'capture-unsupported', offset: 0, detail })
  return null
}

function tellCut(framer: Framer, intake: Intake, target: PacketTarget): void {
  const { offset } = intake
  const left = intake.end - intake.start
  const detail = `The ${framer.name} file ends within a record: ${left} of ${framer.needed} bytes are there from byte ${offset} on.`
  target.damaged({ code: 'capture-cut', offset, detail })
}
