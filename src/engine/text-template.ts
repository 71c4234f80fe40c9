// Text templates: how `connect ECONNREFUSED {peer:ip}:{port:int}` is found in a text and what it captures.
import type { CaptureType, FieldValue, Template, TemplatePart } from '../model/index.ts'
import { HOUR, MILLISECOND, MINUTE, SECOND } from '../model/index.ts'

/** Finds the template and binds its captures; false where the text does not hold it. */
export type TextFinder = (text: string, captures: Record<string, FieldValue>) => boolean

/** One pattern a type; all are linear: no nested repetition. */
const PATTERNS: Readonly<Record<CaptureType, string>> = {
  ip: '\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?:\\d{1,3}(?:\\.\\d{1,3}){3})?',
  int: '[-+]?\\d+',
  number: '[-+]?\\d+(?:[.,]\\d+)?(?:[eE][-+]?\\d+)?',
  duration: '\\d+(?:\\.\\d+)?\\s?(?:us|µs|ms|milliseconds?|seconds?|secs?|s|minutes?|mins?|m|hours?|h)?(?![A-Za-z])',
  size: '\\d+(?:\\.\\d+)?\\s?(?:[kKmMgGtT]i?)?[bB]?(?![A-Za-z])',
  cpu: '\\d+(?:\\.\\d+)?m?(?![A-Za-z0-9])',
  word: '[^\\s"\'()\\[\\]{},;]+',
  host: '(?=[\\d._-]*[A-Za-z])[A-Za-z0-9][A-Za-z0-9._-]*',
  quoted: '"[^"\\n]*"|\'[^\'\\n]*\'|`[^`\\n]*`',
  path: '/[^\\s"\']*',
  uuid: '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}',
  time: '\\d[0-9T:.,+Z/-]*(?: \\d\\d:\\d\\d:\\d\\d[0-9.,]*)?',
  rest: '[^\\n]*',
}

/** Microseconds in a unit by its first letters; a bare number is milliseconds. */
const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^(us|µs)/, 1],
  [/^(ms|milli)/, MILLISECOND],
  [/^s/, SECOND],
  [/^m/, MINUTE],
  [/^h/, HOUR],
]

const POWERS = ['', 'k', 'm', 'g', 't']

export function compileTemplate(template: Template, how: 'has' | 'starts' | 'ends' | 'is'): TextFinder {
  const captured = template.parts.filter((part) => part.kind === 'capture')
  const literal = template.parts.map((part) => (part.kind === 'text' ? part.text : '')).join('')
  if (captured.length === 0 && !template.anyCase) return literalFinder(literal, how)
  const guard = template.anyCase ? '' : longestText(template)
  let expression: RegExp | null = null
  return (text, captures) => {
    if (!text.includes(guard)) return false
    expression ??= new RegExp(anchored(template.parts.map(partPattern).join(''), how), template.anyCase ? 'i' : '')
    const found = expression.exec(text)
    if (found === null) return false
    captured.forEach((part, at) => {
      if (part.name !== '_') captures[part.name] = captureValue(part.type, found[at + 1] ?? '')
    })
    return true
  }
}

/** What must occur anyway: cheaper to look for than the whole. */
export function longestText(template: Template): string {
  return template.parts.reduce(
    (best, part) => (part.kind === 'text' && part.text.length > best.length ? part.text : best),
    '',
  )
}

function literalFinder(literal: string, how: 'has' | 'starts' | 'ends' | 'is'): TextFinder {
  switch (how) {
    case 'has':
      return (text) => text.includes(literal)
    case 'starts':
      return (text) => text.startsWith(literal)
    case 'ends':
      return (text) => text.endsWith(literal)
    case 'is':
      return (text) => text === literal
    default:
      return how satisfies never
  }
}

function anchored(pattern: string, how: 'has' | 'starts' | 'ends' | 'is'): string {
  const start = how === 'starts' || how === 'is' ? '^' : ''
  const end = how === 'ends' || how === 'is' ? '$' : ''
  return `${start}${pattern}${end}`
}

function partPattern(part: TemplatePart): string {
  if (part.kind === 'capture') return `(${PATTERNS[part.type]})`
  return part.text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}

/** What a captured text means: a number for numeric types, microseconds for durations, bytes for sizes, else the text. */
export function captureValue(type: CaptureType, text: string): FieldValue {
  switch (type) {
    case 'int':
      return Number.parseInt(text, 10)
    case 'number':
      return Number(text.replace(',', '.'))
    case 'cpu':
      return text.endsWith('m') ? Number(text.slice(0, -1)) / 1000 : Number(text)
    case 'duration':
      return durationValue(text)
    case 'size':
      return sizeValue(text)
    case 'quoted':
      return text.slice(1, -1)
    case 'host':
      return text.replace(/[.\-_]+$/, '')
    case 'word':
      return text.replace(/[.:]+$/, '')
    default:
      return text
  }
}

function durationValue(text: string): number {
  const amount = Number.parseFloat(text)
  const unit = text.replace(/^[\d.\s]+/, '')
  const scale = UNITS.find(([pattern]) => pattern.test(unit))?.[1] ?? MILLISECOND
  return Math.round(amount * scale)
}

function sizeValue(text: string): number {
  const unit = text.replace(/^[\d.\s]+/, '').toLowerCase()
  const power = Math.max(0, POWERS.indexOf(unit.charAt(0)))
  return Math.round(Number.parseFloat(text) * (unit.includes('i') || unit.length <= 1 ? 1024 : 1000) ** power)
}
