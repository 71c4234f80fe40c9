// Exit codes and how errors are told: a wrong use in one sentence, a broken program with its stack when asked.
import type { CommanderError } from 'commander'
import { FaultlineError } from '../model/index.ts'
import { say } from './terminal.ts'

export const EXIT = { fine: 0, internal: 1, usage: 2, gated: 3, partial: 4, interrupted: 130 } as const

/** Tells the error and gives the exit code it means. */
export function tell(error: unknown): number {
  if (isCommander(error)) return error.exitCode === 0 ? EXIT.fine : EXIT.usage
  if (error instanceof FaultlineError) {
    say(`faultline: ${error.message}`)
    if (error.hint !== null) say(`hint: ${error.hint}`)
    return EXIT.usage
  }
  say(`faultline: internal error: ${error instanceof Error ? error.message : String(error)}`)
  if (process.env.FAULTLINE_DEBUG && error instanceof Error) say(error.stack ?? '')
  else say('hint: run it again with FAULTLINE_DEBUG=1 to see where it happened.')
  return EXIT.internal
}

/** Told by commander itself; known by its code, so that the version is told without loading it. */
function isCommander(error: unknown): error is CommanderError {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('commander.')
}
