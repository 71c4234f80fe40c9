// What searches put around a record when they export it: Elasticsearch, OpenSearch, Splunk, Datadog, Loki.
import { isObject } from './flatten.ts'
import { severityOf } from './severity.ts'

type Known = Record<string, unknown>

/** Where the record lies, and what it is sure to have there. */
const ENVELOPES: readonly (readonly [name: string, parts: readonly string[]])[] = [
  ['_source', []],
  ['result', ['_raw', '_time']],
  ['attributes', ['timestamp', 'message']],
  ['content', ['timestamp', 'message']],
]

/** The record itself, with what stands beside it; the object as it is where nothing is around it. */
export function unwrapped(object: Known): Known {
  if (typeof object.line === 'string' && isObject(object.labels)) {
    const { labels, line, ...others } = object
    return { ...labels, ...others, message: line }
  }
  for (const [name, parts] of ENVELOPES) {
    const record = object[name]
    if (!isObject(record) || !parts.every((part) => Object.hasOwn(record, part))) continue
    const { [name]: _, ...beside } = object
    return { ...beside, ...leveled(record) }
  }
  return object
}

/** Datadog names the level a status. */
function leveled(record: Known): Known {
  const { status, ...others } = record
  return typeof status === 'string' && severityOf(status) !== null ? { level: status, ...others } : record
}
