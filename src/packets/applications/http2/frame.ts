// The frames of HTTP/2 (RFC 9113 sections 4.1 and 6): where they end, how they can be told, what lies in them.
import { startsWith, u8, u24, u32 } from '../bytes.ts'
import type { Framing } from '../frames.ts'

export const DATA = 0
export const HEADERS = 1
export const RST_STREAM = 3
const SETTINGS = 4
export const PUSH_PROMISE = 5
const PING = 6
export const GOAWAY = 7
const WINDOW_UPDATE = 8
export const CONTINUATION = 9
const PRIORITY = 2

export const END_STREAM = 0x1
export const END_HEADERS = 0x4
const PADDED = 0x8
const WITH_PRIORITY = 0x20

export const FRAME_HEADER = 9
export const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'
/** Larger ones may be agreed on, and nobody does. */
const LONGEST = 0x100000
const KEPT_HEADERS = 65_536
const KEPT_DATA = 2048

export const FRAMES: Framing = {
  measure(bytes, at) {
    if (startsWith(bytes.subarray(at, at + 4), 'PRI ')) return PREFACE.length
    if (bytes.length - at < FRAME_HEADER) return 0
    return isFrame(bytes, at) ? FRAME_HEADER + u24(bytes, at) : -1
  },
  wanted(bytes, at, length) {
    switch (u8(bytes, at + 3)) {
      case HEADERS:
      case PUSH_PROMISE:
      case CONTINUATION:
        return Math.min(length, FRAME_HEADER + KEPT_HEADERS)
      case DATA:
      case RST_STREAM:
      case GOAWAY:
        return Math.min(length, FRAME_HEADER + KEPT_DATA)
      default:
        return 0
    }
  },
}

/** Looks at a frame's header: length, type and stream must agree. */
function isFrame(bytes: Uint8Array, at: number): boolean {
  const length = u24(bytes, at)
  const stream = u32(bytes, at + 5)
  if (length > LONGEST || stream > 0x7fffffff) return false
  switch (u8(bytes, at + 3)) {
    case SETTINGS:
      return stream === 0 && length % 6 === 0
    case PING:
      return stream === 0 && length === 8
    case GOAWAY:
      return stream === 0 && length >= 8
    case WINDOW_UPDATE:
      return length === 4
    case RST_STREAM:
      return stream > 0 && length === 4
    case PRIORITY:
      return stream > 0 && length === 5
    case HEADERS:
    case DATA:
    case PUSH_PROMISE:
    case CONTINUATION:
      return stream > 0
    default:
      return u8(bytes, at + 3) <= 0x20
  }
}

/** Whether the bytes are whole frames, one after the other: so a connection is told that was begun before the capture. */
export function isFrameChain(bytes: Uint8Array): boolean {
  let at = 0
  while (at + FRAME_HEADER <= bytes.length && u8(bytes, at + 3) <= CONTINUATION && isFrame(bytes, at))
    at += FRAME_HEADER + u24(bytes, at)
  return at > 0 && at === bytes.length
}

/** What a frame of headers or data holds, without padding and priority (RFC 9113 sections 6.1 and 6.2). */
export function contentOf(frame: Uint8Array): Uint8Array {
  const flags = u8(frame, 4)
  const isPadded = (flags & PADDED) !== 0
  const padding = isPadded ? u8(frame, FRAME_HEADER) : 0
  const hasPriority = u8(frame, 3) === HEADERS && (flags & WITH_PRIORITY) !== 0
  const from = FRAME_HEADER + (isPadded ? 1 : 0) + (hasPriority ? 5 : 0)
  return frame.subarray(from, Math.max(from, frame.length - padding))
}

const ERRORS: readonly string[] = [
  'NO_ERROR',
  'PROTOCOL_ERROR',
  'INTERNAL_ERROR',
  'FLOW_CONTROL_ERROR',
  'SETTINGS_TIMEOUT',
  'STREAM_CLOSED',
  'FRAME_SIZE_ERROR',
  'REFUSED_STREAM',
  'CANCEL',
  'COMPRESSION_ERROR',
  'CONNECT_ERROR',
  'ENHANCE_YOUR_CALM',
  'INADEQUATE_SECURITY',
  'HTTP_1_1_REQUIRED',
]

/** Section 7. */
export function errorName(code: number): string {
  return ERRORS[code] ?? `0x${code.toString(16)}`
}
