// Runs `faultline verify`.
import { openStore } from '../../store/index.ts'
import { verify } from '../../verify.ts'
import { EXIT } from '../exit.ts'
import type { CommonOptions } from '../options.ts'
import { print, say } from '../terminal.ts'

export interface VerifyOptions extends CommonOptions {
  readonly store: string
  readonly bundle?: string
}

export async function run(paths: readonly string[], options: VerifyOptions): Promise<void> {
  const store = openStore(options.store)
  const { analysis } = store.report(options.bundle)
  store.close()
  const result = await verify(analysis, paths.length === 0 ? analysis.bundle.paths : paths)
  for (const { path, where, reason } of result.broken) await print(`${path}${where}: ${reason}`)
  say(`${result.confirmed} quotations confirmed, ${result.broken.length} not`)
  if (result.broken.length > 0) process.exitCode = EXIT.internal
}
