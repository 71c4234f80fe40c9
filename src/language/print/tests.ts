// Tests of an event as pattern text.
import type { Template, Test } from '../../model/index.ts'
import { printOperand, printText, printValue } from './values.ts'

export function printTest(test: Test): string {
  switch (test.kind) {
    case 'or':
      return test.tests.map((part) => (part.kind === 'or' ? `(${printTest(part)})` : printTest(part))).join(' or ')
    case 'and':
      return test.tests
        .map((part) => (part.kind === 'or' || part.kind === 'and' ? `(${printTest(part)})` : printTest(part)))
        .join(' and ')
    case 'not':
      return isJoined(test.test) ? `not (${printTest(test.test)})` : `not ${printTest(test.test)}`
    case 'text':
      return `${test.field} ${test.how} ${printTemplates(test.templates)}`
    case 'pattern':
      return `${test.field} ~ /${test.source}/${test.anyCase ? 'i' : ''}`
    case 'compare':
      return `${test.field} ${test.comparison} ${printOperand(test.operand)}`
    case 'in':
      return `${test.field} in (${test.values.map(printValue).join(', ')})`
    case 'cidr':
      return `${test.field} in cidr (${test.ranges.map(printText).join(', ')})`
    case 'known':
      return `${test.field} known`
    default:
      return test satisfies never
  }
}

function isJoined(test: Test): boolean {
  return test.kind === 'and' || test.kind === 'or'
}

function printTemplates(templates: readonly Template[]): string {
  const [first] = templates
  if (templates.length === 1 && first !== undefined) return printTemplate(first)
  return `any (${templates.map(printTemplate).join(', ')})`
}

function printTemplate({ parts, anyCase }: Template): string {
  const text = parts.map((part) =>
    part.kind === 'text' ? part.text.replace(/[{}]/g, '$&$&') : `{${part.name}:${part.type}}`,
  )
  return `${anyCase ? 'any case ' : ''}${printText(text.join(''))}`
}
