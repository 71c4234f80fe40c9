// What a question to one event means: fields and types checked, numbers converted, templates and patterns read.
import type { Comparison, Operand, Test } from '../../model/index.ts'
import { type FieldType, SEVERITIES } from '../facts.ts'
import { nearest } from '../nearest.ts'
import type { Name, TestNode, Value } from '../syntax/tree.ts'
import { amountValue, fitting } from './amounts.ts'
import type { Complaints } from './complaints.ts'
import { type Fields, fieldType, isListed } from './fields.ts'
import { readPattern } from './patterns.ts'
import { readTemplate } from './template.ts'

export function readTest(node: TestNode, fields: Fields, complaints: Complaints): Test {
  switch (node.kind) {
    case 'and':
    case 'or':
      return { kind: node.kind, tests: node.tests.map((test) => readTest(test, fields, complaints)) }
    case 'not':
      return { kind: 'not', test: readTest(node.test, fields, complaints) }
    case 'text': {
      fieldType(node.field, fields, complaints)
      if (node.how === 'is') for (const { text } of node.choices) checkSeverity(node.field, { text }, complaints)
      const templates = node.choices.map((choice) => readTemplate(choice, complaints))
      return { kind: 'text', field: node.field.text, how: howOf(node.how), templates }
    }
    case 'pattern':
      fieldType(node.field, fields, complaints)
      return readPattern(node, complaints)
    case 'compare':
      return readComparison(node, fields, complaints)
    case 'in':
      return readMembership(node, fields, complaints)
    case 'cidr':
      return readRanges(node, fields, complaints)
    case 'known':
      fieldType(node.field, fields, complaints)
      return { kind: 'known', field: node.field.text }
    default:
      return node satisfies never
  }
}

export function readWhere(node: TestNode | null, fields: Fields, complaints: Complaints): Test | null {
  return node === null ? null : readTest(node, fields, complaints)
}

function readComparison(
  { field, comparison, value }: Extract<TestNode, { kind: 'compare' }>,
  fields: Fields,
  complaints: Complaints,
): Test {
  const operand = readOperand(field, value, { fields, complaints })
  return { kind: 'compare', field: field.text, comparison: comparisonOf(comparison), operand }
}

interface Asking {
  readonly fields: Fields
  readonly complaints: Complaints
}

function readOperand(field: Name, value: Value, { fields, complaints }: Asking): Operand {
  const type = fieldType(field, fields, complaints)
  switch (value.kind) {
    case 'amount': {
      const wanted = { measures: fitting(type), what: `field \`${field.text}\`` }
      return { kind: 'value', value: amountValue(value.amount, wanted, complaints) }
    }
    case 'text':
      checkSeverity(field, value, complaints)
      if (!fields.open) checkKind(value, type, complaints)
      return { kind: 'value', value: value.text.value }
    case 'version':
      return isAddress(value.name.text)
        ? { kind: 'value', value: value.name.text }
        : { kind: 'version', text: value.name.text }
    case 'word':
      return readWord(value.name, { fields, complaints })
    default:
      return value satisfies never
  }
}

function readWord(name: Name, { fields, complaints }: Asking): Operand {
  if (name.text === 'true' || name.text === 'false') return { kind: 'value', value: name.text === 'true' }
  if (isListed(name.text, fields)) return { kind: 'field', name: name.text }
  const suggestion = `\`"${name.text}"\``
  if (fields.open) {
    const sentence = `\`${name.text}\` is read as a field of the record; a text stands in quotes`
    complaints.warning({ code: 'doubtful-field', at: name.at, sentence, suggestion })
  } else {
    const sentence = `${fields.what} has no field \`${name.text}\`; a text stands in quotes`
    const near = nearest(name.text, Object.keys(fields.types))
    complaints.error({ code: 'unknown-field', at: name.at, sentence, suggestion: near ?? suggestion })
  }
  return { kind: 'field', name: name.text }
}

function readMembership(
  { field, values }: Extract<TestNode, { kind: 'in' }>,
  fields: Fields,
  complaints: Complaints,
): Test {
  const found = values.flatMap((value) => {
    const operand = readOperand(field, value, { fields, complaints })
    if (operand.kind === 'version') return [operand.text]
    if (operand.kind === 'value' && typeof operand.value !== 'boolean') return [operand.value]
    const at = value.kind === 'word' ? value.name.at : field.at
    complaints.error({ code: 'value', at, sentence: '`in (…)` lists texts and numbers' })
    return []
  })
  return { kind: 'in', field: field.text, values: found }
}

function readRanges(
  { field, ranges }: Extract<TestNode, { kind: 'cidr' }>,
  fields: Fields,
  complaints: Complaints,
): Test {
  fieldType(field, fields, complaints)
  for (const { value, at } of ranges) {
    if (!isRange(value)) complaints.error({ code: 'value', at, sentence: `\`${value}\` is no address range` })
  }
  return { kind: 'cidr', field: field.text, ranges: ranges.map(({ value }) => value) }
}

/** An address with an optional length of its prefix; exactness is left to whoever matches. */
function isRange(text: string): boolean {
  const [address = '', prefix = '', ...more] = text.split('/')
  if (more.length > 0 || (text.includes('/') && !/^\d{1,3}$/.test(prefix))) return false
  if (isAddress(address)) return Number(prefix) <= 32
  return /^[0-9A-Fa-f:]*:[0-9A-Fa-f:]*(?:\d+\.\d+\.\d+\.\d+)?$/.test(address) && Number(prefix) <= 128
}

function isAddress(text: string): boolean {
  return /^\d{1,3}(?:\.\d{1,3}){3}$/.test(text) && text.split('.').every((part) => Number(part) <= 255)
}

function checkSeverity(
  field: Name,
  value: Pick<Extract<Value, { kind: 'text' }>, 'text'>,
  complaints: Complaints,
): void {
  const { value: text, at } = value.text
  if (field.text !== 'severity' || SEVERITY_WORDS.has(text)) return
  const sentence = `\`${text}\` is no severity: ${[...SEVERITY_WORDS].join(' ')}`
  complaints.error({ code: 'unknown-word', at, sentence, suggestion: nearest(text, SEVERITY_WORDS) })
}

/** Facts hold what is written of them; what a format names may be anything. */
function checkKind({ text }: Extract<Value, { kind: 'text' }>, type: FieldType, complaints: Complaints): void {
  if (type === 'text' || type === 'open' || (text.value !== '' && !Number.isNaN(Number(text.value)))) return
  if (type === 'boolean' && (text.value === 'true' || text.value === 'false')) return
  const sentence = `this field holds ${type === 'boolean' ? 'true or false' : 'numbers'}: it never is \`"${text.value}"\``
  complaints.warning({ code: 'never-fires', at: text.at, sentence })
}

/** Of records, and of findings where an example asks. */
const SEVERITY_WORDS: ReadonlySet<string> = new Set([...SEVERITIES, 'critical', 'high', 'medium', 'low'])

function howOf(word: string): 'has' | 'starts' | 'ends' | 'is' {
  return word === 'starts' || word === 'ends' || word === 'is' ? word : 'has'
}

export function comparisonOf(sign: string): Comparison {
  switch (sign) {
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return sign
    default:
      return '=='
  }
}
