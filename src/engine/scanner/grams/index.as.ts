// The scanner's WebAssembly module: what JavaScript calls.
export { countLines, lineRuns } from './lines.as'
export { reserve, room, shape, signs } from './memory.as'
export { prepare } from './plan.as'
export { collect, find } from './search.as'
