// Whether what stands beside a literal lets its pattern match: automata over bytes; see Beside in src/model/literal.ts.
import { besides } from './memory.as'

/** Of an automaton: the class of each byte of ASCII, how many classes there are, and for each state the next one by class. */
const WIDTH: usize = 128
const ROWS: usize = 129
/** States: the first two are ends. */
const ACCEPT: usize = 1
const START: usize = 2

/** Bytes that are looked at on either side; what is further away is not asked. */
const FARTHEST: usize = 512

/** Runs the automaton at a place of the tables, if there is one, from the byte at `at` on, `step` by `step` until `stop`. */
function accepts(place: usize, at: usize, stop: usize, step: usize): bool {
  if (!place) return true
  const automaton = besides + place
  const width = <usize>load<u8>(automaton, WIDTH)
  let state = START
  for (; at != stop; at += step) {
    const byte = <usize>load<u8>(at)
    if (byte >= WIDTH) return true
    state = <usize>load<u8>(automaton + ROWS + (state - START) * width + <usize>load<u8>(automaton + byte))
    if (state < START) return state == ACCEPT
  }
  return true
}

/** Whether the text in [low, end) around a literal at [from, to) is such as it may stand in. */
export function allows(literal: usize, from: usize, to: usize, low: usize, end: usize): bool {
  if (!besides) return true
  const list = <usize>load<u32>(besides + (literal << 2))
  if (!list) return true
  let at = besides + list
  const start = max(low, from - min(from, FARTHEST))
  const stop = min(end, to + FARTHEST)
  for (let left = load<u32>(at); left; left--, at += 8) {
    const isBefore = accepts(<usize>load<u32>(at, 4), from - 1, start - 1, -1)
    if (isBefore && accepts(<usize>load<u32>(at, 8), to, stop, 1)) return true
  }
  return false
}
