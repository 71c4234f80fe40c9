// What one format makes of one line: the header's parts, the message, and how it relates to the line before.
import type { FieldValue, Instant, Severity } from '../model/index.ts'
import type { Stamp } from './time/stamp.ts'

export type OpenFields = Record<string, FieldValue>

/** A request as an access log states it. Times are microseconds. */
export interface AccessRequest {
  readonly client: string | null
  readonly method: string | null
  readonly path: string | null
  readonly host: string | null
  readonly status: number
  readonly duration: number | null
  readonly userAgent: string | null
  readonly upstream: string | null
  /** The line's time is when the request came, not when it was answered. */
  readonly begins?: boolean
  /** Who tells of it, where it is not the side that answered. */
  readonly teller?: 'client'
  /** Address and port that answered, where they are known. */
  readonly server?: string | null
  readonly port?: number | null
  /** The beginning of what a failing answer says. */
  readonly answer?: string
}

/** When a request was answered that was logged at this time. */
export function answeredAt(time: Instant, { duration, begins }: Pick<AccessRequest, 'duration' | 'begins'>): Instant {
  return begins === true ? time + (duration ?? 0) : time
}

/** A record that is still open: what a line may look at to know whether it belongs there. */
export interface OpenRecord {
  readonly format: string
  readonly reading: Reading
  /** The last line taken that was not empty. */
  readonly last: string
  /** The same without a header of its own. */
  readonly said: string
  readonly lines: number
}

export interface Reading {
  readonly stamp: Stamp | null
  readonly severity: Severity | null
  /** What the severity is where neither the line nor the message in it states one. */
  readonly otherwise: Severity | null
  /** The severity is but the word that a message begins with: a wrapper that tells by words as well has the say. */
  readonly worded: boolean
  readonly host: string | null
  readonly program: string | null
  readonly pid: number | null
  readonly body: string
  readonly fields: OpenFields
  /** Text beside the body: stacks and errors of structured records. */
  readonly detail: string
  readonly request: AccessRequest | null
  /** What the line states beside being a record: a kind of fact and its fields. */
  readonly fact: { readonly kind: string; readonly fields: OpenFields } | null
  /** The message may itself be a log line of another format. */
  readonly inner: boolean
  /** Whether the line carries a header of its own and still belongs to the record before it. */
  readonly joins: ((record: OpenRecord) => boolean) | null
  /** Nothing by itself: where it joins no record the line is read as if no format knew it. */
  readonly weak: boolean
  /** Seconds since a start, beside a time of the calendar: ties the two clocks. */
  readonly uptime: number | null
  /** A time that tells the year of the source and is not the line's own. */
  readonly states: number | null
}

const NOTHING: Reading = {
  stamp: null,
  severity: null,
  otherwise: null,
  worded: false,
  host: null,
  program: null,
  pid: null,
  body: '',
  fields: {},
  detail: '',
  request: null,
  fact: null,
  inner: false,
  joins: null,
  weak: false,
  uptime: null,
  states: null,
}

/** A reading of the parts given; the others are unknown. */
export function reading(parts: Partial<Reading>): Reading {
  return { ...NOTHING, ...parts, fields: parts.fields ?? {} }
}
