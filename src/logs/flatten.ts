// Parsed JSON as flat fields, nested names joined by dots.
import type { OpenFields } from './reading.ts'

const FIELD_LIMIT = 256
const DEPTH_LIMIT = 8

/** The object a text holds; null where it is no JSON object. */
export function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** `{a: {b: 1}, c: ["x", "y"]}` becomes `a.b=1`, `c=x, y`. At most 256 fields. */
export function flatten(value: Record<string, unknown>): OpenFields {
  const fields: OpenFields = {}
  add(fields, { name: '', value, depth: 0 })
  return fields
}

interface Part {
  readonly name: string
  readonly value: unknown
  readonly depth: number
}

function add(fields: OpenFields, { name, value, depth }: Part): void {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null) {
    if (Object.keys(fields).length < FIELD_LIMIT) fields[name] = value
  } else if (Array.isArray(value) && value.every((one) => typeof one !== 'object' || one === null)) {
    fields[name] = value.join(', ')
  } else if (typeof value === 'object' && depth < DEPTH_LIMIT) {
    for (const [key, inner] of Object.entries(value ?? {}))
      add(fields, { name: name === '' ? key : `${name}.${key}`, value: inner, depth: depth + 1 })
  }
}
