// Whether a literal stands around a place of the text, byte by byte and run of blanks by run of blanks; as stands.ts.
import { bytes, folds, GAP, LONGEST_GAP } from './memory.as'

/** No place. */
export const NONE: usize = 0xffffffff

const MOST_BACKSLASHES: usize = 8
const BLANK: u8 = 0x20
const TAB: u8 = 0x09
const BACKSLASH: u8 = 0x5c
const LETTER_T: u8 = 0x74
const LETTER_U: u8 = 0x75
/** `0009`, little end first. */
const CODE: u32 = 0x39303030

/** The text: literals lie in [first, end). */
let first: usize = 0
let end: usize = 0

export function bound(from: usize, to: usize): void {
  first = from
  end = to
}

@inline
function isBlank(byte: u8): bool {
  return byte == BLANK || byte == TAB
}

/** Place behind an escaped tab at `at`, or `at` where there is none. */
function escapeEnd(at: usize): usize {
  let next = at
  while (next < end && next - at < MOST_BACKSLASHES && load<u8>(next) == BACKSLASH) next++
  if (next == at || next >= end) return at
  if (load<u8>(next) == LETTER_T) return next + 1
  return next + 5 <= end && load<u8>(next) == LETTER_U && load<u32>(next, 1) == CODE ? next + 5 : at
}

/** Where an escaped tab begins that ends at `at`, or `at` where there is none. */
function escapeStart(at: usize): usize {
  let next = at
  if (load<u8>(at - 1) == LETTER_T) next = at - 1
  else if (at >= first + 5 && load<u32>(at - 4) == CODE && load<u8>(at - 5) == LETTER_U) next = at - 5
  const letters = next
  while (next > first && letters - next <= MOST_BACKSLASHES && load<u8>(next - 1) == BACKSLASH) next--
  return next == letters || letters - next > MOST_BACKSLASHES ? at : next
}

/** Place behind the run of blanks at `at`, or `at` where there is none or a longer one than is a gap. */
function gapEnd(at: usize): usize {
  let next = at
  while (next < end && next - at <= LONGEST_GAP) {
    const further = isBlank(load<u8>(next)) ? next + 1 : escapeEnd(next)
    if (further == next) return next
    next = further
  }
  return next - at > LONGEST_GAP ? at : next
}

/** Place that `length` bytes of a literal reach from `at` on, when each run of blanks is one of them. */
export function reachFrom(at: usize, length: usize): usize {
  for (; length > 0 && at < end; length--) {
    const next = gapEnd(at)
    at = next == at ? at + 1 : next
  }
  return at
}

/** Whether the literal's bytes from `offset` on stand at `at` and end within the text. */
export function endsWithin(literal: usize, offset: usize, length: usize, at: usize): bool {
  const fold = literal - bytes + folds
  for (let i = offset; i < length; i++) {
    const bits = load<u8>(fold + i)
    if (bits == GAP) {
      const next = gapEnd(at)
      if (next == at) return false
      at = next
    } else if (at >= end || (load<u8>(at++) | bits) != load<u8>(literal + i)) return false
  }
  return true
}

/** Where the literal's first `length` bytes start that end at `at`; NONE where they do not stand there. */
export function startBefore(literal: usize, length: usize, at: usize): usize {
  const fold = literal - bytes + folds
  while (length > 0) {
    const bits = load<u8>(fold + length - 1)
    if (bits == GAP) return startBeforeGap(literal, length - 1, at)
    if (at <= first || (load<u8>(--at) | bits) != load<u8>(literal + --length)) return NONE
  }
  return at
}

/** The same with a gap between; a word before it may itself look like the end of an escaped tab, so each run is tried. */
function startBeforeGap(literal: usize, length: usize, at: usize): usize {
  let earliest = NONE
  let gap = at
  while (gap > first) {
    const next = isBlank(load<u8>(gap - 1)) ? gap - 1 : escapeStart(gap)
    if (next == gap || at - next > LONGEST_GAP) break
    gap = next
    earliest = min(earliest, startBefore(literal, length, gap))
  }
  return earliest
}
