// The names that rules can use: signals with their captures, kinds of facts, meters, causes with their keys.
import type { FieldTypes } from '../facts.ts'
import { FACTS } from '../facts.ts'
import { nearest } from '../nearest.ts'
import { parsePattern } from '../regex/parse.ts'
import type { Name, TestNode } from '../syntax/tree.ts'
import type { Complaints } from './complaints.ts'
import { clausesOf, type Declarations, type StatementOf } from './declarations.ts'
import { anyFields, type Fields, factFields, logFields } from './fields.ts'
import { CAPTURE_TYPES } from './template.ts'

export interface Scope {
  readonly signals: ReadonlyMap<string, StatementOf<'signal'>>
  readonly meters: ReadonlyMap<string, StatementOf<'meter'>>
  /** Each cause's key. */
  readonly causes: ReadonlyMap<string, readonly string[]>
  readonly broken: ReadonlySet<string>
  /** Names of the formats logs are read in; null where they are not known. */
  readonly formats: readonly string[] | null
  /** Signals and meters that something uses; filled while rules are read. */
  readonly used: Set<string>
}

export function createScope(declarations: Declarations, formats: readonly string[] | null): Scope {
  const { signals, meters, causes, broken } = declarations
  return {
    signals: new Map(signals.map(({ statement }) => [statement.name.text, statement])),
    meters: new Map(meters.map(({ statement }) => [statement.name.text, statement])),
    causes: new Map(
      causes.map(({ name, clauses }) => [
        name.text,
        clausesOf(clauses, 'key').flatMap(({ parts }) => parts.map((part) => part.text)),
      ]),
    ),
    broken,
    formats,
    used: new Set(),
  }
}

/** Fields of a signal or kind of fact; null where there is none of that name. */
export function fieldsOf(name: string, scope: Scope): Fields | null {
  const signal = scope.signals.get(name)
  if (signal !== undefined) return signalFields(signal)
  const fact = Object.hasOwn(FACTS, name) ? FACTS[name] : undefined
  if (fact !== undefined) return factFields(`\`${name}\``, fact)
  return scope.broken.has(name) ? anyFields(`\`${name}\``) : null
}

export function signalFields({ name, from, where }: StatementOf<'signal'>): Fields {
  const what = `\`${name.text}\``
  const captures = where === null ? {} : captureTypes(where)
  const fact = Object.hasOwn(FACTS, from.text) ? FACTS[from.text] : undefined
  if (fact !== undefined) return factFields(what, fact, captures)
  return from.text === 'log' ? logFields(what, captures) : anyFields(what)
}

/** The same, marking the signal as used and complaining where there is none. */
export function useSignal(name: Name, scope: Scope, complaints: Complaints): Fields {
  scope.used.add(name.text)
  const fields = fieldsOf(name.text, scope)
  if (fields !== null) return fields
  const suggestion = nearest(name.text, [...scope.signals.keys(), ...Object.keys(FACTS)])
  const sentence = `there is no signal or kind of fact \`${name.text}\``
  complaints.error({ code: 'unknown-signal', at: name.at, sentence, suggestion })
  return anyFields(`\`${name.text}\``)
}

/** Types of what a test captures, read off the written form. */
function captureTypes(node: TestNode): FieldTypes {
  switch (node.kind) {
    case 'and':
    case 'or':
      return Object.assign({}, ...node.tests.map(captureTypes))
    case 'text':
      return Object.assign({}, ...node.choices.map(({ text }) => templateTypes(text.value)))
    case 'pattern': {
      const { names } = parsePattern(node.image.slice(1, node.image.lastIndexOf('/')))
      return Object.fromEntries(names.map((name) => [name, 'open'] as const))
    }
    default:
      return {}
  }
}

function templateTypes(template: string): FieldTypes {
  const pairs = [...template.matchAll(/\{(\w+):(\w+)\}/g)].map(([, name = '', type = '']) => {
    const known = Object.entries(CAPTURE_TYPES).find(([word]) => word === type)
    return [name, known?.[1] ?? 'open'] as const
  })
  return Object.fromEntries(pairs)
}
