// IEEE 802.11 data frames in the clear, and the radio headers before them.
import type { Packet } from '../packet.ts'
import { broken, DONE, type Layer, LLC, WLAN } from './layer.ts'
import { ofLinkType } from './link-types.ts'

const LENGTH = 24
const FRAME_CONTROL = 2
const ADDRESS_4 = 6
const QOS_CONTROL = 2
const HT_CONTROL = 4
/** Of frame control, its first byte the low one. */
const VERSION = 0x03
const TYPE = 0x0c
const DATA = 0x08
const NULL = 0x40
const QOS = 0x80
const BETWEEN_ACCESS_POINTS = 0x0300
const PROTECTED = 0x4000
const ORDER = 0x8000
/** In the QoS control field: several frames in one. */
const AGGREGATE = 0x80
const SUBFRAME_HEADER = 14

export function readWlan(packet: Packet): Layer {
  const { bytes, at } = packet
  if (packet.end - at < FRAME_CONTROL) return broken(packet)
  const control = frameControlOf(bytes, at)
  if ((control & TYPE) !== DATA || (control & (NULL | PROTECTED)) !== 0) return DONE
  if (packet.end - at < LENGTH) return broken(packet)
  let length = LENGTH
  if (hasFourAddresses(bytes, at)) length += ADDRESS_4
  if ((control & QOS) !== 0) {
    if (((bytes[at + length] ?? 0) & AGGREGATE) !== 0) length += SUBFRAME_HEADER
    length += QOS_CONTROL
    if ((control & ORDER) !== 0) length += HT_CONTROL
  }
  // Atheros cards align the body to four bytes.
  if (packet.isPadded) length = (length + 3) & ~3
  if (packet.end - at < length) return broken(packet)
  packet.at = at + length
  return LLC
}

/** Of a frame that one access point hands to another. */
export function hasFourAddresses(bytes: Uint8Array, at: number): boolean {
  return (frameControlOf(bytes, at) & BETWEEN_ACCESS_POINTS) === BETWEEN_ACCESS_POINTS
}

/** Its version is 0: where it is not, the two bytes were sent the other way round, as in CAPWAP of many access points. */
function frameControlOf(bytes: Uint8Array, at: number): number {
  const [first = 0, second = 0] = [bytes[at], bytes[at + 1]]
  return (first & VERSION) === 0 ? first | (second << 8) : second | (first << 8)
}

const RADIOTAP_LENGTH = 8
const HAS_TIME = 0x01
const HAS_FLAGS = 0x02
const HAS_MORE = 0x80
const DATA_PAD = 0x20

/** radiotap.org: a header of fields that bitmaps announce. */
export function readRadiotap(packet: Packet): Layer {
  const { bytes, at } = packet
  if (packet.end - at < RADIOTAP_LENGTH) return broken(packet)
  const length = (bytes[at + 2] ?? 0) | ((bytes[at + 3] ?? 0) << 8)
  if (length < RADIOTAP_LENGTH || packet.end - at < length) return broken(packet)
  packet.isPadded = hasPadding(packet)
  packet.at = at + length
  return WLAN
}

function hasPadding({ bytes, at }: Packet): boolean {
  const present = bytes[at + 4] ?? 0
  if ((present & HAS_FLAGS) === 0) return false
  let field = 4
  while (((bytes[at + field + 3] ?? 0) & HAS_MORE) !== 0) field += 4
  field += 4
  // The time stamp is aligned to its eight bytes.
  if ((present & HAS_TIME) !== 0) field = ((field + 7) & ~7) + 8
  return ((bytes[at + field] ?? 0) & DATA_PAD) !== 0
}

const PPI_LENGTH = 8
/** CACE Technologies' Per-Packet Information. */
export function readPpi(packet: Packet): Layer {
  const { bytes, at } = packet
  if (packet.end - at < PPI_LENGTH) return broken(packet)
  const length = (bytes[at + 2] ?? 0) | ((bytes[at + 3] ?? 0) << 8)
  const linkType = (bytes[at + 4] ?? 0) | ((bytes[at + 5] ?? 0) << 8)
  if (length < PPI_LENGTH || packet.end - at < length) return broken(packet)
  packet.at = at + length
  return ofLinkType(linkType)
}
