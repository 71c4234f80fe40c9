// The scanner's WebAssembly module: what JavaScript calls.
export { entries } from './entries.as'
export { countLines, lineRuns } from './lines.as'
export { around, left, names, reading, reserve, room, shape, signs, takeBesides } from './memory.as'
export {
  BEGINNINGS,
  KEY_ENTRIES,
  KEY_INDEX,
  LEVEL_ENTRIES,
  LEVEL_INDEX,
  REQUEST_LEFT,
  WRAP_BEFORE,
  WRAP_LENGTHS,
} from './memory.as'
export { pairs } from './pairs.as'
export { prepare } from './plan.as'
export { requests } from './requests.as'
export { collect, find } from './search.as'
export { wraps } from './wraps.as'
