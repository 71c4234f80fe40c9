// Where rules come from: the shipped pattern files, compiled ahead by the build, and those a person names.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Problem } from './language/index.ts'
import { type Example, FaultlineError, type RuleSet } from './model/index.ts'

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
  /** Text of a file, for carets under problems. */
  readonly textOf: (file: string) => string
  /** Files that were named, as problems call them. */
  readonly named: ReadonlySet<string>
}

interface PatternText {
  readonly file: string
  readonly bytes: Buffer
  readonly isNamed: boolean
}

/** The shipped rules as data, and of which text they were made. Their examples lie beside them: an analysis needs none. */
interface CompiledRules {
  readonly hash: string
  readonly rules: Omit<RuleSet, 'examples'>
  readonly problems: readonly Problem[]
}

const SHIPPED = fileURLToPath(new URL('../grammars/', import.meta.url))
const COMPILED = fileURLToPath(new URL('./shipped-rules.json', import.meta.url))
const EXAMPLES = fileURLToPath(new URL('./shipped-examples.json', import.meta.url))

/** Reads and parses; problems are given back, not thrown. @throws FaultlineError `not-found` for a path that is none */
export async function readRules(selection: RuleSelection): Promise<LoadedRules> {
  const files = filesOf(selection)
  const hash = hashOf(files)
  const isShippedAlone = selection.shipped && selection.paths.length === 0
  const { rules, problems } = (isShippedAlone ? compiledRules(hash) : null) ?? (await parsed(files))
  const textOf = (file: string) => String(files.find((one) => one.file === file)?.bytes ?? '')
  const named = new Set(files.filter(({ isNamed }) => isNamed).map(({ file }) => file))
  return { rules, name: nameOf(selection, hash), problems, textOf, named }
}

/** What the rules of a selection are called, without reading their meaning. */
export function rulesName(selection: RuleSelection): string {
  return nameOf(selection, hashOf(filesOf(selection)))
}

/** A shipped file that is named as well is read once. */
function filesOf({ shipped, paths }: RuleSelection): PatternText[] {
  const named = paths.flatMap(patternFiles)
  const places = new Set(named.map((path) => resolve(path)))
  const ours = shipped ? patternFiles(SHIPPED).filter((path) => !places.has(path)) : []
  return [
    ...ours.map((path) => ({ file: path.slice(SHIPPED.length), bytes: readFileSync(path), isNamed: false })),
    ...named.map((path) => ({ file: path, bytes: readFileSync(path), isNamed: true })),
  ]
}

function nameOf({ shipped, paths }: RuleSelection, hash: string): string {
  const origin = [...(shipped ? ['shipped'] : []), ...paths].join(' + ')
  return `${origin || 'none'} ${hash.slice(0, 8)}`
}

/** Writes the shipped rules as data beside this file, so that no pattern text has to be parsed at start. */
export async function compileShipped(): Promise<void> {
  const files = filesOf({ shipped: true, paths: [] })
  const { rules, problems } = await parsed(files)
  const { Engine } = await import('./engine/index.ts')
  const literals = new Engine(rules).literals()
  const { examples, ...asked } = rules
  const compiled: CompiledRules = { hash: hashOf(files), rules: { ...asked, literals }, problems }
  writeFileSync(COMPILED, inAscii(compiled))
  writeFileSync(EXAMPLES, inAscii(examples))
}

/** JSON that is read as bytes: V8 takes twice the room for a text with one sign beyond. */
function inAscii(value: unknown): string {
  return JSON.stringify(value).replace(/[^\0-~]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** The language and the readers of logs are loaded only where pattern text is read. */
async function parsed(files: readonly PatternText[]) {
  const [{ FORMATS }, { parseRules }] = await Promise.all([import('./logs/index.ts'), import('./language/index.ts')])
  const texts = files.map(({ file, bytes }) => ({ file, text: String(bytes) }))
  return parseRules(texts, { formats: FORMATS.map(({ name }) => name) })
}

/** The data of the build; null where there is none or the pattern text has changed since. */
function compiledRules(hash: string): { readonly rules: RuleSet; readonly problems: readonly Problem[] } | null {
  if (!existsSync(COMPILED)) return null
  const { rules, problems, hash: made }: CompiledRules = JSON.parse(readFileSync(COMPILED, 'latin1'))
  return made === hash ? { rules: withExamples(rules), problems } : null
}

/** They are read when somebody asks for them. */
function withExamples(rules: CompiledRules['rules']): RuleSet {
  let read: readonly Example[] | null = null
  const examples = (): readonly Example[] => JSON.parse(readFileSync(EXAMPLES, 'latin1'))
  return {
    ...rules,
    get examples() {
      read ??= examples()
      return read
    },
  }
}

function hashOf(files: readonly PatternText[]): string {
  const hash = createHash('sha256')
  for (const { bytes } of files) hash.update(bytes).update('\0')
  return hash.digest('hex')
}

/** Rules to analyse with. @throws FaultlineError `bad-grammar`, with every error and its place */
export async function loadRules(selection: RuleSelection): Promise<LoadedRules> {
  const loaded = await readRules(selection)
  const errors = loaded.problems.filter((problem) => problem.severity === 'error')
  if (errors.length === 0) return loaded
  const { formatProblem } = await import('./language/index.ts')
  const said = errors.map((problem) => formatProblem(problem, loaded.textOf(problem.file)))
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
