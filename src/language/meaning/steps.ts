// What a step of a condition means: which events, how many, joined by which of their fields.
import type { Selection, Step } from '../../model/index.ts'
import type { Name, SelectNode, StepNode } from '../syntax/tree.ts'
import { countValue } from './amounts.ts'
import type { Complaints } from './complaints.ts'
import { type Fields, fieldType } from './fields.ts'
import { type Scope, useSignal } from './scope.ts'
import { readWhere } from './tests.ts'

/** What conditions of one cause are read with. */
export interface Reading {
  readonly scope: Scope
  readonly complaints: Complaints
  readonly key: readonly string[]
}

export function readSelection({ signal, where }: SelectNode, fields: Fields, reading: Reading): Selection {
  refuseMeters(where, reading)
  return { signal: signal.text, where: readWhere(where, fields, reading.complaints) }
}

export function readStep(node: StepNode, reading: Reading): Step {
  const { scope, complaints } = reading
  const fields = useSignal(node.select.signal, scope, complaints)
  const select = readSelection(node.select, fields, reading)
  const count = node.count === null ? 1 : countValue(node.count, 'the number of events', complaints)
  if (node.count !== null && count < 1) {
    complaints.error({ code: 'never-fires', at: node.count.at, sentence: 'a step asks for one event at least' })
  }
  if (node.distinct !== null) fieldType(node.distinct, fields, complaints)
  const by = readBy(node.by, { reading, fields, at: node.select.signal })
  const step = { name: node.name?.text ?? null, count, select, by }
  return node.distinct === null ? step : { ...step, distinct: node.distinct.text }
}

interface Joining {
  readonly reading: Reading
  readonly fields: Fields
  /** Where a missing `by` is complained of. */
  readonly at: Name
}

/** One field for each part of the key; without `by` the fields must be named as the key is. */
export function readBy(names: readonly Name[], { reading, fields, at }: Joining): readonly (string | null)[] {
  const { key, complaints } = reading
  if (names.length === 0) {
    checkKeyFields(key, fields, { at, complaints })
    return []
  }
  const [first] = names
  if (names.length !== key.length && first !== undefined) {
    const sentence =
      key.length === 0
        ? 'this cause has no key: `by` has nothing to name'
        : `\`by\` names ${names.length} of ${key.length} key parts: ${key.join(', ')}`
    const suggestion = names.length < key.length ? '`_` for parts that are unknown here' : null
    complaints.error({ code: 'key-arity', at: first.at, sentence, suggestion })
  }
  for (const name of names) if (name.text !== '_') fieldType(name, fields, complaints)
  return names.map((name) => (name.text === '_' ? null : name.text))
}

function checkKeyFields(
  key: readonly string[],
  fields: Fields,
  { at, complaints }: { readonly at: Name; readonly complaints: Complaints },
): void {
  const missing = key.filter((part) => !Object.hasOwn(fields.types, part))
  if (missing.length === 0) return
  const parts = missing.map((part) => `\`${part}\``).join(', ')
  const [code, suggestion] = ['unknown-field', '`by …`, with `_` for parts that are unknown here'] as const
  if (!fields.open) complaints.error({ code, at: at.at, sentence: `${fields.what} has no field ${parts}`, suggestion })
  else if (Object.keys(fields.types).length > 0) {
    const sentence = `${fields.what} captures no ${parts}: only records that have such a field join`
    complaints.warning({ code: 'doubtful-field', at: at.at, sentence, suggestion })
  }
}

/** `s where a == 1 and some_meter > 5` reads on as a test; meant is a second condition. */
function refuseMeters(where: SelectNode['where'], { scope, complaints }: Reading): void {
  if (where?.kind !== 'and') return
  for (const test of where.tests) {
    if (test.kind !== 'compare' || !scope.meters.has(test.field.text)) continue
    const sentence = `\`${test.field.text}\` is a meter, but stands in the test before it`
    const suggestion = 'the meter before the signal'
    complaints.error({ code: 'misplaced', at: test.field.at, sentence, suggestion })
  }
}
