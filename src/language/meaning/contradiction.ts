// Tests that no event can pass: bounds of one field that leave nothing between them.
import type { Test } from '../../model/index.ts'

interface End {
  readonly at: number
  /** Whether the end itself is left out. */
  readonly isOpen: boolean
}

interface Bounds {
  readonly low: End
  readonly high: End
}

const LEAST: End = { at: Number.NEGATIVE_INFINITY, isOpen: false }
const MOST: End = { at: Number.POSITIVE_INFINITY, isOpen: false }

/** @returns the field that would have to be two things at once; null where there is none */
export function contradictionIn(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return null
  if (isConjunction(value)) {
    const field = impossibleField(value.tests)
    if (field !== null) return field
  }
  for (const part of Object.values(value)) {
    const field = contradictionIn(part)
    if (field !== null) return field
  }
  return null
}

function isConjunction(value: object): value is Extract<Test, { kind: 'and' }> {
  return 'kind' in value && value.kind === 'and' && 'tests' in value && Array.isArray(value.tests)
}

function impossibleField(tests: readonly Test[]): string | null {
  const bounds = new Map<string, Bounds>()
  for (const { field, known } of tests.flatMap(boundsOf)) {
    const both = narrowed(bounds.get(field) ?? { low: LEAST, high: MOST }, known)
    const { low, high } = both
    if (low.at > high.at || (low.at === high.at && (low.isOpen || high.isOpen))) return field
    bounds.set(field, both)
  }
  return null
}

function boundsOf(test: Test): { readonly field: string; readonly known: Bounds }[] {
  if (test.kind === 'and') return test.tests.flatMap(boundsOf)
  if (test.kind !== 'compare' || test.operand.kind !== 'value' || typeof test.operand.value !== 'number') return []
  const end = { at: test.operand.value, isOpen: test.comparison === '<' || test.comparison === '>' }
  const low = test.comparison.startsWith('<') ? LEAST : end
  const high = test.comparison.startsWith('>') ? MOST : end
  return test.comparison === '!=' ? [] : [{ field: test.field, known: { low, high } }]
}

function narrowed(a: Bounds, b: Bounds): Bounds {
  return { low: tighter(a.low, b.low, 1), high: tighter(a.high, b.high, -1) }
}

function tighter(a: End, b: End, side: 1 | -1): End {
  if (a.at === b.at) return a.isOpen ? a : b
  return (a.at - b.at) * side > 0 ? a : b
}
