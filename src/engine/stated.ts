// What a line of JSON states under a name of its own, though reading has made it the record's level, time, writer or text.
import type { FieldValue } from '../model/index.ts'

/** Kept from question to question about one line. */
export class Stated {
  #text = ''
  #object: unknown

  /** Null where the line is no JSON or does not say. */
  in(text: string, name: string): FieldValue {
    const from = text.indexOf('{')
    // Most lines that are asked do not say: they are not read.
    if (from < 0 || !text.includes(`"${name.slice(name.lastIndexOf('.') + 1)}"`, from)) return null
    if (text !== this.#text) {
      this.#text = text
      this.#object = objectIn(text.slice(from))
    }
    return plain(valueAt(this.#object, name))
  }
}

function objectIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** `a.b` is the entry `a.b`, or `b` in `a`. */
function valueAt(value: unknown, name: string): unknown {
  if (!isObject(value)) return undefined
  if (Object.hasOwn(value, name)) return value[name]
  for (let dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
    const found = valueAt(value[name.slice(0, dot)], name.slice(dot + 1))
    if (found !== undefined) return found
  }
  return undefined
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function plain(value: unknown): FieldValue {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
}
