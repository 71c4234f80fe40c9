// Where the store of a bundle lies when nobody says where.
import { statSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Beside the bundle where it is one file or folder, else in the working folder. */
export function defaultStore(paths: readonly string[]): string {
  const [path] = paths
  if (paths.length !== 1 || path === undefined || path === '-') return 'faultline.db'
  const found = statSync(path, { throwIfNoEntry: false })
  return found === undefined ? 'faultline.db' : join(dirname(path), 'faultline.db')
}
