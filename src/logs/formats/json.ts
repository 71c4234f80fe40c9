// JSON lines of any logger: pino, winston, bunyan, zap, zerolog, logrus, serilog, logstash, ECS, GCP, MongoDB.
import { unwrapped } from '../envelopes.ts'
import { flatten, parseObject } from '../flatten.ts'
import type { LogFormat } from '../format.ts'
import { type Reading, reading } from '../reading.ts'
import { structured } from '../structured.ts'
import { windowsFields } from '../windows-json.ts'

/** Where a value stands in the raw line: behind the last part of its name. */
export function jsonPlace(line: string, name: string, value: string): number {
  const key = line.indexOf(`"${name.slice(name.lastIndexOf('.') + 1)}"`)
  return key < 0 ? -1 : line.indexOf(value, key)
}

export function readJson(line: string): Reading | null {
  const from = line.charCodeAt(0) === 123 ? 0 : line.search(/\S/)
  if (line.charCodeAt(from) !== 123) return null
  const object = parseObject(line)
  if (object === null) return null
  const record = structured(windowsFields(flatten(unwrapped(object))), (name, value) => jsonPlace(line, name, value))
  const nested = record.severity === null && /^\S+=|^\{|^[EWIF]\d{4} |^\[?\d{4}[-/]\d\d[-/]\d\d/.test(record.body)
  return reading({ ...record, body: record.body === '' ? line.trim() : record.body, inner: nested })
}

export const json: LogFormat = {
  name: 'json',
  frame: 'line',
  nests: true,
  begins: /\s?\{/,
  takes: [
    '{"level":50,"time":1795214763214,"pid":40,"hostname":"reg-09","name":"register-api","err":{"message":"boom","stack":"Error: boom\\n    at a.js:1:1"},"msg":"failed"}',
    '{"ts":"2024-10-01T01:02:04Z","level":"info","msg":"latest test message"}',
  ],
  leaves: ['{"level":50,', '[1,2]'],
  open: () => readJson,
}
