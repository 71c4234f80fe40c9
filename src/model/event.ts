// An event: one log record or one fact about packets; the place where both roads meet.
import type { Instant, TimeQuality } from './instant.ts'

export type Severity = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal'

export type FieldValue = string | number | boolean | null
export type Fields = Readonly<Record<string, FieldValue>>

/** Lines of a text: 1-based numbers, byte offset and length of the whole range (last newline excluded). */
export interface LinePlace {
  readonly kind: 'line'
  readonly line: number
  readonly lineEnd: number
  readonly offset: number
  readonly length: number
  /** CRC-32 of those bytes: what `verify` compares. */
  readonly digest: number
}

/** A packet: 1-based number in its capture, byte offset and captured length of its data (record header excluded). */
export interface PacketPlace {
  readonly kind: 'packet'
  readonly packet: number
  readonly offset: number
  readonly length: number
  readonly digest: number
}

export type Place = LinePlace | PacketPlace

interface EventBase {
  /** Index of the source in the bundle, in order of labels. */
  readonly source: number
  /** Null where the event has no time of its own and none could be inherited. */
  readonly time: Instant | null
  readonly quality: TimeQuality
  readonly place: Place
  /** What a report quotes: the record's raw text (decoded, cut to 4 KiB), or one line that says what the packet is. */
  readonly excerpt: string
  readonly fields: Fields
}

/** A record of a log. Unknown parts are null, never guessed. */
export interface LogEvent extends EventBase {
  readonly kind: 'log'
  /** Name of the format that read it: `nginx-access`, `syslog-rfc3164`, `json`, `plain`, … */
  readonly reader: string
  readonly severity: Severity | null
  readonly host: string | null
  readonly program: string | null
  readonly pid: number | null
  readonly requestId: string | null
  /** The message without its header; continuation lines are joined by a newline. */
  readonly body: string
  /**
   * What the record says beside its body, as text: the error message and stack of a structured record, then its other
   * fields as `name=value`, each on a line of its own. Empty where the body says all. Text tests look at body and detail.
   */
  readonly detail: string
}

/** Something a decoder or reader observed, named by what it is (`tcp.unanswered`, `dns.response`, `http.request`). */
export interface Fact extends EventBase {
  readonly kind: string
}

export type Event = LogEvent | Fact

export function isLogEvent(event: Event): event is LogEvent {
  return event.kind === 'log'
}
