// Where the compiled scanner is, and whether it runs here: the engine's one file of its own that is not code for Node.
import { existsSync, readFileSync } from 'node:fs'

/** The build puts it here; `src` and `dist` are neighbours, so the same path serves code run from either. */
const FILE = new URL('../../../dist/engine/scanner/teddy.wasm', import.meta.url)

let compiled: WebAssembly.Module | null | undefined

/** Null where nothing was built, or where WebAssembly has no SIMD: then plain JavaScript does the work. */
export function teddyModule(): WebAssembly.Module | null {
  compiled ??= existsSync(FILE) ? compile(readFileSync(FILE)) : null
  return compiled
}

function compile(bytes: Uint8Array): WebAssembly.Module | null {
  return WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : null
}
