// Labels: what a source is called in reports. They are made from names and never turned back into paths.

import { isUtf8 } from 'node:buffer'
import { TextDecoder } from 'node:util'
import { eastAsianOf } from './charset.ts'

/** Control characters in a name could break lines or steer a terminal. */
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g

export function labelOf(path: string): string {
  return path.replace(CONTROL, '\ufffd')
}

/** A name as its bytes: UTF-8, or the set of the East Asian system it was written on; null where neither can be told. */
export function textOf(name: Buffer): string | null {
  if (isUtf8(name)) return name.toString()
  const charset = eastAsianOf(name)
  return charset === null ? null : new TextDecoder(charset).decode(name)
}

/** Gives the members of one archive their labels. */
export function memberLabels(archive: string): (name: string) => string {
  const unique = uniqueLabels()
  return (name) => unique(`${archive}!${labelOf(name.replace(/^(?:\.\/+)+/, ''))}`)
}

/** A label that comes again is numbered: every source has one of its own. */
export function uniqueLabels(): (label: string) => string {
  const seen = new Map<string, number>()
  return (label) => {
    const times = (seen.get(label) ?? 0) + 1
    seen.set(label, times)
    return times === 1 ? label : `${label}#${times}`
  }
}
