// The key of pseudonyms: 32 bytes beside the store that never leave the machine and are never printed.
import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { FaultlineError } from '../model/index.ts'

const KEY_BYTES = 32

/** The bytes of a file of one's own. @throws FaultlineError `not-readable` */
export function readKey(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new FaultlineError('not-readable', `Cannot read the key ${path}: ${reason}`, { cause })
  }
}

/** The key of a store, made when it is first needed: the same store gives the same names again. */
export function keyBeside(path: string): Uint8Array {
  try {
    const key = randomBytes(KEY_BYTES)
    writeFileSync(path, key, { flag: 'wx', mode: 0o600 })
    return key
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return readKey(path)
    const reason = error instanceof Error ? error.message : String(error)
    const hint = 'Give a key of your own with --pseudonym-key FILE.'
    throw new FaultlineError('not-writable', `Cannot keep a key at ${path}: ${reason}`, { cause: error, hint })
  }
}
