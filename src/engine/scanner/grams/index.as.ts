// The scanner's WebAssembly module: what JavaScript calls.
export { entries } from './entries.as'
export { countLines, lineRuns } from './lines.as'
export { around, left, names, reading, reserve, room, shape, signs, wrapping } from './memory.as'
export { pairs } from './pairs.as'
export { prepare } from './plan.as'
export { requests } from './requests.as'
export { collect, find } from './search.as'
export { wraps } from './wraps.as'
