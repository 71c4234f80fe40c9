// The shipped rules in two sizes, as pattern files: what more rules cost.
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { FOLDER } from './inputs.ts'

const GRAMMARS = fileURLToPath(new URL('../../grammars/', import.meta.url))
/** Families that together are about sixty rules. */
const SOME = new Set(['network', 'database', 'tls', 'upstream'])

export interface RulePack {
  readonly path: string
  readonly rules: number
}

/** Signals, meters and causes; explanations name causes of other families, and both packs do without. */
function packOf(name: string, families: readonly string[]): RulePack {
  const path = join(FOLDER, `rules-${name}`)
  mkdirSync(path, { recursive: true })
  let rules = 0
  for (const family of families) {
    const blocks = readFileSync(join(GRAMMARS, `${family}.fault`), 'utf8').split(/^(?=[a-z]+ )/m)
    const kept = blocks.filter((block) => /^(?:signal|meter|cause) /.test(block))
    rules += kept.length
    writeFileSync(join(path, `${family}.fault`), kept.join(''))
  }
  return { path, rules }
}

export function rulePacks(): { readonly all: RulePack; readonly some: RulePack } {
  const families = globSync('*.fault', { cwd: GRAMMARS }).map((file) => basename(file, '.fault'))
  return {
    all: packOf('all', families),
    some: packOf(
      'some',
      families.filter((family) => SOME.has(family)),
    ),
  }
}
