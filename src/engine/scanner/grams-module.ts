// Where the compiled scanner is, what it exports, and whether it runs here.
import { existsSync, readFileSync } from 'node:fs'

/** The build puts it here, whether sources run or what was built of them. */
const FILE = new URL('dist/engine/scanner/grams.wasm', import.meta.resolve('faultline/package.json'))

/** A byte address in the instance's memory. */
interface Place {
  readonly value: number
}

/** Functions and places of grams/index.as.ts; what functions take and give as places are byte addresses too. */
interface Exports {
  reserve(count: number, bytes: number, room: number): number
  signs(): number
  prepare(words: number): void
  room(): number
  takeBesides(at: number): void
  find(from: number, limit: number, to: number, before: number): number
  collect(from: number, to: number, results: number): number
  countLines(from: number, to: number): number
  shape(): number
  around(): number
  pairs(
    from: number,
    to: number,
    out: number,
    outEnd: number,
    sign: number,
    inside: number,
    before: number,
    between: number,
  ): number
  reading(): number
  left(): number
  requests(from: number, to: number, out: number, outEnd: number, sign: number, same: number, key: number): number
  lineRuns(from: number, to: number, out: number, outEnd: number, length: number, after: number): number
  names(): number
  entries(
    from: number,
    to: number,
    until: number,
    out: number,
    outEnd: number,
    timeName: number,
    levelName: number,
  ): number
  wraps(from: number, to: number, out: number, most: number, base: number): number
  readonly WRAP_BEFORE: Place
  readonly WRAP_LENGTHS: Place
  readonly KEY_INDEX: Place
  readonly LEVEL_INDEX: Place
  readonly REQUEST_LEFT: Place
  readonly KEY_ENTRIES: Place
  readonly LEVEL_ENTRIES: Place
  readonly BEGINNINGS: Place
}

const NAMES = [
  'reserve',
  'signs',
  'prepare',
  'room',
  'takeBesides',
  'find',
  'collect',
  'countLines',
  'shape',
  'lineRuns',
  'around',
  'pairs',
  'reading',
  'left',
  'requests',
  'names',
  'entries',
  'wraps',
  'WRAP_BEFORE',
  'WRAP_LENGTHS',
  'KEY_INDEX',
  'LEVEL_INDEX',
  'REQUEST_LEFT',
  'KEY_ENTRIES',
  'LEVEL_ENTRIES',
  'BEGINNINGS',
] as const satisfies (keyof Exports)[]

/** One instance, with memory of its own. */
export interface GramsModule extends Exports {
  readonly memory: WebAssembly.Memory
}

let compiled: WebAssembly.Module | null = null

function compile(): WebAssembly.Module | null {
  const bytes = existsSync(FILE) ? readFileSync(FILE) : null
  return bytes !== null && WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : null
}

/** A file left over from another build may lack some. */
function isComplete(exports: object): exports is Exports {
  return NAMES.every((name) => name in exports)
}

/** Null where nothing was built, or where WebAssembly has no SIMD: then plain JavaScript does the work. */
export function openGrams(): GramsModule | null {
  compiled ??= compile()
  if (compiled === null) return null
  const memory = new WebAssembly.Memory({ initial: 1 })
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } })
  return isComplete(exports) ? { memory, ...exports } : null
}
