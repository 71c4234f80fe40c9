// Which formats a source holds: told from its first bytes, so that each line is tried by the likeliest first.
import type { Served } from '../model/index.ts'
import { type Asked, askedOf } from './asked.ts'
import { FORMATS } from './catalogue.ts'
import { type LogFormat, type Opened, partsAtRest } from './format.ts'
import { journaldExport } from './formats/journald-export.ts'
import { kubernetesYaml } from './formats/kubernetes-yaml.ts'
import { stampedTrace } from './formats/stamped-trace.ts'
import { makeLine } from './line.ts'
import { lookOf } from './look.ts'
import { readFurther } from './nested.ts'
import type { Reading } from './reading.ts'
import { readStamp } from './time/read-stamp.ts'
import { type Stamp, wallMicros } from './time/stamp.ts'
import { type Telling, tellingIn } from './told/telling.ts'

export interface Recognised {
  /** In the order in which lines are tried; `plain` is the last and reads anything. */
  readonly formats: readonly Opened[]
  readonly plain: Opened
  /** Of the formats those that can read a line. */
  readonly asked: Asked
  /** Those that can read the message of another's line. */
  readonly within: Asked
  /** First time in the head that states its year. */
  readonly stated: number | null
  /** Times of uptime clocks that stand beside calendar times. */
  readonly anchor: { readonly uptime: number; readonly stamp: Stamp } | null
  readonly newline: 10 | 13
  /** Some lines of the head are requests written as JSON: they look like the others. */
  readonly requests: boolean
  /** Who answers the requests that the head shows. */
  readonly served: Served
  /** How its program tells of requests that it answered; null where the head shows none. */
  readonly telling: Telling | null
  /** Some format of the source must see every line. */
  readonly sequential: boolean
  /** The one format of which every line must be seen, where its lines wrap those of others. */
  readonly wrapper: LogFormat | null
  /** How lines begin that must be seen whatever they hold; null where there are none. */
  readonly heeds: LogFormat['heeds'] | null
  /** Some line of the head has a time, or the look of one program's records. */
  readonly reports: boolean
  /** Say who wrote a line, where some format of the source tells; none where nothing does. */
  readonly writers: readonly ((line: string) => string | null)[]
}

const LINES = 400
/** Lines that look alike and are read: the others are taken for what these are, where they are read at all. */
const ALIKE = 4
const ALIKE_UNREAD = 12
const GENERAL = new Set(['text', 'logfmt', 'json', 'stamped', 'leveled'])
/** Lines of settings look like parts of an object whose first line is told by this. */
const OBJECT = /^ *(?:- )?apiVersion: /
const FULL_DATE = /(?:19|20)\d\d[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d/

export function recognise(head: Uint8Array): Recognised {
  const bytes = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 1 << 16))
  const newline = bytes.includes(10) || !bytes.includes(13) ? 10 : 13
  const lines = bytes.toString('latin1').split(newline === 10 ? '\n' : '\r', LINES + 1)
  if (lines.length > 1) lines.pop()
  const opened = FORMATS.map((format) => ({ format, read: format.open() }))
  const { found, unread, tally } = count(lines, askedOf(opened))
  const timed = found.some(({ format, reading }) => format.frame !== 'soft' && reading.stamp !== null)
  const rank = ({ format }: Opened): number => (GENERAL.has(format.name) ? 0 : -(tally.get(format.name) ?? 0))
  const plain = opened.find(({ format }) => format.name === 'plain')
  if (plain === undefined) throw new Error('The catalogue lacks plain text.')
  const isUsable = ({ name, frame, early }: LogFormat): boolean =>
    !(timed && frame === 'soft') && (early !== true || tally.has(name))
  const usable = opened.filter((one) => one !== plain && isUsable(one.format))
  const general = usable.filter(({ format }) => GENERAL.has(format.name))
  const special = usable.filter(({ format }) => !GENERAL.has(format.name)).sort((a, b) => rank(a) - rank(b))
  const sequential = opened.flatMap(({ format }) =>
    format.sequential === true && tally.has(format.name) ? format : [],
  )
  const within = nesting(opened)
  const further = found.map((one) => ({ ...one, whole: readFurther(one.reading, within) }))
  const telling = tally.has(journaldExport.name) ? null : tellingIn([...toldOf(further), ...unread])
  const fresh = [...special, ...general].map((one) => (one.format.early === true ? one : again(one)))
  // The time of a message is the wrapper's: what states none itself may stand in it.
  const soft = timed ? opened.filter(({ format }) => format.frame === 'soft') : []
  return {
    formats: fresh,
    plain,
    asked: askedOf(fresh),
    within: nesting([...fresh, ...soft]),
    stated: statedIn(found),
    anchor: anchorIn(found),
    newline,
    requests: found.some(({ reading, text }) => reading.request !== null && text.startsWith('{')),
    telling,
    served: servedIn(further.map(({ whole }) => whole)),
    sequential: sequential.length > 0 || telling?.follows === true,
    heeds: found.find(({ format }) => format.heeds !== undefined)?.format.heeds ?? null,
    wrapper: newline === 10 ? wrapperIn(found, sequential) : null,
    reports: found.some(isReport),
    writers: [...new Set(found.flatMap(({ format }) => (format.sequential === true ? (format.writer ?? []) : [])))],
  }
}

/** A runtime's time before what is itself a record of some format. */
const WRAPPING = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{5,9}Z (?:\{|\d|[IWEF]\d{4} )/

/** The one format whose lines wrap those of others; lines with a time before them alone are no format's own. */
function wrapperIn(found: readonly Found[], sequential: readonly LogFormat[]): LogFormat | null {
  const [one, ...others] = sequential
  if (one !== undefined) return others.length === 0 && isWrapping(one, found) ? one : null
  const wrapped = found.filter(({ text }) => WRAPPING.test(text)).length
  return wrapped > found.length / 2 ? stampedTrace : null
}

/** Whether the parts of most of its lines can be told. */
function isWrapping({ name, wraps }: LogFormat, found: readonly Found[]): boolean {
  if (wraps === undefined) return false
  const parts = partsAtRest()
  const own = found.filter(({ format }) => format.name === name).map(({ text }) => Buffer.from(text))
  return own.filter((line) => wraps(line, 0, line.length, parts)).length > own.length / 2
}

function isReport({ format, reading, text }: Found): boolean {
  if (reading.stamp !== null) return true
  return format === kubernetesYaml ? OBJECT.test(text) : !GENERAL.has(format.name)
}

function nesting(formats: readonly Opened[]): Asked {
  return askedOf(formats.filter(({ format }) => format.nests === true))
}

function again({ format }: Opened): Opened {
  return { format, read: format.open() }
}

interface Found {
  readonly format: LogFormat
  readonly reading: Reading
  readonly text: string
}

interface Head {
  readonly found: readonly Found[]
  /** Lines that no format reads. */
  readonly unread: readonly string[]
  /** Lines by the name of their format. */
  readonly tally: ReadonlyMap<string, number>
}

/** Of lines that look alike the first few are read; the others count as those. */
function count(lines: readonly string[], asked: Asked): Head {
  const found: Found[] = []
  const unread: string[] = []
  const tally = new Map<string, number>()
  const looks = new Map<number, { times: number; format: string | null }>()
  for (const raw of lines) {
    const { text } = makeLine({ number: 1, offset: found.length === 0 ? 0 : 1, raw, newline: 10, cut: null })
    if (text === '') continue
    const key = lookOf(raw)
    const look = looks.get(key) ?? { times: 0, format: null }
    looks.set(key, look)
    if (++look.times <= (look.format === null ? ALIKE_UNREAD : ALIKE)) {
      const one = firstOf(text, asked)
      look.format = one?.format.name ?? null
      if (one === null) unread.push(text)
      else found.push(one)
      if (one !== null && remembers(one.format)) looks.clear()
    }
    if (look.format !== null) tally.set(look.format, (tally.get(look.format) ?? 0) + 1)
  }
  return { found, unread, tally }
}

/** Whether what it makes of a line may hang on those before. */
function remembers({ sequential, early, heeds }: LogFormat): boolean {
  return sequential === true || early === true || heeds !== undefined
}

function firstOf(text: string, asked: Asked): Found | null {
  for (const { format, read } of asked(text)) {
    if (format.name === 'plain') return null
    const reading = read(text)
    if (reading !== null) return { format, reading, text }
  }
  return null
}

interface Further extends Found {
  readonly whole: Reading
}

/** What lines say that are no requests of a server. */
function toldOf(found: readonly Further[]): string[] {
  return found.flatMap(({ format, reading, text, whole }) => {
    if (whole.request !== null) return []
    return format.wraps === undefined ? text : reading.body
  })
}

/** Program and host of the requests; where there are none, the program of all lines: it may tell of requests itself. */
function servedIn(readings: readonly Reading[]): Served {
  const requests = readings.filter(({ request }) => request !== null)
  const answering = requests.length > 0 ? requests : readings
  const programs = answering.map(({ program, fields }) => program ?? textOf(fields.container) ?? textOf(fields.unit))
  return { service: only(programs), host: only(requests.map(({ request }) => request?.host ?? null)) }
}

function only(values: readonly (string | null)[]): string | null {
  const [first = null] = values
  return values.every((value) => value === first) ? first : null
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

/** A time with its year: of a line's own, or of a message whose month and day are those of its line. */
function statedIn(found: readonly Found[]): number | null {
  for (const { reading, text } of found) {
    const { stamp, states } = reading
    if (states !== null) return states
    if (stamp === null || stamp.uptime) continue
    if (stamp.lacks === 'nothing') return stamp.at
    const at = text.slice(stamp.end).search(FULL_DATE)
    const inner = at < 0 ? null : readStamp(text, stamp.end + at)
    if (inner !== null && stamp.lacks === 'year' && sameDay(inner.at, stamp.at)) return inner.at
  }
  return null
}

function sameDay(full: number, yearless: number): boolean {
  const date = new Date(Math.floor(full / 1000))
  const moved = wallMicros({
    year: 1972,
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: 12,
    minute: 0,
    second: 0,
    micros: 0,
  })
  return Math.abs(moved - yearless) < 2 * 86_400_000_000
}

function anchorIn(found: readonly Found[]): Recognised['anchor'] {
  for (const { reading } of found) {
    if (reading.uptime !== null && reading.stamp !== null && !reading.stamp.uptime)
      return { uptime: reading.uptime, stamp: reading.stamp }
  }
  return null
}
