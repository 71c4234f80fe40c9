// Logs of container runtimes: CRI and docker json-file; the line inside is read further.
import { parseObject } from '../flatten.ts'
import type { LogFormat } from '../format.ts'
import { withoutColours } from '../line.ts'
import { type OpenRecord, type Reading, reading } from '../reading.ts'
import { readStamp } from '../time/read-stamp.ts'
import { goesOn } from '../traces.ts'
import { CRI_HEADER, criParts, DOCKER_HEADER, dockerParts } from './container-bytes.ts'
import { jsonPlace } from './json.ts'

const CRI = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)) (stdout|stderr) ([FP](?::\S+)?) ?/

/** Runtimes write the stream behind the text. */
const STREAM = /"stream":"(stdout|stderr)","(?:time|attrs)":[^\\]*$/

/** A piece belongs to the piece before it of the same stream; a stack trace goes on line by line. */
function joinsStream(stream: string, body: string): (record: OpenRecord) => boolean {
  return (record) => {
    if (record.reading.fields.stream !== stream) return false
    const before = CRI.exec(record.last)
    if (before?.[3]?.startsWith('P') === true) return true
    return goesOn({ first: record.reading.body, last: record.last.slice(before?.[0].length ?? 0), body })
  }
}

function readCri(line: string): Reading | null {
  const found = CRI.exec(line)
  if (found === null) return null
  const body = line.slice(found[0].length)
  const stream = found[2] ?? ''
  const stamp = readStamp(line, 0)
  return reading({ stamp, body, fields: { stream }, inner: true, joins: joinsStream(stream, body) })
}

export const cri: LogFormat = {
  name: 'cri',
  frame: 'line',
  sequential: true,
  begins: /\d/,
  takes: ['2026-01-28T16:04:05.413656027Z stdout F {"level":"error","msg":"boom"}'],
  leaves: ['2026-01-28T16:04:05Z stdout is a stream'],
  wraps: criParts,
  wrapHeader: CRI_HEADER,
  writer: (line) => CRI.exec(line)?.[2] ?? null,
  open: () => (line) => (line.includes('\n') ? joinCri(line) : readCri(line)),
  rereads: true,
}

/** Pieces (`P`) without a break, whole lines (`F`) each on its own. */
function joinCri(record: string): Reading | null {
  let body = ''
  let partial = true
  for (const line of record.split('\n')) {
    const found = CRI.exec(line)
    body += `${partial ? '' : '\n'}${line.slice(found?.[0].length ?? 0)}`
    partial = found?.[3]?.startsWith('P') ?? false
  }
  const first = readCri(record.slice(0, record.indexOf('\n')))
  return first === null ? null : { ...first, body }
}

function readDocker(line: string): Reading | null {
  if (!line.startsWith('{"log":')) return null
  const object = parseObject(line)
  if (object === null || typeof object.log !== 'string') return null
  const log = withoutColours(object.log)
  const { time, stream } = object
  const at = typeof time === 'string' ? readStamp(time, 0) : null
  const place = at === null ? 0 : Math.max(0, jsonPlace(line, 'time', String(time)))
  const stamp = at === null ? null : { ...at, start: place, seconds: place + at.seconds, end: place + at.end }
  const whole = log.endsWith('\n')
  const fields = typeof stream === 'string' ? { stream } : {}
  const joins = (record: OpenRecord): boolean => {
    if (record.reading.fields.stream !== fields.stream) return false
    if (!record.last.includes('\\n"')) return true
    const last = String(parseObject(record.last)?.log ?? '').trimEnd()
    return whole && goesOn({ first: record.reading.body, last, body: log.trimEnd() })
  }
  return reading({ stamp, body: log.trimEnd(), fields, inner: true, joins })
}

function joinDocker(record: string): Reading | null {
  const lines = record.split('\n')
  const first = readDocker(lines[0] ?? '')
  if (first === null) return null
  const body = lines.map((line) => String(parseObject(line)?.log ?? line)).join('')
  return { ...first, body: withoutColours(body).trimEnd() }
}

export const docker: LogFormat = {
  name: 'docker',
  frame: 'line',
  sequential: true,
  begins: /\{/,
  takes: ['{"log":"Simple text\\n","stream":"stdout","time":"2026-04-01T17:58:33.598656444Z"}'],
  leaves: ['{"logger":"a","msg":"b"}'],
  wraps: dockerParts,
  wrapHeader: DOCKER_HEADER,
  writer: (line) => (line.startsWith('{"log":') ? (STREAM.exec(line)?.[1] ?? null) : null),
  open: () => (line) => (line.includes('\n') ? joinDocker(line) : readDocker(line)),
  rereads: true,
}
