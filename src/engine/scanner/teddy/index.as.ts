// The scanner's WebAssembly module: what JavaScript calls.
export { countLines } from './lines.as'
export { reserve, room, signs } from './memory.as'
export { prepare } from './plan.as'
export { find } from './search.as'
