// Where rules come from: the shipped pattern files and those a person names, read, parsed and joined.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { formatProblem, type Problem, parseRules } from './language/index.ts'
import { FaultlineError, type RuleSet } from './model/index.ts'

export interface RuleSelection {
  /** Pattern files or folders of them, beside the shipped ones. */
  readonly paths: readonly string[]
  readonly shipped: boolean
}

export interface LoadedRules {
  readonly rules: RuleSet
  /** Names and hash: `shipped 1a2b3c4d`. */
  readonly name: string
  readonly problems: readonly Problem[]
  /** Text of every file, for carets under problems. */
  readonly texts: ReadonlyMap<string, string>
}

const SHIPPED = fileURLToPath(new URL('../grammars/', import.meta.url))

/** Reads and parses; problems are given back, not thrown. @throws FaultlineError `not-found` for a path that is none */
export async function readRules(selection: RuleSelection): Promise<LoadedRules> {
  const shipped = selection.shipped ? patternFiles(SHIPPED).map((path) => file(path, path.slice(SHIPPED.length))) : []
  const own = selection.paths.flatMap(patternFiles).map((path) => file(path, path))
  const files = [...shipped, ...own]
  const { rules, problems } = await parseRules(files)
  const hash = createHash('sha256')
  for (const { text } of files) hash.update(text).update('\0')
  const origin = [...(selection.shipped ? ['shipped'] : []), ...selection.paths].join(' + ')
  const texts = new Map(files.map(({ file, text }) => [file, text]))
  return { rules, name: `${origin || 'none'} ${hash.digest('hex').slice(0, 8)}`, problems, texts }
}

/** Rules to analyse with. @throws FaultlineError `bad-grammar`, with every error and its place */
export async function loadRules(selection: RuleSelection): Promise<LoadedRules> {
  const loaded = await readRules(selection)
  const errors = loaded.problems.filter((problem) => problem.severity === 'error')
  if (errors.length === 0) return loaded
  const said = errors.map((problem) => formatProblem(problem, loaded.texts.get(problem.file) ?? ''))
  throw new FaultlineError('bad-grammar', said.join('\n\n'))
}

function patternFiles(path: string): string[] {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory()
  if (isFolder === undefined) throw new FaultlineError('not-found', `There is no pattern file or folder ${path}.`)
  if (!isFolder) return [path]
  return readdirSync(path)
    .filter((name) => name.endsWith('.fault'))
    .sort()
    .map((name) => join(path, name))
}

function file(path: string, label: string): { file: string; text: string } {
  return { file: label, text: readFileSync(path, 'utf8') }
}
