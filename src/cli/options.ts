// Options several verbs share, and how their texts become meaning.
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { RuleSelection } from '../rules.ts'
import type { ColorChoice } from './terminal.ts'

/** Formats of rows, as the report trade renders them. */
export const ROW_FORMATS = ['table', 'json', 'csv', 'markdown'] as const
export type RowFormat = (typeof ROW_FORMATS)[number]

export interface CommonOptions {
  readonly color: ColorChoice
  readonly quiet?: boolean
}

export interface GrammarOptions {
  readonly grammar: readonly string[]
  readonly shipped: boolean
}

export function withGrammar(command: Command): Command {
  return command
    .addOption(repeatable('--grammar <path>', 'also use this pattern file or folder (repeatable)'))
    .option('--no-shipped', 'do not use the shipped patterns')
}

export function withCommon(command: Command): Command {
  return command
    .addOption(new Option('--color <when>', 'colours').choices(['auto', 'always', 'never']).default('auto'))
    .option('-q, --quiet', 'say nothing but the result')
}

const EXAMPLES = new WeakMap<Command, readonly string[]>()

/** What is typed most, before anything is explained. */
export function withExamples(command: Command, lines: readonly string[]): Command {
  EXAMPLES.set(command, lines)
  return command.addHelpText('before', ['Examples:', ...lines.map((line) => `  ${line}`), ''].join('\n'))
}

export function examplesOf(command: Command): readonly string[] {
  return EXAMPLES.get(command) ?? []
}

export function ruleSelection(options: GrammarOptions): RuleSelection {
  return { paths: options.grammar, shipped: options.shipped }
}

/** An option that may be given several times; help says nothing of an empty list. */
export function repeatable(flags: string, description: string): Option {
  return new Option(flags, description).argParser(collect).default([], 'none')
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value]
}

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 }

/**
 * RFC 3339 or a prefix of it, in UTC where no zone is said; `-2h` is two hours before now, with s, m, h, d or w.
 * Microseconds.
 */
export function instant(text: string): number {
  const [, count = '', unit = ''] = /^-(\d{1,6})([smhdw])$/.exec(text) ?? []
  if (unit !== '') return (Date.now() - Number(count) * (SECONDS[unit] ?? 0) * 1000) * 1000
  const whole = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text.replace(' ', 'T')
  const milliseconds = Date.parse(/(Z|[+-]\d{2}:?\d{2})$/.test(whole) ? whole : `${whole}Z`)
  if (Number.isNaN(milliseconds))
    throw new InvalidArgumentError('Give a time like 2025-03-01T10:00:00Z, or one before now like -2h.')
  return milliseconds * 1000
}

export function jobs(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1 || value > 64) throw new InvalidArgumentError('Give a number from 1 to 64.')
  return value
}

export function year(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1970 || value > 2255) throw new InvalidArgumentError('Give a year like 2025.')
  return value
}

/** `UTC`, an offset like +02:00, or an IANA name. */
export function zone(text: string): string {
  if (/^[+-]\d{2}:?\d{2}$/.test(text)) return text
  try {
    new Intl.DateTimeFormat('en', { timeZone: text })
    return text
  } catch {
    throw new InvalidArgumentError('Give UTC, an offset like +02:00, or a name like Europe/Berlin.')
  }
}
