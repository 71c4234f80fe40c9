// Settings: options that a file or the environment may give as well, and what their values look like there.
import { FaultlineError } from '../model/index.ts'

/** Values as an option is given them on the command line; a flag is true or false. */
export type SettingValue = string | boolean | readonly string[]

interface Setting {
  readonly kind: 'text' | 'number' | 'flag' | 'list'
  /** Its values are paths: relative to the file that states them. */
  readonly isPath?: true
  /** Something is written there. */
  readonly isWritten?: true
}

/** By the long name of the option; in the environment `FAULTLINE_MAX_BYTES`. */
export const SETTINGS: Readonly<Record<string, Setting>> = {
  store: { kind: 'text', isPath: true, isWritten: true },
  tz: { kind: 'text' },
  year: { kind: 'number' },
  jobs: { kind: 'number' },
  color: { kind: 'text' },
  quiet: { kind: 'flag' },
  grammar: { kind: 'list', isPath: true },
  shipped: { kind: 'flag' },
  'fail-on': { kind: 'list' },
  'allow-partial': { kind: 'flag' },
  'max-bytes': { kind: 'number' },
  'pseudonym-key': { kind: 'text', isPath: true },
}

/** The value of a setting as JSON states it. @throws FaultlineError `bad-config` */
export function settingOfJson(name: string, value: unknown): SettingValue {
  const kind = SETTINGS[name]?.kind
  if (kind === 'flag' && typeof value === 'boolean') return value
  if (kind === 'text' && typeof value === 'string') return value
  if (kind === 'number' && typeof value === 'number') return String(value)
  if (kind === 'list' && typeof value === 'string') return [value]
  if (kind === 'list' && Array.isArray(value) && value.every((one) => typeof one === 'string')) return value
  const wanted = { text: 'a text', number: 'a number', flag: 'true or false', list: 'a text or a list of texts' }
  throw new FaultlineError('bad-config', `The setting ${name} takes ${wanted[kind ?? 'text']}.`)
}

/** As the environment states it: lists are parted by commas. @throws FaultlineError `bad-config` */
export function settingOfText(name: string, text: string): SettingValue {
  switch (SETTINGS[name]?.kind) {
    case 'flag':
      return flagOf(name, text)
    case 'list':
      return text.split(',').filter((part) => part !== '')
    default:
      return text
  }
}

function flagOf(name: string, text: string): boolean {
  if (/^(?:1|true|yes|on)$/i.test(text)) return true
  if (/^(?:0|false|no|off)$/i.test(text)) return false
  throw new FaultlineError('bad-config', `The setting ${name} takes 1 or 0, not “${text}”.`)
}

/** `FAULTLINE_FAIL_ON` for `fail-on`. */
export function variableOf(name: string): string {
  return `FAULTLINE_${name.toUpperCase().replaceAll('-', '_')}`
}
