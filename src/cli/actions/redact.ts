// Runs `faultline redact`.
import { existsSync, realpathSync } from 'node:fs'
import { keepMemorySmall } from '../../memory.ts'
import { FaultlineError } from '../../model/index.ts'
import { redactBundle } from '../../redact.ts'
import type { CommonOptions } from '../options.ts'
import { keyBeside, readKey } from '../pseudonym-key.ts'
import { defaultStore } from '../store-path.ts'
import { say } from '../terminal.ts'

export interface RedactOptions extends CommonOptions {
  readonly output: string
  readonly profile: 'strict' | 'internal'
  readonly store?: string
  readonly pseudonymKey?: string
}

export async function run(paths: readonly string[], options: RedactOptions): Promise<void> {
  keepMemorySmall()
  refuse(paths, options.output)
  const interrupt = new AbortController()
  process.once('SIGINT', () => interrupt.abort())
  const { profile, output } = options
  const key =
    options.pseudonymKey === undefined
      ? keyBeside(`${options.store ?? defaultStore(paths)}.key`)
      : readKey(options.pseudonymKey)
  const result = await redactBundle({ paths, output, profile, key, interrupt: interrupt.signal })
  for (const { source, detail } of result.notices) say(`${source}: ${detail}`)
  if (options.quiet === true) return
  const counts = Object.entries(result.counts).map(([name, count]) => `${count} ${name}`)
  say(`${result.members} members, redacted (${profile}): ${counts.join(', ') || 'nothing had to be taken out'}`)
}

/** The bundle is read twice, and never written over. */
function refuse(paths: readonly string[], output: string): void {
  if (paths.includes('-'))
    throw new FaultlineError('no-input', 'A bundle is redacted in two passes, which stdin does not allow.', {
      hint: 'Save it to a file first.',
    })
  if (output === '-') throw new FaultlineError('no-output', 'Give -o a file: an archive is written whole.')
  const isInput =
    existsSync(output) && paths.some((path) => existsSync(path) && realpathSync(path) === realpathSync(output))
  if (isInput) throw new FaultlineError('same-file', `${output} is the bundle itself: give -o another file.`)
}
