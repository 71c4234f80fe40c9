// One look at one event: how a test gets at the event's fields, its text and what templates captured.
import type { Event, FieldValue, LogEvent } from '../model/index.ts'
import { isLogEvent } from '../model/index.ts'
import type { Occurrences } from './occurrences.ts'
import { withoutSpeech } from './speech.ts'
import { Stated } from './stated.ts'

/** Reused from event to event: set by `aim`, filled by captures. */
export class Look {
  #event: Event | null = null
  #source = ''
  #text: string | null = null
  readonly #occurrences: Occurrences | null
  readonly #stated = new Stated()
  #found: readonly number[] | null = null
  /** By number of a literal whether it was found. */
  #isFound = new Uint8Array()
  captures: Record<string, FieldValue> = {}

  /** @param occurrences what `found` looks for */
  constructor(occurrences: Occurrences | null = null) {
    this.#occurrences = occurrences
  }

  aim(event: Event, source: string): void {
    this.#event = event
    this.#source = source
    this.#text = null
    this.#forget()
    this.captures = {}
  }

  /** Numbers of the literals that occur in the message, perhaps of some that stand around it, in any order. */
  get found(): readonly number[] {
    return this.#found ?? this.#search()
  }

  /** Tells what occurs in the excerpt: what ends with the whole message holds all that the message does. */
  tell(found: readonly number[]): void {
    if (this.event.excerpt.endsWith(this.message)) this.#remember(found)
  }

  #search(): readonly number[] {
    return this.#remember(this.#occurrences?.of(this.message) ?? [])
  }

  #remember(found: readonly number[]): readonly number[] {
    const { size = 0 } = this.#occurrences ?? {}
    if (this.#isFound.length < size) this.#isFound = new Uint8Array(size)
    for (const literal of found) this.#isFound[literal] = 1
    this.#found = found
    return found
  }

  #forget(): void {
    for (const literal of this.#found ?? []) this.#isFound[literal] = 0
    this.#found = null
  }

  /** Whether the message may hold the literal with that number; null is none, and held by all. */
  mayHold(literal: number | null): boolean {
    if (literal === null) return true
    if (this.#found === null) this.#search()
    return this.#isFound[literal] === 1
  }

  /** Whether it may hold one of them, or there are none. */
  mayHoldAny(literals: readonly (number | null)[]): boolean {
    for (let at = 0; at < literals.length; at++) if (this.mayHold(literals[at] ?? null)) return true
    return literals.length === 0
  }

  get event(): Event {
    if (this.#event === null) throw new Error('a look needs an event')
    return this.#event
  }

  /** Body and detail of a record, a newline between them, without what people typed; the excerpt of a fact. */
  get message(): string {
    this.#text ??= messageOf(this.event)
    return this.#text
  }

  /** Value of a field; null where the event has none. Captures come first, then standard names, the format's own, the line's. */
  field(name: string): FieldValue {
    const captured = this.captures[name]
    if (captured !== undefined) return captured
    if (name === 'message') return this.message
    if (name === 'source') return this.#source
    if (name === 'line') return this.event.excerpt
    const event = this.event
    if (!isLogEvent(event)) return event.fields[name] ?? null
    return standardField(event, name) ?? ownField(event, name) ?? this.#stated.in(event.excerpt, name)
  }

  /** The text a text test looks at: `message` whole, its body alone for `starts` and `is`. */
  text(name: string, how: 'has' | 'starts' | 'ends' | 'is'): string | null {
    if (name === 'message') return how === 'has' ? this.message : bodyOf(this.event)
    const value = this.field(name)
    return value === null ? null : String(value)
  }
}

function messageOf(event: Event): string {
  if (!isLogEvent(event)) return event.excerpt
  const said = event.detail === '' ? event.body : `${event.body}\n${event.detail}`
  return withoutSpeech(said, event.severity)
}

function bodyOf(event: Event): string {
  return isLogEvent(event) ? event.body : event.excerpt
}

function standardField(event: LogEvent, name: string): FieldValue {
  switch (name) {
    case 'severity':
      return event.severity
    case 'host':
      return event.host
    case 'program':
      return event.program
    case 'pid':
      return event.pid
    case 'request_id':
      return event.requestId
    case 'reader':
      return event.reader
    case 'line':
      return event.excerpt
    default:
      return null
  }
}

/** Structured logs nest errors: `code` is also found as `err.code`, `error.code`, `exception.code`, `cause.code`. */
const NESTS = ['err', 'error', 'exception', 'err.cause', 'cause', 'fields', 'data', 'context'] as const

function ownField(event: LogEvent, name: string): FieldValue {
  const value = event.fields[name]
  if (value !== undefined) return value
  for (const _ in event.fields) return nestedField(event, name)
  return null
}

/** By a field's name, the names it has where it is nested. */
const nestedNames = new Map<string, readonly string[]>()

function nestedField({ fields }: LogEvent, name: string): FieldValue {
  const names = nestedNames.get(name) ?? NESTS.map((nest) => `${nest}.${name}`)
  if (!nestedNames.has(name)) nestedNames.set(name, names)
  for (const nested of names) {
    const value = fields[nested]
    if (value !== undefined) return value
  }
  return null
}
