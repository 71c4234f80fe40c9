// The id that ties the records of one request together.
import type { Fields, FieldValue } from '../model/index.ts'

// biome-ignore format: a table
const NAMES = [
  'req_id', 'reqId', 'request_id', 'requestId', 'requestid', 'correlation_id', 'correlationId', 'trace_id', 'traceId', 'x_request_id', 'x-request-id',
]
const ID_LIKE = /^(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{16,64})$/i
const IN_TEXT = /\b(?:req(?:uest)?[_ -]?id|correlation[_ -]?id|trace[_ -]?id)["']?\s*[=:]\s*["']?([\w.:-]{4,128})/i
const OPENSTACK = /\[(req-[0-9a-f-]{36})\b/

/** From the fields by their usual names, nested ones too, else from the text. */
export function requestIdOf(fields: Fields, text: string): string | null {
  for (const name of NAMES) {
    const id = idText(fields[name])
    if (id !== null) return id
  }
  const plain = idText(fields.id)
  if (plain !== null && ID_LIKE.test(plain)) return plain
  for (const name in fields) {
    const last = name.slice(name.lastIndexOf('.') + 1)
    const id = last === name || !NAMES.includes(last) ? null : idText(fields[name])
    if (id !== null) return id
  }
  return (IN_TEXT.exec(text) ?? OPENSTACK.exec(text))?.[1] ?? null
}

function idText(value: FieldValue | undefined): string | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null
  const text = String(value)
  return text === '' || text === '-' ? null : text
}
