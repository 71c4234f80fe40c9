// Where a text shows the word of its level.
import type { Severity } from '../../model/index.ts'
import { severityOf, severityOfPino } from '../severity.ts'
import type { Span } from '../within.ts'

const WORDS =
  'TRACE|TRC|VERBOSE|VRB|DEBUG|DBG|INFO|INF|INFORMATION|NOTICE|WARN|WARNING|WRN|ERROR|ERR|SEVERE|CRIT|CRITICAL|ALERT|FATAL|FTL|PANIC|EMERG'
const LEVELS = new RegExp(`\\b(?:${WORDS}|LOG)\\b`, 'gi')
/** What stands in the level's place where a line goes on with the one before, as PostgreSQL writes it. */
const FURTHER = '(?:DETAIL|HINT|STATEMENT|CONTEXT|QUERY|LOCATION)(?=:  )'
export const GOES_ON = new RegExp(`^${FURTHER}`)
const LEVEL = new RegExp(`\\b(?:${WORDS}|LOG(?=:)|${FURTHER})\\b|"level":\\d0`, 'i')
/** First bytes of a word by which levels are told apart. */
export const LEVEL_BYTES = 4
/** Levels further into a line are not looked for. */
const LEVEL_WITHIN = 200
const PINO = /"level":(\d0)\b/

/** Where the word stands that says how bad it is; -1 where none does. */
export function levelOffset(raw: string, severity: Severity | null): number {
  if (severity === null) return -1
  const pino = PINO.exec(raw)
  if (pino !== null && severityOfPino(Number(pino[1])) === severity) return pino.index + 8
  for (const found of raw.slice(0, LEVEL_WITHIN).matchAll(LEVELS))
    if (severityOf(found[0]) === severity) return found.index
  return -1
}

/** Whether a line shows no word that could be its level or stand in its place. */
export function isLevelless({ bytes, from, to }: Span): boolean {
  return !LEVEL.test(bytes.toString('latin1', from, Math.min(to, from + LEVEL_WITHIN)))
}
