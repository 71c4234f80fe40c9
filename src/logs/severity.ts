// Words and numbers that logs use for a severity.
import type { Severity } from '../model/index.ts'

// biome-ignore format: a table
const WORDS: Readonly<Record<string, Severity>> = {
  trace: 'trace', trc: 'trace', trce: 'trace', verbose: 'trace', vrb: 'trace', finest: 'trace', finer: 'trace', silly: 'trace', spam: 'trace',
  debug: 'debug', ddebug: 'debug', subdebug: 'debug', dbg: 'debug', dbug: 'debug', fine: 'debug', debug1: 'debug', debug2: 'debug', debug3: 'debug', debug4: 'debug', debug5: 'debug',
  info: 'info', inf: 'info', information: 'info', informational: 'info', notice: 'info', note: 'info', ntc: 'info', log: 'info', statement: 'info',
  config: 'info', hint: 'info', success: 'info', system: 'info', http: 'info', normal: 'info', default: 'info',
  warn: 'warn', warning: 'warn', wrn: 'warn', warnning: 'warn', warni: 'warn', caution: 'warn', medium: 'warn',
  error: 'error', err: 'error', eror: 'error', severe: 'error', failure: 'error', fail: 'error', crit: 'error', critical: 'error', criti: 'error', crt: 'error',
  alert: 'error', high: 'error',
  fehler: 'error', schwerwiegend: 'error', erreur: 'error', grave: 'error', erro: 'error', errore: 'error', warnung: 'warn', avertissement: 'warn',
  advertencia: 'warn', aviso: 'warn', avviso: 'warn', infos: 'info', hinweis: 'info',
  fatal: 'fatal', ftl: 'fatal', panic: 'fatal', pnc: 'fatal', emerg: 'fatal', emergency: 'fatal', emrg: 'fatal', dpanic: 'fatal',
}
// biome-ignore format: a table
const LETTERS: Readonly<Record<string, Severity>> = {
  T: 'trace', V: 'trace', D: 'debug', I: 'info', N: 'info', W: 'warn', E: 'error', C: 'error', A: 'error', F: 'fatal', P: 'fatal',
}
/** RFC 5424 section 6.2.1, numbers 0 to 7. */
const SYSLOG: readonly Severity[] = ['fatal', 'error', 'error', 'error', 'warn', 'info', 'info', 'debug']

/** `WARN`, `Warning`, `[E]` without its brackets. */
export function severityOf(word: string): Severity | null {
  return WORDS[word.toLowerCase()] ?? null
}

/** `W` of glog, Rails or Redpanda. */
export function severityOfLetter(letter: string): Severity | null {
  return LETTERS[letter] ?? null
}

/** 0 to 7 of syslog; null beyond. */
export function severityOfSyslog(level: number): Severity | null {
  return SYSLOG[level] ?? null
}

/** 10 to 60 of bunyan and pino. */
export function severityOfPino(level: number): Severity | null {
  const names: readonly Severity[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal']
  return level >= 10 && level < 70 ? (names[Math.floor(level / 10) - 1] ?? null) : null
}
