// Marks: events that two sources of one bundle may both tell of, kept so that their clocks can be compared.
import type { Duration, Event, Fact, Instant, LogEvent, Place } from '../../model/index.ts'
import { isLogEvent, MINUTE, SECOND } from '../../model/index.ts'

/** Marks kept of the whole bundle; where there are more, half of the names are forgotten, the same in every source. */
const LIMIT = 32_768
/** Marks kept of one name in one source. */
const OF_ONE_NAME = 16
const SAID = 120
const EXCERPT = 300

/** When something happened by the clock of one source: a point, or the time a request took. */
export interface Mark {
  from: Instant
  to: Instant
  /** Whether what others tell of it happened at that time too. */
  trust: Trust
  /** Of the client, where the connection was captured: no other has it at that time. */
  readonly port: number | null
  readonly place: Place
  readonly excerpt: string
}

/**
 * `sound`: the request was answered, so that nobody worked on it any longer. `doubtful`: one side gave up, and the other
 * noticed whenever its own patience ended: such a delay looks like a skew. `open`: not said.
 */
export type Trust = 'sound' | 'open' | 'doubtful'

export interface SourceMarks {
  /** By the digest of what they tell of. */
  readonly named: Map<number, Mark[]>
  /** What the clock tells apart. */
  resolution: Duration
}

/** A request's id is one name, and its marks in one source are one; other names may come again and again. */
interface Name {
  readonly text: string
  readonly isUnique: boolean
}

export class Marks {
  readonly #sources = new Map<number, SourceMarks>()
  #size = 0
  #level = 1

  /** By the index their events carry. */
  get sources(): ReadonlyMap<number, SourceMarks> {
    return this.#sources
  }

  add(event: Event): void {
    const { time, quality } = event
    if (time === null || quality === 'inherited' || quality === 'none') return
    const marks = this.#sources.get(event.source) ?? { named: new Map<number, Mark[]>(), resolution: MINUTE }
    this.#sources.set(event.source, marks)
    marks.resolution = Math.min(marks.resolution, time % MINUTE === 0 ? MINUTE : time % SECOND === 0 ? SECOND : 1)
    for (const name of isLogEvent(event) ? namesOfRecord(event) : namesOfFact(event)) {
      const digest = digestOf(name.text)
      if (digest % this.#level === 0 && hasRoom(marks.named.get(digest), name))
        this.#enter({ marks, digest, name, mark: markOf(event, time) })
    }
    while (this.#size > LIMIT) this.#forgetHalf()
  }

  #enter(entry: { marks: SourceMarks; digest: number; name: Name; mark: Mark }): void {
    const { marks, digest, mark } = entry
    if (!entry.name.isUnique) mark.trust = 'sound'
    const known = marks.named.get(digest)
    const [first] = known ?? []
    if (known === undefined || first === undefined) marks.named.set(digest, [mark])
    else if (entry.name.isUnique) {
      first.from = Math.min(first.from, mark.from)
      first.to = Math.max(first.to, mark.to)
      first.trust = jointTrust(first.trust, mark.trust)
      return
    } else known.push(mark)
    this.#size++
  }

  /** What stays depends on the names alone, so that two sources keep what they share. */
  #forgetHalf(): void {
    this.#level *= 2
    for (const { named } of this.#sources.values())
      for (const [digest, marks] of named) {
        if (digest % this.#level === 0) continue
        named.delete(digest)
        this.#size -= marks.length
      }
  }
}

/** Asked before a mark is made: what it quotes has to be put into words. */
function hasRoom(known: readonly Mark[] | undefined, name: Name): boolean {
  return known === undefined || name.isUnique || known.length < OF_ONE_NAME
}

function markOf(event: Event, time: Instant): Mark {
  const duration = event.kind === 'http.request' ? event.fields.duration : null
  const from = typeof duration === 'number' ? time - duration : time
  const { client_port } = event.fields
  const port = typeof client_port === 'number' ? client_port : null
  const { place, excerpt } = event
  return { from, to: time, trust: trustOf(event), port, place, excerpt: excerpt.slice(0, EXCERPT) }
}

/** Statuses that somebody gives who did not wait for the answer. */
const IMPATIENT: ReadonlySet<unknown> = new Set([408, 499, 502, 503, 504])

function trustOf({ kind, fields }: Event): Trust {
  if (kind !== 'http.request') return 'open'
  return typeof fields.status !== 'number' || IMPATIENT.has(fields.status) ? 'doubtful' : 'sound'
}

/** One doubt is enough. */
export function jointTrust(one: Trust, other: Trust): Trust {
  if (one === 'doubtful' || other === 'doubtful') return 'doubtful'
  return one === 'sound' || other === 'sound' ? 'sound' : 'open'
}

/** A request's id; else what a program said, word for word; a refused port. */
function namesOfRecord(event: LogEvent): Name[] {
  if (event.requestId !== null) return [idName(event.requestId)]
  const { body, program } = event
  const names: Name[] = []
  if (program !== null) {
    names.push({
      text: `said ${firstLabel(event.host)} ${program} ${event.pid} ${body.slice(0, SAID)}`,
      isUnique: false,
    })
  }
  const port =
    body.includes('efused') || body.includes('EFUSED') ? /[\w.\]-]:(\d{2,5})\b(?!:)/.exec(body)?.[1] : undefined
  if (port !== undefined) names.push({ text: `refused ${port}`, isUnique: false })
  return names
}

/** A journal knows a host by its whole name, a syslog by its first label. */
function firstLabel(host: string | null): string {
  const dot = host?.indexOf('.') ?? -1
  return (dot > 0 ? host?.slice(0, dot) : host)?.toLowerCase() ?? ''
}

function namesOfFact({ kind, fields }: Fact): Name[] {
  if (kind === 'tcp.refused') return [{ text: `refused ${fields.port}`, isUnique: false }]
  if (kind !== 'http.request' || fields.origin === 'application') return []
  const { request_id, method, path, status, client } = fields
  const request = { text: `request ${method} ${path} ${status} ${client}`, isUnique: false }
  return typeof request_id === 'string' ? [idName(request_id), request] : [request]
}

function idName(id: string): Name {
  return { text: `id ${id}`, isUnique: true }
}

/** 53 bits, two of them even for a name of its own (after cyrb53, public domain). */
function digestOf(text: string): number {
  let [low, high] = [0xdeadbeef, 0x41c6ce57]
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    low = Math.imul(low ^ code, 2654435761)
    high = Math.imul(high ^ code, 1597334677)
  }
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  return 4294967296 * (2097151 & high) + (low >>> 0)
}
