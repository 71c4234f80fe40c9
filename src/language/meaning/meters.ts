// What a meter means: its function, what is measured, and the samples it needs.
import type { Meter, MeterFunction } from '../../model/index.ts'
import type { FieldType } from '../facts.ts'
import { nearest } from '../nearest.ts'
import type { MeterNode, Name, TestNode } from '../syntax/tree.ts'
import { countValue, durationValue, type Measure } from './amounts.ts'
import type { Complaints } from './complaints.ts'
import { type Fields, fieldType } from './fields.ts'
import { fieldsOf, type Scope, useSignal } from './scope.ts'
import { readWhere } from './tests.ts'

/** What each function is made of and what comes out: a share, a plain number, or what its field holds. */
const FUNCTIONS: Readonly<Record<MeterFunction, { readonly field: boolean; readonly gives: Measure | 'field' }>> = {
  count: { field: false, gives: 'number' },
  rate: { field: false, gives: 'number' },
  share: { field: false, gives: 'share' },
  distinct: { field: true, gives: 'number' },
  sum: { field: true, gives: 'field' },
  avg: { field: true, gives: 'field' },
  min: { field: true, gives: 'field' },
  max: { field: true, gives: 'field' },
  p50: { field: true, gives: 'field' },
  p95: { field: true, gives: 'field' },
  p99: { field: true, gives: 'field' },
  top: { field: true, gives: 'share' },
  ratio: { field: true, gives: 'share' },
}

const NEED_SAMPLES: ReadonlySet<MeterFunction> = new Set(['share', 'ratio', 'top', 'p50', 'p95', 'p99'])

export interface ReadMeter {
  readonly meter: Meter
  /** What its value may be compared with. */
  readonly measures: readonly Measure[]
}

export function readMeter(
  node: MeterNode,
  name: string | null,
  asked: { scope: Scope; complaints: Complaints },
): ReadMeter {
  const { scope, complaints } = asked
  const calculate = readFunction(node.calculate, complaints)
  const known = FUNCTIONS[calculate]
  const { signal, field } =
    known.field || fieldsOf(node.of.text, scope) === null
      ? splitField(node.of, scope)
      : { signal: node.of, field: null }
  const fields = useSignal(signal, scope, complaints)
  const type = field === null ? 'open' : fieldType(field, fields, complaints)
  if (known.field && field === null) {
    const sentence = `\`${calculate}\` measures a field: \`${calculate}(${node.of.text}.field)\``
    complaints.error({ code: 'syntax', at: node.of.at, sentence })
  }
  if (!known.field && field !== null && calculate === node.calculate.text) {
    const sentence = `\`${calculate}\` counts events, whatever their fields: \`${calculate}(${signal.text})\``
    const suggestion = calculate === 'count' ? `\`distinct(${node.of.text})\`` : null
    complaints.error({ code: 'syntax', at: field.at, sentence, suggestion })
  }
  const among = calculate === 'share' ? readWhere(node.where, fields, complaints) : null
  const where = calculate === 'share' ? null : readWhere(node.where, fields, complaints)
  if (calculate === 'share' && among === null) {
    complaints.error({ code: 'syntax', at: node.of.at, sentence: '`share` says of what: `share(s where …)`' })
  }
  const meter: Meter = {
    name,
    calculate,
    select: { signal: signal.text, where },
    field: field?.text ?? null,
    divisor: readDivisor(node, signal, { fields, complaints, scope }),
    among,
    over: readWindow(node, complaints),
    by: readMeterBy(node.by, fields, complaints),
    atLeast: readSamples(node, calculate, complaints),
  }
  checkCounted(meter, node, complaints)
  return { meter, measures: measuresOf(known.gives, type) }
}

function readFunction(name: Name, complaints: Complaints): MeterFunction {
  if (isFunction(name.text)) return name.text
  const suggestion = nearest(name.text, Object.keys(FUNCTIONS))
  complaints.error({ code: 'unknown-word', at: name.at, sentence: `\`${name.text}\` measures nothing`, suggestion })
  return 'count'
}

function isFunction(word: string): word is MeterFunction {
  return Object.hasOwn(FUNCTIONS, word)
}

/** `http.request.duration` is field `duration` of `http.request`: the longest known name is the signal. */
function splitField(name: Name, scope: Scope): { readonly signal: Name; readonly field: Name | null } {
  const parts = name.text.split('.')
  for (let length = parts.length - 1; length > 0; length--) {
    const text = parts.slice(0, length).join('.')
    if (fieldsOf(text, scope) !== null) return cutName(name, text.length)
  }
  return parts.length === 1 || fieldsOf(name.text, scope) !== null
    ? { signal: name, field: null }
    : cutName(name, name.text.lastIndexOf('.'))
}

function cutName(name: Name, length: number): { readonly signal: Name; readonly field: Name } {
  const rest = name.text.slice(length + 1)
  return {
    signal: { text: name.text.slice(0, length), at: { offset: name.at.offset, length } },
    field: { text: rest, at: { offset: name.at.offset + length + 1, length: rest.length } },
  }
}

interface Dividing {
  readonly fields: Fields
  readonly complaints: Complaints
  readonly scope: Scope
}

function readDivisor(
  { calculate, divisor }: MeterNode,
  signal: Name,
  { fields, complaints, scope }: Dividing,
): string | null {
  if ((calculate.text === 'ratio') !== (divisor !== null)) {
    const sentence = '`ratio` divides one field by another: `ratio(s.f / s.g)`; nothing else divides'
    complaints.error({ code: 'syntax', at: calculate.at, sentence })
  }
  if (divisor === null) return null
  const split = splitField(divisor, scope)
  if (split.field === null || split.signal.text !== signal.text) {
    const sentence = `both fields of a ratio are of one signal: \`${signal.text}\``
    complaints.error({ code: 'unknown-field', at: divisor.at, sentence })
    return null
  }
  fieldType(split.field, fields, complaints)
  return split.field.text
}

function readWindow({ over }: MeterNode, complaints: Complaints): number {
  const value = durationValue(over, 'the window of a meter', complaints)
  if (value <= 0) complaints.error({ code: 'never-fires', at: over.at, sentence: 'an empty window measures nothing' })
  return value
}

function readMeterBy(by: readonly Name[], fields: Fields, complaints: Complaints): readonly (string | null)[] {
  for (const name of by) if (name.text !== '_') fieldType(name, fields, complaints)
  return by.map((name) => (name.text === '_' ? null : name.text))
}

function readSamples({ atLeast, calculate }: MeterNode, known: MeterFunction, complaints: Complaints): number {
  if (atLeast !== null) return countValue(atLeast, '`at least`', complaints)
  if (NEED_SAMPLES.has(known)) {
    const sentence = `\`${known}\` of few samples says nothing: add \`, at least N\``
    complaints.error({ code: 'minimum-missing', at: calculate.at, sentence, suggestion: '`, at least 20`' })
  }
  return 0
}

/** What is known of all requests of a source. */
const COUNTED_BY: ReadonlySet<string> = new Set(['source', 'service', 'host'])

/** Requests are counted for every line by status and duration; what else they say is known of parsed lines only. */
function checkCounted({ select, by, field }: Meter, node: MeterNode, complaints: Complaints): void {
  if (select.signal !== 'http.request' || !by.every((name) => name === null || COUNTED_BY.has(name))) return
  const asked = [...(field === null ? [] : [field]), ...(node.where === null ? [] : askedFields(node.where))]
  const other = asked.find((name) => name !== 'status' && name !== 'duration')
  if (other === undefined) return
  const sentence = `without \`by\`, or by source, service or host, \`http.request\` is asked for status and duration only, not \`${other}\``
  complaints.error({ code: 'unknown-field', at: node.of.at, sentence, suggestion: 'a signal, or `by` another field' })
}

function askedFields(node: TestNode): readonly string[] {
  switch (node.kind) {
    case 'and':
    case 'or':
      return node.tests.flatMap(askedFields)
    case 'not':
      return askedFields(node.test)
    default:
      return [node.field.text]
  }
}

function measuresOf(gives: Measure | 'field', type: FieldType): readonly Measure[] {
  if (gives === 'share') return ['share', 'number']
  if (gives !== 'field') return ['number']
  if (type === 'duration' || type === 'size' || type === 'share') return ['number', type]
  return type === 'number' ? ['number'] : ['number', 'duration', 'size', 'share']
}
