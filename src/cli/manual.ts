// The manual page in roff (man(7)), from the verbs and options as they are.
import type { Command } from 'commander'
import { examplesOf } from './options.ts'
import { SETTINGS, variableOf } from './settings.ts'

interface Page {
  readonly program: Command
  readonly version: string
}

/** `faultline.1`, as `man` reads it. */
export function manualPage({ program, version }: Page): string {
  const verbs = verbsOf(program)
  const parts = [
    `.TH FAULTLINE 1 "" "faultline ${version}" "User Commands"`,
    section('NAME', 'faultline \\- finds what broke first in a support bundle'),
    section('SYNOPSIS', ...verbs.flatMap(({ path, command }) => synopsis(path, command))),
    section('DESCRIPTION', escaped(program.description()), ...PARAGRAPHS),
    section('EXAMPLES', ...examples(program)),
    section('VERBS', ...verbs.flatMap(({ path, command }) => verb(path, command))),
    section('GENERAL OPTIONS', ...optionsOf(program)),
    section('EXIT STATUS', ...EXIT_STATUS.flatMap(([code, says]) => ['.TP', `.B ${code}`, escaped(says)])),
    section('ENVIRONMENT', ...environment()),
    section('FILES', ...FILES.flatMap(([path, says]) => ['.TP', `.I ${escaped(path)}`, escaped(says)])),
  ]
  return `${parts.join('\n')}\n`
}

const PARAGRAPHS: readonly string[] = [
  'Data goes to standard output, everything said about it to standard error. Nothing leaves the machine but by',
  '.B attach\\fR,',
  'and this only when typed.',
]

const EXIT_STATUS: readonly (readonly [number, string])[] = [
  [0, 'Done, and all input was read.'],
  [1, 'Internal error, or a quotation that verify could not confirm.'],
  [2, 'Wrong use: options, patterns, SQL, settings, a path that is not there, a redaction that is not complete.'],
  [3, '--fail-on is met.'],
  [4, 'Analysed, but part of the input could not be read.'],
  [130, 'Interrupted; what was found is kept.'],
]

const FILES: readonly (readonly [string, string])[] = [
  ['faultline.db', 'The store: a plain SQLite file, beside the bundle or in the working folder.'],
  ['faultline.db.key', 'The key of the names that redaction gives. It never leaves the machine.'],
  ['faultline.config.json', 'Settings of a project, in the working folder.'],
  ['$XDG_CONFIG_HOME/faultline/config.json', 'Your own settings.'],
]

interface Verb {
  readonly path: string
  readonly command: Command
}

/** The verbs that do something: `grammar check`, not `grammar`. */
function verbsOf(command: Command, before: readonly string[] = []): Verb[] {
  return command.commands.flatMap((one) => {
    const path = [...before, one.name()]
    return one.commands.length > 0 ? verbsOf(one, path) : [{ path: path.join(' '), command: one }]
  })
}

function section(title: string, ...lines: readonly string[]): string {
  return [`.SH ${title}`, ...lines].join('\n')
}

function synopsis(path: string, command: Command): string[] {
  const given = command.usage().replace('[options]', '').trim()
  return [`.B faultline ${escaped(path)}`, ...(given === '' ? [] : [`.I ${escaped(given)}`]), '.br']
}

function verb(path: string, command: Command): string[] {
  const usage = escaped(command.usage())
  return [
    `.SS "${escaped(path)}"`,
    `.B faultline ${escaped(path)} \\fR${usage}`,
    '.PP',
    sentence(command.description()),
    ...command.registeredArguments
      .filter((one) => one.description !== '')
      .flatMap((one) => ['.TP', `.I ${escaped(one.name())}`, sentence(one.description)]),
    ...optionsOf(command),
    ...examples(command),
  ]
}

function optionsOf(command: Command): string[] {
  const help = command.createHelp()
  return help.visibleOptions(command).flatMap((option) => {
    return ['.TP', `.B ${escaped(help.optionTerm(option))}`, sentence(help.optionDescription(option))]
  })
}

function examples(command: Command): string[] {
  const lines = examplesOf(command)
  return lines.length === 0 ? [] : ['.PP', '.nf', ...lines.map(escaped), '.fi']
}

function environment(): string[] {
  const settings = Object.keys(SETTINGS).flatMap((name) => [
    '.TP',
    `.B ${variableOf(name)}`,
    escaped(`As --${name}; less than what is typed, more than a file of settings.`),
  ])
  const others = OTHERS.flatMap(([name, says]) => ['.TP', `.B ${name}`, escaped(says)])
  return [...settings, ...others]
}

const OTHERS: readonly (readonly [string, string])[] = [
  ['FAULTLINE_CONFIG', 'The file of settings to read instead of the usual ones; - for standard input.'],
  ['NO_COLOR, FORCE_COLOR', 'No colours, or colours even where standard output is no terminal.'],
  ['FAULTLINE_DEBUG', 'Set to 1, shows where an internal error happened.'],
]

function sentence(text: string): string {
  const first = text.charAt(0).toUpperCase() + text.slice(1)
  return escaped(/[.!?]$/.test(first) ? first : `${first}.`)
}

/** Backslashes, hyphens that are typed, and a line that would begin a request. */
function escaped(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^([.'])/, '\\&$1')
}
