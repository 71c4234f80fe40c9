// Whether a needle stands at a place of a text, byte by byte and run of blanks by run of blanks.
import { GAP, LONGEST_GAP, type Needles } from './needles.ts'

const BLANK = 0x20
const TAB = 0x09
const BACKSLASH = 0x5c
/** JSON in JSON doubles the backslashes. */
const MOST_BACKSLASHES = 8
const LETTER_T = 0x74
/** The rest of `\u0009`. */
const CODE = [0x75, 0x30, 0x30, 0x30, 0x39]

/** Place behind an escaped tab at `at`, or `at` where there is none. */
function escapedTab(bytes: Uint8Array, at: number, to: number): number {
  let next = at
  while (next < to && next - at < MOST_BACKSLASHES && bytes[next] === BACKSLASH) next++
  if (next === at || next >= to) return at
  if (bytes[next] === LETTER_T) return next + 1
  const isCode = next + CODE.length <= to && CODE.every((byte, index) => bytes[next + index] === byte)
  return isCode ? next + CODE.length : at
}

/** Place behind the run of blanks at `at`, or `at` where there is none or a longer one than is a gap. */
function gapEnd(bytes: Uint8Array, at: number, to: number): number {
  let end = at
  while (end < to && end - at <= LONGEST_GAP) {
    const byte = bytes[end]
    const next = byte === BLANK || byte === TAB ? end + 1 : escapedTab(bytes, end, to)
    if (next === end) return end
    end = next
  }
  return end - at > LONGEST_GAP ? at : end
}

/** Whether the needle stands in `bytes` at `start` and ends at or before `to`; the caller knows that it is not too long. */
export function stands(needles: Needles, needle: number, bytes: Uint8Array, start: number, to: number): boolean {
  const { bytes: wanted, fold, starts } = needles
  const end = starts[needle + 1] ?? 0
  let text = start
  for (let at = starts[needle] ?? 0; at < end; at++) {
    const bits = fold[at] ?? 0
    if (bits === GAP) {
      const next = gapEnd(bytes, text, to)
      if (next === text) return false
      text = next
    } else if (text >= to || ((bytes[text++] ?? 0) | bits) !== wanted[at]) return false
  }
  return true
}
