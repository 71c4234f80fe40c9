// Which list of literals a word belongs to: three bytes without case decide, as the shortest literal has no more.
import { HEAD_BITS } from './memory.as'

const CASES: u32 = 0x00202020
const THREE_BYTES: u32 = 0x00ffffff
const GOLDEN: u32 = 0x9e3779b1

@inline
export function hashOf(word: u32): usize {
  return <usize>((((word | CASES) & THREE_BYTES) * GOLDEN) >>> (32 - HEAD_BITS))
}
