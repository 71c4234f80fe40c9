// Which fields may be asked of an event or finding, what they hold, and what asking for another one costs.
import { EVERY_FACT, FINDING_FIELDS, type FieldType, type FieldTypes, LOG_FIELDS } from '../facts.ts'
import { editDistance, nearest } from '../nearest.ts'
import type { Name } from '../syntax/tree.ts'
import type { Complaints } from './complaints.ts'

export interface Fields {
  /** Named in problems: `\`dns.response\``. */
  readonly what: string
  readonly types: FieldTypes
  /** Whether there may be fields that are not listed: records of a format. */
  readonly open: boolean
}

export function logFields(what: string, captures: FieldTypes): Fields {
  return { what, types: { ...LOG_FIELDS, ...captures }, open: true }
}

export function factFields(what: string, types: FieldTypes, captures: FieldTypes = {}): Fields {
  return { what, types: { ...EVERY_FACT, ...types, ...captures }, open: false }
}

export function findingFields(cause: string, key: readonly string[]): Fields {
  const parts = Object.fromEntries(key.map((part) => [part, 'open'] as const))
  return { what: `a finding of \`${cause}\``, types: { ...FINDING_FIELDS, ...parts }, open: false }
}

/** What a thing of which nothing is known has: a signal whose declaration could not be read. */
export function anyFields(what: string): Fields {
  return { what, types: {}, open: true }
}

/** What the field holds; complains where there is no such field. */
export function fieldType(name: Name, fields: Fields, complaints: Complaints): FieldType {
  const type = Object.hasOwn(fields.types, name.text) ? fields.types[name.text] : undefined
  if (type !== undefined) return type
  if (!fields.open) {
    const sentence = `${fields.what} has no field \`${name.text}\``
    const suggestion = nearest(name.text, Object.keys(fields.types))
    complaints.error({ code: 'unknown-field', at: name.at, sentence, suggestion })
  }
  warnMisspelt(name, fields, complaints)
  return 'open'
}

/** A format may name any field, but one letter beside a field of every record is mostly that. */
function warnMisspelt({ text, at }: Name, { open, types }: Fields, complaints: Complaints): void {
  const meant =
    open && text.length > 4 ? Object.keys(types).find((known) => editDistance(text, known) === 1) : undefined
  if (meant === undefined) return
  const sentence = `no format is known to name a field \`${text}\``
  complaints.warning({ code: 'doubtful-field', at, sentence, suggestion: `\`${meant}\`` })
}

/** Whether it is listed: unlisted names on the right of a comparison are mostly texts without quotes. */
export function isListed(name: string, fields: Fields): boolean {
  return Object.hasOwn(fields.types, name)
}
