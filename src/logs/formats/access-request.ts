// The request that fields under our own names describe.
import type { AccessRequest, OpenFields } from '../reading.ts'

function text(fields: OpenFields, name: string): string | null {
  const value = fields[name]
  return value === undefined || value === null || value === '' ? null : String(value)
}

export function requestOf(fields: OpenFields): AccessRequest {
  const { duration } = fields
  return {
    client: text(fields, 'client'),
    method: text(fields, 'method'),
    path: text(fields, 'path'),
    host: text(fields, 'host'),
    status: Number(fields.status),
    duration: typeof duration === 'number' ? duration : null,
    userAgent: text(fields, 'user_agent'),
    upstream: text(fields, 'upstream'),
  }
}
