// What must stand beside literals, as tables: for the scanner's memory, and run here where WebAssembly does not.
import type { Beside } from '../../model/index.ts'
import type { Needles } from './needles.ts'

/** Bytes that are looked at on either side of a literal. */
export const FARTHEST = 512
/** The sign that stands for 0. */
const FIRST_SIGN = 48
/** The class of each byte of ASCII, and behind them how many there are; then the next state for each class, state by state. */
const ASCII = 128
const ROWS = ASCII + 1
/** States: the first two are ends. */
const [ACCEPT, START] = [1, 2]

/** Whether literals need what stands around them at all. */
export function hasBeside({ beside }: Needles): boolean {
  return beside.some((one) => one !== null)
}

/** An automaton as bytes. */
function tableOf(automaton: string): Uint8Array {
  const numbers = Buffer.from(automaton, 'latin1')
  for (let at = 0; at < numbers.length; at++) numbers[at] = (numbers[at] ?? 0) - FIRST_SIGN
  const [classes = 0] = numbers
  numbers.copyWithin(0, 1, ROWS)
  numbers[ASCII] = classes
  return numbers
}

/**
 * All tables one behind the other: for each literal where its list is, or 0; lists of pairs, how many and where each automaton is,
 * or 0; the automata. Places are counted from where the tables begin.
 */
export function besideTables({ beside, count }: Needles): Uint8Array {
  const lists = beside.map((list) => list ?? [])
  const texts = lists.flatMap((list) => list.flatMap(({ before, after }) => [before, after]))
  const automata = [...new Set(texts.filter((text) => text !== null))].map((text) => [text, tableOf(text)] as const)
  const words = count + lists.reduce((sum, list) => sum + (list.length === 0 ? 0 : 1 + 2 * list.length), 0)
  const bytes = new Uint8Array(4 * words + automata.reduce((sum, [, table]) => sum + table.length, 0))
  const places = new Map<string | null, number>([[null, 0]])
  let end = 4 * words
  for (const [text, table] of automata) {
    bytes.set(table, end)
    places.set(text, end)
    end += table.length
  }
  const numbers = new Uint32Array(bytes.buffer, 0, words)
  let next = count
  for (const [needle, list] of lists.entries()) {
    if (list.length === 0) continue
    numbers[needle] = 4 * next
    const pairs = list.flatMap(({ before, after }) => [places.get(before) ?? 0, places.get(after) ?? 0])
    numbers.set([list.length, ...pairs], next)
    next += 1 + pairs.length
  }
  return bytes
}

/** Whether the text around needle `needle` at [from, to) of [0, end) is such as it may stand in. */
export type Allows = (bytes: Uint8Array, needle: number, place: { from: number; to: number; end: number }) => boolean

export function createAllows(needles: Needles): Allows {
  if (!hasBeside(needles)) return () => true
  const tables = needles.beside.map((list) => list?.map((one) => sidesOf(one)) ?? null)
  return (bytes, needle, { from, to, end }) => {
    const lists = tables[needle] ?? null
    if (lists === null) return true
    const [start, stop] = [Math.max(0, from - FARTHEST), Math.min(end, to + FARTHEST)]
    return lists.some(
      ({ before, after }) =>
        accepts(before, bytes, { at: from - 1, stop: start - 1, step: -1 }) &&
        accepts(after, bytes, { at: to, stop, step: 1 }),
    )
  }
}

function sidesOf({ before, after }: Beside) {
  return { before: before === null ? null : tableOf(before), after: after === null ? null : tableOf(after) }
}

interface Run {
  readonly at: number
  readonly stop: number
  readonly step: 1 | -1
}

function accepts(automaton: Uint8Array | null, bytes: Uint8Array, { at, stop, step }: Run): boolean {
  if (automaton === null) return true
  const width = automaton[ASCII] ?? 0
  let state = START
  for (let place = at; place !== stop; place += step) {
    const byte = bytes[place] ?? ASCII
    if (byte >= ASCII) return true
    state = automaton[ROWS + (state - START) * width + (automaton[byte] ?? 0)] ?? 0
    if (state < START) return state === ACCEPT
  }
  return true
}
