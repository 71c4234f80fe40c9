// How memory is kept small while a bundle is read. Code that was compiled ahead fits V8's usual settings only, so others hold when all is loaded.
import { setFlagsFromString } from 'node:v8'

const USUAL = ['--parallel-scavenge', '--heap-growing-percent=0', '--semi-space-growth-factor=2']

/**
 * Few objects live long: threads that help to collect them cost more than they save. Garbage is collected when old objects grew by so
 * much, not fourfold: memory follows what is held. Room for short-lived objects stays the 4 MB that loading the program has made it: the
 * 32 it would grow to save no time.
 */
const SMALL = ['--no-parallel-scavenge', '--heap-growing-percent=45', '--semi-space-growth-factor=1']

let isSmall = false

/** From now on; to be called when the program is loaded. */
export function keepMemorySmall(): void {
  if (!isSmall) process.prependOnceListener('exit', () => set(USUAL))
  isSmall = true
  set(SMALL)
}

/** Loads more of the program. */
export async function loadMore<T>(load: () => Promise<T>): Promise<T> {
  set(USUAL)
  try {
    return await load()
  } finally {
    if (isSmall) set(SMALL)
  }
}

function set(flags: readonly string[]): void {
  for (const flag of flags) setFlagsFromString(flag)
}
