// Runs `faultline completion`: the script of a shell, from the verbs and options as they are.
import type { Command } from 'commander'
import { bash } from '../completion/bash.ts'
import { fish } from '../completion/fish.ts'
import { placesOf } from '../completion/words.ts'
import { zsh } from '../completion/zsh.ts'
import { print } from '../terminal.ts'

export const SCRIPTS = { bash, fish, zsh } as const

export async function run(shell: keyof typeof SCRIPTS, program: Command): Promise<void> {
  await print(SCRIPTS[shell](placesOf(program)))
}
