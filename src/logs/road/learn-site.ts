// Learns from one line that was read where those of its format keep time, level and status.
import type { RequestShape } from '../../model/index.ts'
import type { Answer } from '../assemble.ts'
import type { Line } from '../line.ts'
import type { Reading } from '../reading.ts'
import { isFailing } from '../repeats.ts'
import { readStamp } from '../time/read-stamp.ts'
import { PRIORITY } from './level-at.ts'
import { levelOffset } from './level-words.ts'
import { type AccessSite, HEADERS_WITHOUT_LEVEL, type Site, siteOf } from './site.ts'

/** The name or signs right before a time, which stay the same where values before them vary. */
const ANCHOR = /(?:"[\w@.-]+"\s*:\s*"?|[A-Za-z_]+="?|[^A-Za-z0-9]{1,4})$/
const DURATION = /[ "](?:rt|request_time|req_time|duration|reqtime)=/

/** What the next lines can be skimmed by; null where this one tells nothing that bytes could show. */
export function learn(line: Line, { format, read, reading }: Answer, before: Site | null): Site | null {
  const { stamp } = reading
  if (stamp === null || stamp.uptime || stamp.seconds <= stamp.start || stamp.lacks === 'date') return null
  const key = line.raw.slice(stamp.start, stamp.seconds)
  if (key !== line.text.slice(stamp.start, stamp.seconds) || /[^ -~]/.test(line.raw.slice(0, stamp.start))) return null
  const { measure } = read
  const measured = measure === undefined ? null : { durationKey: '', measure, shape: null }
  const access = reading.request === null ? null : (measured ?? accessSite(line.raw, reading))
  if (access === null && (reading.request !== null || measure !== undefined)) return null
  const anchor = Buffer.from(ANCHOR.exec(line.raw.slice(0, stamp.start))?.[0] ?? '', 'latin1')
  const priority = PRIORITY.exec(line.raw)?.[0].length ?? 0
  const level = priority > 0 ? -1 : levelOffset(line.raw, reading.severity)
  const isShown = level >= 0 || priority > 0 || HEADERS_WITHOUT_LEVEL.has(format.name)
  if (reading.severity !== null && access === null && !isShown) return null
  return siteOf({
    offset: stamp.start,
    key: Buffer.from(key, 'latin1'),
    behind: stamp.seconds < line.raw.length ? line.raw.charCodeAt(stamp.seconds) : 10,
    anchor,
    spaces: line.raw.slice(0, stamp.start).split(' ').length - 1,
    level,
    priority,
    columns: before?.name === format.name ? columnsOf(level, before) : columnsOf(level, null),
    access,
    name: format.name,
    header: format.frame === 'header',
    isAlone: format.alone === true,
    isUtc: stamp.zoned && stamp.offset === 0 && readStamp(line.raw, stamp.start)?.zoned === false,
  })
}

const COLUMNS = 16

function columnsOf(level: number, before: Site | null): readonly number[] {
  const others = before?.columns.filter((column) => column !== level) ?? []
  return level < 0 ? others : [level, ...others].slice(0, COLUMNS)
}

/** Lines in the common order can be skimmed, if their duration has a name or there is none. */
function accessSite(raw: string, reading: Reading): AccessSite | null {
  if (raw.charCodeAt((reading.stamp?.start ?? 0) - 1) !== 91 || !/\] "[^"\\]*" \d{3} /.test(raw)) return null
  const key = DURATION.exec(raw)?.[0] ?? ''
  if (reading.request?.duration !== null && key === '') return null
  return { durationKey: key, shape: shapeOf(raw.slice(0, reading.stamp?.start), key) }
}

const NOTHING = new Uint8Array()

function shapeOf(front: string, durationKey: string): RequestShape {
  const words = front
    .split(' ')
    .slice(1)
    .map(() => 'word' as const)
  const seconds = durationKey === '' ? [] : (['seconds'] as const)
  const steps = [...words, 'same', 'quoted', 'status', ...seconds] as const
  return { sign: NOTHING, steps, key: Buffer.from(durationKey), isLeft: isFailing }
}
