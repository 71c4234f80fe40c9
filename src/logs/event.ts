// Makes the event of a record: what its lines say, where they lie, and what a report quotes of them.
import { crc32 } from 'node:zlib'
import type { Fact, Instant, LinePlace, LogEvent, RequestWitness } from '../model/index.ts'
import type { RecordLines } from './assemble.ts'
import type { Measured } from './format.ts'
import { quote } from './line.ts'
import { type AccessRequest, answeredAt, type Reading } from './reading.ts'
import { requestIdOf } from './request-id.ts'
import type { Timed } from './time/clock.ts'

const EXCERPT_BYTES = 4096
const WITNESS_BYTES = 250

/** All bytes from the first line to the last, one sign each. */
function rawOf({ lines, span = lines }: Pick<RecordLines, 'lines' | 'span'>): string {
  const [first] = span
  if (span.length === 1 && first !== undefined) return first.raw
  return span.map((line, at) => (at + 1 === span.length ? line.raw : line.raw + line.ending)).join('')
}

/** Room for the bytes of most records. */
const room = Buffer.alloc(1 << 12)

function digestOf(raw: string): number {
  if (raw.length > room.length) return crc32(Buffer.from(raw, 'latin1'))
  return crc32(room.subarray(0, room.write(raw, 'latin1')))
}

export function placeOf(record: Pick<RecordLines, 'lines' | 'lineEnd'>, raw: string): LinePlace {
  const first = record.lines[0]
  const last = record.lines.at(-1)
  if (first === undefined || last === undefined) throw new Error('A record has at least one line.')
  const digest = first.digest ?? digestOf(raw)
  const length = last.offset + last.length - first.offset
  return {
    kind: 'line',
    line: first.number,
    lineEnd: record.lineEnd ?? last.number,
    offset: first.offset,
    length,
    digest,
  }
}

type Stated = NonNullable<Reading['fact']>

export interface EventParts {
  readonly source: number
  readonly record: RecordLines
  /** With the message read further. */
  readonly reading: Reading
  readonly timed: Timed
}

export function makeEvent({ source, record, reading, timed }: EventParts): LogEvent {
  const raw = rawOf(record)
  const more = record.lines.slice(1).map((line) => line.text.trimEnd())
  const body =
    record.format.rereads === true || more.length === 0 ? reading.body : [reading.body, ...more].join('\n').trimEnd()
  const { severity, host, program, pid, fields, detail } = reading
  return {
    kind: 'log',
    source,
    ...timed,
    place: placeOf(record, raw),
    excerpt: quote(record.excerpt === undefined ? raw : Buffer.from(record.excerpt).toString('latin1'), EXCERPT_BYTES),
    fields,
    reader: record.format.name,
    severity,
    host,
    program,
    pid,
    requestId: requestIdOf(fields, body),
    body: body.trim(),
    detail,
  }
}

/** The line that stands for the requests of its time: the one with the request, whatever follows it in its record. */
export function witnessOf(record: Witnessing, at: Instant, { status, duration }: Measured): RequestWitness {
  const lines = record.lines.slice(0, 1)
  const first = { ...record, lines }
  const raw = rawOf({ lines })
  const excerpt = quote(
    record.excerpt === undefined ? raw : Buffer.from(record.excerpt).toString('latin1'),
    WITNESS_BYTES,
  )
  return { at, status, duration, place: placeOf(first, raw), excerpt }
}

export type Witnessing = Pick<RecordLines, 'lines' | 'lineEnd' | 'excerpt'>

/** What the record itself states, at its time and place. */
export function statedFact({ source, time, quality, place, excerpt, host }: LogEvent, fact: Stated): Fact {
  return { kind: fact.kind, source, time, quality, place, excerpt, fields: { host, ...fact.fields } }
}

/** Who told of a request: the log of whoever answered it, a program among other things, whoever asked. */
type Origin = 'log' | 'application' | 'client'

/** Signs of a failing answer that a fact holds. */
const ANSWER = 512

/** The fact of a request, beside the event of the line that logged it. */
export function requestFact(event: LogEvent, request: AccessRequest, origin: Origin): Fact {
  const { client, method, path, host, status, duration, userAgent, upstream, server = null, port = null } = request
  return {
    kind: 'http.request',
    source: event.source,
    time: event.time === null ? null : answeredAt(event.time, request),
    quality: event.quality,
    place: event.place,
    excerpt: event.excerpt,
    fields: {
      client,
      server,
      port,
      method,
      path,
      host,
      service: event.program,
      status,
      duration,
      request_id: event.requestId,
      user_agent: userAgent,
      upstream,
      origin,
      ...(request.answer === undefined ? {} : { body: request.answer.slice(0, ANSWER) }),
    },
  }
}
