// What a regular expression in a test means: its groups, and whether it can run as it is.
import type { Test } from '../../model/index.ts'
import { isLinear } from '../regex/linear.ts'
import { parsePattern } from '../regex/parse.ts'
import type { PatternNode } from '../regex/pattern.ts'
import { requiredTexts } from '../regex/required.ts'
import type { TestNode } from '../syntax/tree.ts'
import type { Complaints } from './complaints.ts'

export function readPattern(
  { field, image, at }: Extract<TestNode, { kind: 'pattern' }>,
  complaints: Complaints,
): Test {
  const [, source = '', flags = ''] = /^\/(.*)\/([A-Za-z]*)$/s.exec(image) ?? []
  if (source === '')
    complaints.error({ code: 'unterminated', at, sentence: 'the regular expression has no end or is empty' })
  if (!/^i?$/.test(flags)) {
    const place = { offset: at.offset + image.length - flags.length, length: flags.length }
    complaints.error({ code: 'regex', at: place, sentence: `\`${flags}\`: the only flag is \`i\`` })
  }
  const { root, names, fault } = parsePattern(source)
  if (fault !== null) {
    const place = { offset: at.offset + 1 + fault.index, length: fault.length }
    complaints.error({ code: fault.code, at: place, sentence: fault.sentence, suggestion: fault.suggestion })
  }
  const [anyCase, linear, needs] = [flags === 'i', isLinear(root), needsOf(root)]
  return { kind: 'pattern', field: field.text, source, anyCase, names, linear, needs }
}

function needsOf(root: PatternNode): readonly (readonly string[])[] {
  return requiredTexts(root).filter((texts) => !texts.includes(''))
}

/** The names that captures of a test bind, each once, in order; under `not` nothing is bound. */
export function capturesOf(test: Test | null): readonly string[] {
  return test === null ? [] : [...new Set(namesIn(test))]
}

function namesIn(test: Test): readonly string[] {
  switch (test.kind) {
    case 'and':
    case 'or':
      return test.tests.flatMap(namesIn)
    case 'pattern':
      return test.names
    case 'text':
      return test.templates.flatMap(({ parts }) =>
        parts.flatMap((part) => (part.kind === 'capture' && part.name !== '_' ? [part.name] : [])),
      )
    default:
      return []
  }
}
