// What a signal means: where it is looked for, what it asks, what it captures, which literals lead to it.
import type { Signal } from '../../model/index.ts'
import { FACTS } from '../facts.ts'
import { literalsOf } from '../literals.ts'
import { nearest } from '../nearest.ts'
import type { Name } from '../syntax/tree.ts'
import type { Complaints } from './complaints.ts'
import type { Declared } from './declarations.ts'
import { capturesOf } from './patterns.ts'
import { type Scope, signalFields } from './scope.ts'
import { readWhere } from './tests.ts'

/** Words that begin a condition of their own. */
const RESERVED: ReadonlySet<string> = new Set(['all', 'sequence', 'fact'])

export function readSignal({ statement, complaints }: Declared<'signal'>, scope: Scope): Signal {
  const { name, from, readers, where } = statement
  if (RESERVED.has(name.text) || Object.hasOwn(FACTS, name.text)) {
    const sentence = `\`${name.text}\` already means something in conditions: name the signal otherwise`
    complaints.error({ code: 'reserved-name', at: name.at, sentence })
  }
  if (from.text !== 'log' && !Object.hasOwn(FACTS, from.text) && !scope.broken.has(from.text)) {
    const sentence = `\`${from.text}\` is neither \`log\` nor a kind of fact`
    const suggestion = nearest(from.text, ['log', ...Object.keys(FACTS)])
    complaints.error({ code: 'unknown-signal', at: from.at, sentence, suggestion })
  }
  const [reader] = readers
  if (from.text !== 'log' && reader !== undefined) {
    complaints.error({ code: 'misplaced', at: reader.at, sentence: 'formats in brackets confine `log` only' })
  }
  for (const name of from.text === 'log' ? readers : []) checkFormat(name, scope, complaints)
  const test = readWhere(where, signalFields(statement), complaints)
  const literals = test === null || from.text !== 'log' ? [] : literalsOf(test)
  if (from.text === 'log' && literals.length === 0) {
    const sentence = `no text of three letters or more is in every line of \`${name.text}\`: every line must be parsed`
    complaints.warning({ code: 'no-literal', at: name.at, sentence })
  }
  return {
    name: name.text,
    from: from.text,
    readers: readers.map(({ text }) => text),
    where: test,
    captures: capturesOf(test),
    literals,
  }
}

/** A format by its name or the first word of it: `nginx` is `nginx-access` and `nginx-error`. */
function checkFormat({ text, at }: Name, { formats }: Scope, complaints: Complaints): void {
  if (formats === null || formats.some((format) => format === text || format.startsWith(`${text}-`))) return
  const known = formats.flatMap((format) => [format, format.split('-')[0] ?? format])
  const sentence = `no log is read in a format \`${text}\``
  complaints.error({ code: 'unknown-word', at, sentence, suggestion: nearest(text, known) })
}
