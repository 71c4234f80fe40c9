// The scanner in WebAssembly with SIMD: text lies in its memory, and JavaScript is only called for true hits.
import type { Scanner } from '../../model/index.ts'
import { copying } from './copying.ts'
import { longestOf, type Needles } from './needles.ts'
import { TEXT_SIZE } from './plain.ts'
import { fitsTables, tableSize, writeTables } from './teddy-tables.ts'
import { planWindows } from './windows.ts'

const PAGE = 65_536
/** Bytes behind a text that may be loaded with its last ones; they are never part of a hit. */
const SLACK = 64
/** Other people's bytes are copied here, piece by piece. */
const COPY_SIZE = 65_536

/** Null where the literals are too many or too long for the tables. */
export function createTeddyScanner(module: WebAssembly.Module, needles: Needles): Scanner | null {
  if (!fitsTables(needles)) return null
  const longest = longestOf(needles)
  const copy = Math.ceil(tableSize(needles) / SLACK) * SLACK
  const copySize = Math.max(COPY_SIZE, 2 * longest)
  const text = copy + copySize + SLACK
  const memory = new WebAssembly.Memory({ initial: Math.ceil((text + TEXT_SIZE + SLACK) / PAGE) })
  const plan = planWindows(needles)
  writeTables(memory.buffer, needles, plan)
  const { setup, find } = new WebAssembly.Instance(module, { env: { memory } }).exports
  if (setup === undefined || find === undefined) return null
  setup(needles.bytes.length)
  const { buffer } = memory
  const { reach } = plan
  const foreign = copying({
    area: new Uint8Array(buffer, copy, copySize),
    longest,
    find: (from, limit, to) => find(from, limit, to, reach),
  })
  return {
    memory: new Uint8Array(buffer, text, TEXT_SIZE),
    find: (bytes, from, to) => {
      if (bytes.buffer !== buffer) return foreign(bytes, from, to)
      const start = bytes.byteOffset
      const found = find(start + from, start + to, start + to, reach)
      return found < 0 ? -1 : found - start
    },
  }
}
