// The literals of the shipped rules, as ripgrep reads them.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Engine } from '../../src/engine/index.ts'
import type { Literal } from '../../src/model/index.ts'
import { readRules } from '../../src/rules.ts'
import { FOLDER } from './inputs.ts'

/** What the scanner is given in an analysis with the shipped rules; rules with a mistake are left out here. */
export async function shippedLiterals(): Promise<readonly Literal[]> {
  return new Engine((await readRules({ paths: [], shipped: true })).rules).literals()
}

/** One a line, all with case: that is the easier work, and it is the peer's. */
export function writeLiterals(literals: readonly Literal[]): string {
  mkdirSync(FOLDER, { recursive: true })
  const path = join(FOLDER, 'literals.txt')
  writeFileSync(path, literals.map(({ text }) => `${text}\n`).join(''))
  return path
}
