// What a text template says: literal text and typed captures.
import type { CaptureType, Template, TemplatePart } from '../../model/index.ts'
import type { FieldType } from '../facts.ts'
import { nearest } from '../nearest.ts'
import type { Span, TextChoice, Text as TextNode } from '../syntax/tree.ts'
import type { Complaints } from './complaints.ts'

/** Every capture type and what it captures. */
export const CAPTURE_TYPES: Readonly<Record<CaptureType, FieldType>> = {
  ip: 'text',
  int: 'number',
  number: 'number',
  duration: 'duration',
  size: 'size',
  cpu: 'number',
  word: 'text',
  host: 'text',
  quoted: 'text',
  path: 'text',
  uuid: 'text',
  time: 'open',
  rest: 'text',
}

const PIECE = /\{\{|\}\}|\{([^{}]*)\}|[{}]|[^{}]+/g

export function readTemplate({ text, anyCase }: TextChoice, complaints: Complaints): Template {
  const parts: TemplatePart[] = []
  for (const piece of text.value.matchAll(PIECE)) {
    const at = spanWithin(text, piece.index, piece[0].length)
    const capture = piece[1] === undefined ? null : readCapture(piece[1], at, complaints)
    if (capture !== null) parts.push(capture)
    else if (piece[1] === undefined) addText(parts, literalOf(piece[0], at, complaints))
  }
  checkTemplate(text, parts, complaints)
  return { parts, anyCase }
}

function readCapture(inner: string, at: Span, complaints: Complaints): TemplatePart | null {
  const [, name = '', type = ''] = /^\s*(\w+)\s*:\s*(\w+)\s*$/.exec(inner) ?? []
  if (isCaptureType(type)) return { kind: 'capture', name, type }
  const sentence = type === '' ? 'a capture is written `{name:type}`' : `\`${type}\` is no type of capture`
  const suggestion = type === '' ? guessCapture(inner) : nearest(type, Object.keys(CAPTURE_TYPES))
  complaints.error({ code: 'template', at, sentence, suggestion })
  return null
}

function guessCapture(inner: string): string {
  return /^\w+$/.test(inner) ? `\`{${inner}:word}\`` : '`{{` and `}}` for braces'
}

function literalOf(piece: string, at: Span, complaints: Complaints): string {
  if (piece === '{{') return '{'
  if (piece === '}}') return '}'
  if (piece === '{' || piece === '}') {
    complaints.error({ code: 'template', at, sentence: `a brace is written \`${piece}${piece}\`` })
  }
  return piece
}

function addText(parts: TemplatePart[], text: string): void {
  const last = parts.at(-1)
  if (last?.kind === 'text') parts[parts.length - 1] = { kind: 'text', text: last.text + text }
  else parts.push({ kind: 'text', text })
}

function checkTemplate(text: TextNode, parts: readonly TemplatePart[], complaints: Complaints): void {
  const { at } = text
  if (text.value === '') complaints.error({ code: 'template', at, sentence: 'an empty text occurs everywhere' })
  const rest = parts.findIndex((part) => part.kind === 'capture' && part.type === 'rest')
  if (rest >= 0 && rest < parts.length - 1) {
    complaints.error({ code: 'template', at, sentence: '`rest` takes the whole line: nothing can follow it' })
  }
  const names = parts.flatMap((part) => (part.kind === 'capture' && part.name !== '_' ? [part.name] : []))
  const twice = names.find((name, index) => names.indexOf(name) < index)
  if (twice !== undefined)
    complaints.error({ code: 'template', at, sentence: `\`${twice}\` is captured twice in one text` })
  const touching = parts.some((part, index) => part.kind === 'capture' && parts[index + 1]?.kind === 'capture')
  if (touching) complaints.error({ code: 'template', at, sentence: 'two captures need text between them' })
}

function isCaptureType(type: string): type is CaptureType {
  return Object.hasOwn(CAPTURE_TYPES, type)
}

/** Where a part of a decoded text stands in the file. */
export function spanWithin(text: TextNode, index: number, length: number): Span {
  const offset = text.offsets[index] ?? text.at.offset
  const last = text.offsets[index + length - 1] ?? offset
  return { offset, length: last - offset + 1 }
}
