// Streams as Loki answers with them: labels, and lines with their times in nanoseconds (grafana.com/docs/loki, query_range).
import { flatten, isObject, parseObject } from '../flatten.ts'
import { type Reading, reading } from '../reading.ts'
import { structured } from '../structured.ts'
import type { Item } from './item-splitter.ts'

const [FEED, QUOTE, BACKSLASH] = [10, 34, 92]

export interface StreamLine {
  /** From the quotes around its time to those around its text. */
  readonly item: Item
  readonly reading: Reading
}

/** Null where it is no stream. */
export function readStream(stream: Item): readonly StreamLine[] | null {
  const object = parseObject(stream.raw.toString('utf8'))
  if (object === null || !isObject(object.stream) || !Array.isArray(object.values)) return null
  const { stream: labels } = object
  const lines: StreamLine[] = []
  const finder = new Finder(stream)
  for (const value of object.values) {
    const [time, line] = Array.isArray(value) ? value : []
    if (typeof time !== 'string' || typeof line !== 'string') return null
    lines.push({ item: finder.next(time), reading: readLine(labels, time, line) })
  }
  return lines
}

function readLine(labels: Record<string, unknown>, time: string, line: string): Reading {
  const { container, job, detected_level: level, ...others } = labels
  const fields = flatten({ service: container ?? job, level, ...others, time: Number(time), message: line })
  return reading({ ...structured(fields, () => 0), body: line, inner: true })
}

/** Finds the lines of a stream in its bytes, one after the other. */
class Finder {
  readonly #stream: Item
  #at = 0
  #line: number

  constructor(stream: Item) {
    this.#stream = stream
    this.#line = stream.line
  }

  next(time: string): Item {
    const { raw, offset } = this.#stream
    const from = raw.indexOf(`"${time}"`, this.#at)
    this.#line += feedsIn(raw, this.#at, from)
    const line = this.#line
    const to = behindText(raw, from + time.length + 2)
    this.#line += feedsIn(raw, from, to)
    this.#at = to
    const length = to - from
    return { raw: raw.subarray(from, to), offset: offset + from, length, digest: null, line, lineEnd: this.#line }
  }
}

/** Behind the first text in quotes from `at` on. */
function behindText(raw: Buffer, at: number): number {
  let end = raw.indexOf(QUOTE, at) + 1
  while (end < raw.length && raw[end] !== QUOTE) end += raw[end] === BACKSLASH ? 2 : 1
  return end + 1
}

function feedsIn(raw: Buffer, from: number, to: number): number {
  let feeds = 0
  for (let at = from; at < to; at++) if (raw[at] === FEED) feeds++
  return feeds
}
