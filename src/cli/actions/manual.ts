// Runs `faultline manual`: the page from the verbs and options as they are.
import type { Command } from 'commander'
import { manualPage } from '../manual.ts'
import { output } from '../terminal.ts'
import { version } from '../version.ts'

export async function run(program: Command, path: string | undefined): Promise<void> {
  await output(path, manualPage({ program, version: version() }))
}
