// Where settings come from: the environment, a project's file, a person's file; options typed count more than all of them.
import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, isAbsolute, join, relative, resolve } from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import { FaultlineError } from '../model/index.ts'
import { SETTINGS, type SettingValue, settingOfJson, settingOfText, variableOf } from './settings.ts'

const PROJECT_FILE = 'faultline.config.json'
type Settings = ReadonlyMap<string, SettingValue>

export interface ConfiguredWords {
  readonly words: readonly string[]
  /** What was typed behind `--config`. */
  readonly config: string | undefined
}

/** Takes `--config FILE` out of the words, wherever it stands before `--`. @throws FaultlineError `bad-config` */
export function withoutConfig(argv: readonly string[]): ConfiguredWords {
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length
  const at = argv.findIndex((word, index) => index < end && /^--config(?:=|$)/.test(word))
  const word = argv[at]
  if (word === undefined) return { words: argv, config: undefined }
  const isJoined = word.includes('=')
  const config = isJoined ? word.slice(word.indexOf('=') + 1) : argv[at + 1]
  if (config === undefined || config === '')
    throw new FaultlineError('bad-config', '--config takes a file, or - for stdin.')
  return { words: argv.toSpliced(at, isJoined ? 1 : 2), config }
}

/** All settings, those that count more over the others. @throws FaultlineError `bad-config` `not-readable` */
export function readSettings(config: string | undefined): Settings {
  const named = config ?? process.env.FAULTLINE_CONFIG
  const files = named === undefined || named === '' ? [...userSettings(), ...projectSettings()] : ofFile(named)
  return new Map([...files, ...ofEnvironment()])
}

function userSettings(): Settings {
  const base = process.env.XDG_CONFIG_HOME
  const folder = base !== undefined && isAbsolute(base) ? base : join(homedir(), '.config')
  const path = join(folder, 'faultline', 'config.json')
  return existsSync(path) ? ofFile(path) : new Map()
}

/** It may have come with somebody else's bundle: it does not say that something is written elsewhere. */
function projectSettings(): Settings {
  if (!existsSync(PROJECT_FILE)) return new Map()
  const settings = ofFile(PROJECT_FILE)
  for (const [name, value] of settings) {
    const way = typeof value === 'string' && SETTINGS[name]?.isWritten === true ? relative('.', value) : ''
    if (way.startsWith('..') || isAbsolute(way))
      throw new FaultlineError('bad-config', `${PROJECT_FILE}: ${name} leads out of this folder.`, {
        hint: `Give it as --${name}, or in a file of your own.`,
      })
  }
  return settings
}

function ofEnvironment(): Settings {
  return new Map(
    Object.keys(SETTINGS).flatMap((name) => {
      const text = process.env[variableOf(name)]
      return text === undefined || text === '' ? [] : [[name, settingOfText(name, text)] as const]
    }),
  )
}

function ofFile(path: string): Settings {
  const folder = path === '-' ? '.' : dirname(path)
  const found = parsed(path)
  return new Map(
    Object.entries(found).map(([name, value]) => {
      if (!Object.hasOwn(SETTINGS, name)) throw unknownKey(path, name)
      return [name, placed(name, settingOfJson(name, value), folder)]
    }),
  )
}

function parsed(path: string): object {
  try {
    const found: unknown = JSON.parse(readFileSync(path === '-' ? 0 : path, 'utf8'))
    if (typeof found === 'object' && found !== null && !Array.isArray(found)) return found
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new FaultlineError('bad-config', `Cannot read the configuration ${path}: ${reason}`, { cause })
  }
  throw new FaultlineError('bad-config', `${path}: a configuration is a JSON object.`)
}

function unknownKey(path: string, name: string): FaultlineError {
  const near = Object.keys(SETTINGS).find((known) => likeness(name, known) >= 0.5)
  const hint = near === undefined ? `Settings are: ${Object.keys(SETTINGS).join(', ')}.` : `Did you mean ${near}?`
  return new FaultlineError('bad-config', `${path}: there is no setting “${name}”.`, { hint })
}

/** Share of pairs of letters that two words have in common (Dice). */
function likeness(a: string, b: string): number {
  const pairs = (word: string) =>
    Array.from({ length: word.length - 1 }, (_, at) => word.slice(at, at + 2).toLowerCase())
  const [ofA, ofB] = [pairs(a), pairs(b)]
  return (2 * ofA.filter((pair) => ofB.includes(pair)).length) / Math.max(1, ofA.length + ofB.length)
}

/** Paths are relative to the file that states them. */
function placed(name: string, value: SettingValue, folder: string): SettingValue {
  if (folder === '.' || SETTINGS[name]?.isPath !== true || typeof value === 'boolean') return value
  return typeof value === 'string' ? resolve(folder, value) : value.map((one) => resolve(folder, one))
}

/** Gives every option of every verb that has a setting its value; what is typed then replaces it or adds to it. */
export function applySettings(command: Command, settings: Settings): void {
  for (const option of command.options) {
    const name = option.long?.replace(/^--(?:no-)?/, '') ?? ''
    const value = settings.get(name)
    if (value === undefined) continue
    const values = Array.isArray(value) ? value : [value]
    for (const one of values) {
      const before = command.getOptionValue(option.attributeName())
      const meant = typeof one === 'string' && option.parseArg !== undefined ? option.parseArg(one, before) : one
      command.setOptionValueWithSource(option.attributeName(), meant, 'config')
    }
  }
  for (const verb of command.commands) applySettings(verb, settings)
}

/** An option's own complaint about a value, with the setting it came from. */
export function asConfigError(error: unknown): unknown {
  return error instanceof InvalidArgumentError
    ? new FaultlineError('bad-config', `A setting has a value that its option refuses: ${error.message}`, {
        cause: error,
      })
    : error
}
