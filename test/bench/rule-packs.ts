// The shipped rules in several sizes, as pattern files: what more rules cost.
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { FOLDER } from './inputs.ts'

const GRAMMARS = fileURLToPath(new URL('../../grammars/', import.meta.url))
const SIXTY = 60
/** Families that together are about sixty rules, with what they ask for of others. */
const FAMILIES = new Set(['network', 'database', 'tls', 'upstream'])

export interface RulePack {
  readonly path: string
  readonly rules: number
}

/** A signal, meter or cause: explanations name causes of other families, and packs do without. */
interface Rule {
  readonly kind: string
  readonly name: string
  readonly family: string
  readonly text: string
}

function rulesIn(file: string): Rule[] {
  const family = file.replace(/\.fault$/, '')
  return readFileSync(join(GRAMMARS, file), 'utf8')
    .split(/^(?=[a-z]+ )/m)
    .flatMap((text) => {
      const [, kind, name] = /^(signal|meter|cause) ([\w.-]+)/.exec(text) ?? []
      return kind === undefined || name === undefined ? [] : { kind, name, family, text }
    })
}

/** The rule and what it asks for, and what that asks for. */
function withNeeds(rule: Rule, all: readonly Rule[], found: Set<Rule>): void {
  if (found.has(rule)) return
  found.add(rule)
  const words = new Set(rule.text.match(/[\w-]+/g))
  for (const one of all) if (one.kind !== 'cause' && words.has(one.name)) withNeeds(one, all, found)
}

/** Causes at equal steps through all families, with what they ask for: about sixty rules. */
function evenly(all: readonly Rule[]): ReadonlySet<Rule> {
  const causes = all.filter(({ kind }) => kind === 'cause')
  for (let count = 1; ; count++) {
    const found = new Set<Rule>()
    for (let index = 0; index < count; index++) {
      const cause = causes[Math.floor((index * causes.length) / count)]
      if (cause !== undefined) withNeeds(cause, all, found)
    }
    if (found.size >= SIXTY || count === causes.length) return found
  }
}

function packOf(name: string, rules: readonly Rule[]): RulePack {
  const path = join(FOLDER, `rules-${name}`)
  rmSync(path, { recursive: true, force: true })
  mkdirSync(path, { recursive: true })
  writeFileSync(join(path, 'rules.fault'), rules.map(({ text }) => text).join(''))
  return { path, rules: rules.length }
}

export type PackName = 'all' | 'families' | 'even'

export function rulePacks(): Readonly<Record<PackName, RulePack>> {
  const all = globSync('*.fault', { cwd: GRAMMARS }).sort().flatMap(rulesIn)
  const even = evenly(all)
  const families = new Set<Rule>()
  for (const rule of all) if (FAMILIES.has(rule.family)) withNeeds(rule, all, families)
  return {
    all: packOf('all', all),
    families: packOf(
      'families',
      all.filter((rule) => families.has(rule)),
    ),
    even: packOf(
      'even',
      all.filter((rule) => even.has(rule)),
    ),
  }
}
