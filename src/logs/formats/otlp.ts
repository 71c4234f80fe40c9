// Log records of OpenTelemetry in its JSON encoding: batches of a resource, its scopes and their records.
import type { FieldValue, Severity } from '../../model/index.ts'
import { flatten, isObject, parseObject } from '../flatten.ts'
import type { LogFormat } from '../format.ts'
import { withoutColours } from '../line.ts'
import { type OpenFields, type Reading, reading } from '../reading.ts'
import { severityOf } from '../severity.ts'
import { detailOf } from '../structured.ts'
import { epochMicros } from '../time/number.ts'
import type { Stamp } from '../time/stamp.ts'

/** Who sent the records of a batch. */
export interface OtlpResource {
  readonly host: string | null
  readonly program: string | null
  readonly pid: number | null
  readonly fields: OpenFields
}

/** What tells a record from the values that lie as deep. */
const RECORD = ['body', 'timeUnixNano', 'observedTimeUnixNano', 'severityNumber', 'severityText', 'eventName']
/** Four numbers each, 1 to 24: opentelemetry.io/docs/specs/otel/logs/data-model, SeverityNumber */
const LEVELS: readonly Severity[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal']
/** Attributes that faultline names in its own words. */
const NAMES: Readonly<Record<string, string>> = {
  'k8s.namespace.name': 'namespace',
  'k8s.pod.name': 'pod',
  'k8s.container.name': 'container',
  'thread.name': 'thread',
}

/** `{"stringValue": "x"}`, `{"intValue": "4"}`, arrays and maps of them. */
function plainOf(value: unknown): unknown {
  if (!isObject(value)) return null
  if (typeof value.intValue === 'string') return Number(value.intValue)
  if (isObject(value.arrayValue)) return listOf(value.arrayValue.values).map(plainOf)
  if (isObject(value.kvlistValue)) return mapOf(value.kvlistValue.values)
  return value.stringValue ?? value.intValue ?? value.doubleValue ?? value.boolValue ?? value.bytesValue ?? null
}

function listOf(list: unknown): readonly unknown[] {
  return Array.isArray(list) ? list : []
}

function mapOf(list: unknown): Record<string, unknown> {
  const map: Record<string, unknown> = {}
  for (const one of listOf(list)) {
    if (isObject(one) && typeof one.key === 'string') map[NAMES[one.key] ?? one.key] = plainOf(one.value)
  }
  return map
}

function take(fields: OpenFields, name: string): FieldValue {
  const value = fields[name] ?? null
  delete fields[name]
  return value
}

const textOf = (value: FieldValue): string | null => (value === null || value === '' ? null : String(value))

/** Null where the object is no batch. */
export function resourceOf(batch: Record<string, unknown> | null): OtlpResource | null {
  if (batch === null || !Array.isArray(batch.scopeLogs ?? batch.instrumentationLibraryLogs)) return null
  const fields = flatten(mapOf(isObject(batch.resource) ? batch.resource.attributes : []))
  const pid = Number(take(fields, 'process.pid') ?? Number.NaN)
  const host = textOf(take(fields, 'host.name')) ?? textOf(fields['k8s.node.name'] ?? null)
  const program = textOf(take(fields, 'service.name'))
  return { host, program, pid: Number.isInteger(pid) ? pid : null, fields }
}

function stampOf(record: Record<string, unknown>): Stamp | null {
  for (const name of ['timeUnixNano', 'observedTimeUnixNano']) {
    const at = epochMicros(Number(record[name] ?? 0))
    if (at === null) continue
    return { at, lacks: 'nothing', zoned: true, offset: 0, uptime: false, start: 0, seconds: 0, end: 0 }
  }
  return null
}

function severityIn(record: Record<string, unknown>): Severity | null {
  const number = Number(record.severityNumber ?? 0)
  const known = LEVELS[Math.ceil(number / 4) - 1]
  return known ?? severityOf(typeof record.severityText === 'string' ? record.severityText : '')
}

/** Null where the object is no record. */
export function readOtlpRecord(record: Record<string, unknown>, resource: OtlpResource): Reading | null {
  if (!RECORD.some((name) => Object.hasOwn(record, name))) return null
  const said = plainOf(record.body)
  const fields = flatten({ ...mapOf(record.attributes), ...(isObject(said) ? { body: said } : {}) })
  for (const [own, name] of [
    ['traceId', 'trace_id'],
    ['spanId', 'span_id'],
  ] as const) {
    const id = record[own]
    if (typeof id === 'string' && id !== '') fields[name] = id
  }
  const detail = detailOf(fields)
  const body = isObject(said) || said === null ? detail : withoutColours(String(said)).trimEnd()
  const { host, program, pid } = resource
  const all = { ...resource.fields, ...fields }
  return reading({
    stamp: stampOf(record),
    severity: severityIn(record),
    host,
    program,
    pid,
    body,
    fields: all,
    detail,
  })
}

/** The first record of a batch that lies in one line: files of batches are read record by record. */
function read(line: string): Reading | null {
  const batches = line.startsWith('{"resourceLogs"') ? listOf(parseObject(line)?.resourceLogs) : []
  for (const batch of batches) {
    const resource = isObject(batch) ? resourceOf(batch) : null
    const scopes = resource === null || !isObject(batch) ? [] : listOf(batch.scopeLogs)
    const record = scopes.flatMap((scope) => (isObject(scope) ? listOf(scope.logRecords) : [])).find(isObject)
    if (resource !== null && record !== undefined) return readOtlpRecord(record, resource)
  }
  return null
}

export const otlp: LogFormat = {
  name: 'otlp',
  frame: 'line',
  nests: true,
  begins: /\{/,
  takes: [
    '{"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"api"}}]},"scopeLogs":[{"scope":{},"logRecords":[{"timeUnixNano":"1795214763214000000","severityNumber":17,"body":{"stringValue":"boom"}}]}]}]}',
  ],
  leaves: ['{"resourceLogs":[]}', '{"resourceSpans":[]}'],
  open: () => read,
}
