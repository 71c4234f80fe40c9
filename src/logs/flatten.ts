// Parsed JSON as flat fields, nested names joined by dots.
import type { OpenFields } from './reading.ts'

const FIELD_LIMIT = 256
const DEPTH_LIMIT = 8

/** The last text and its object: several formats ask for it. */
let lastText = ''
let lastObject: Record<string, unknown> | null = null

/** The object a text holds, to be read only; null where it is no JSON object. */
export function parseObject(text: string): Record<string, unknown> | null {
  if (text === lastText) return lastObject
  lastText = text
  lastObject = objectIn(text)
  return lastObject
}

function objectIn(text: string): Record<string, unknown> | null {
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
export function flatten(object: Record<string, unknown>): OpenFields {
  const fields: OpenFields = {}
  let room = FIELD_LIMIT
  const add = (name: string, value: unknown, depth: number): void => {
    if (room <= 0) return
    const field = fieldOf(value)
    if (field !== undefined) {
      fields[name] = field
      room--
    } else if (typeof value === 'object' && depth < DEPTH_LIMIT) addAll(value ?? {}, `${name}.`, depth + 1)
  }
  const addAll = (value: object, before: string, depth: number): void => {
    for (const [key, inner] of Object.entries(value)) add(before + key, inner, depth)
  }
  addAll(object, '', 1)
  return fields
}

/** What is no object, and lists of such. */
function fieldOf(value: unknown): OpenFields[string] | undefined {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null)
    return value
  const isPlain = Array.isArray(value) && value.every((one) => typeof one !== 'object' || one === null)
  return isPlain ? value.join(', ') : undefined
}
