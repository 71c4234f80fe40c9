// Reads status and duration off the bytes of an access line in the common order.
import type { Duration } from '../../model/index.ts'
import { isFailing } from '../repeats.ts'
import { type Span, within } from '../within.ts'
import type { AccessSite } from './site.ts'

export interface SkimmedRequest {
  readonly status: number
  readonly duration: Duration | null
}

/** Status and duration behind the request of an access line; null where the line must be read as a whole: failures are. */
export function requestAt(access: AccessSite, { bytes, from, to }: Span): SkimmedRequest | null {
  let at = within({ bytes, from, to }, 34)
  for (at++; at > 0 && at < to && bytes[at] !== 34; at++) if (bytes[at] === 92) at++
  if (at <= 0 || at + 5 > to || bytes[at + 1] !== 32) return null
  const status = statusAt(bytes, at + 2)
  if (status < 100 || isFailing(status)) return null
  if (access.durationKey === '') return { status, duration: null }
  const key = bytes.subarray(at + 5, to).indexOf(access.durationKey, 0, 'latin1')
  return key < 0 ? null : { status, duration: secondsAt(bytes, at + 5 + key + access.durationKey.length, to) }
}

/** Three digits; -1 where others stand there. */
function statusAt(bytes: Buffer, from: number): number {
  let status = 0
  for (let at = from; at < from + 3; at++) {
    const digit = (bytes[at] ?? 0) - 48
    if (digit < 0 || digit > 9) return -1
    status = status * 10 + digit
  }
  return status
}

/** `0.103` as microseconds. */
function secondsAt(bytes: Buffer, from: number, to: number): Duration | null {
  let at = bytes[from] === 34 ? from + 1 : from
  let value = 0
  let scale = 0
  for (; at < to; at++) {
    const digit = (bytes[at] ?? 0) - 48
    if (digit === -2 && scale === 0) scale = 1
    else if (digit < 0 || digit > 9) break
    else {
      value = value * 10 + digit
      if (scale > 0) scale *= 10
    }
  }
  return scale === 0 && value === 0 ? null : Math.round((value * 1e6) / Math.max(1, scale))
}
