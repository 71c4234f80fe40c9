// How values are written in pattern text: durations by their largest whole unit, texts in quotes.
import type { Duration, Operand } from '../../model/index.ts'
import { encodeString } from '../syntax/strings.ts'

const UNITS: readonly (readonly [string, Duration])[] = [
  ['d', 86_400_000_000],
  ['h', 3_600_000_000],
  ['m', 60_000_000],
  ['s', 1_000_000],
  ['ms', 1000],
  ['us', 1],
]

export function printDuration(length: Duration): string {
  if (length === 0) return '0s'
  const [unit, size] = UNITS.find(([, factor]) => length % factor === 0) ?? ['us', 1]
  return `${length / size}${unit}`
}

export function printValue(value: string | number | boolean): string {
  return typeof value === 'string' ? encodeString(value) : String(value)
}

export function printOperand(operand: Operand): string {
  switch (operand.kind) {
    case 'value':
      return printValue(operand.value)
    case 'version':
      return operand.text
    case 'field':
      return operand.name
    default:
      return operand satisfies never
  }
}

export function printText(text: string): string {
  return encodeString(text)
}
