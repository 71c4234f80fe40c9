// Tests that no event can pass: questions to one field that leave nothing it could be.
import type { Template, Test } from '../../model/index.ts'
import { type Bounds, boundsOf, isEmpty, isWithin, narrowed, UNBOUND } from './bounds.ts'

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

/** The same of tests that must all hold. */
export function impossibleField(tests: readonly (Test | null)[]): string | null {
  const fields = new Map<string, Known>()
  for (const test of tests.flatMap((one) => (one === null ? [] : conjuncts(one)))) {
    const learnt = learn(test)
    if (learnt === null) continue
    const known = joined(fields.get(learnt.field) ?? NOTHING, learnt.known)
    if (!isPossible(known)) return learnt.field
    fields.set(learnt.field, known)
  }
  return null
}

function conjuncts(test: Test): readonly Test[] {
  return test.kind === 'and' ? test.tests.flatMap(conjuncts) : [test]
}

/** What is known of a field. */
interface Known {
  readonly bounds: Bounds
  /** The texts it may be; null for any. */
  readonly allowed: ReadonlySet<string> | null
  readonly excluded: ReadonlySet<string>
  /** Texts of which each must be in it, and where. */
  readonly held: readonly Held[]
  readonly presence: ReadonlySet<'known' | 'unknown'>
}

interface Held {
  readonly how: 'has' | 'starts' | 'ends'
  readonly texts: readonly string[]
}

const NOTHING: Known = {
  bounds: UNBOUND,
  allowed: null,
  excluded: new Set(),
  held: [],
  presence: new Set(),
}

function isPossible({ bounds, allowed, excluded, held, presence }: Known): boolean {
  if (isEmpty(bounds) || presence.size > 1) return false
  if (allowed === null) return true
  return [...allowed].some(
    (text) => !excluded.has(text) && fitsBounds(text, bounds) && held.every((one) => holds(text, one)),
  )
}

/** A text that is no number passes no bound. */
function fitsBounds(text: string, bounds: Bounds): boolean {
  return bounds === UNBOUND || (text !== '' && !Number.isNaN(Number(text)) && isWithin(Number(text), bounds))
}

/** Case is not minded: what is told apart by it alone is let be. */
function holds(written: string, { how, texts }: Held): boolean {
  const text = written.toLowerCase()
  return texts.some((one) =>
    how === 'has' ? text.includes(one) : how === 'starts' ? text.startsWith(one) : text.endsWith(one),
  )
}

function joined(a: Known, b: Known): Known {
  const allowed = a.allowed === null || b.allowed === null ? (a.allowed ?? b.allowed) : common(a.allowed, b.allowed)
  return {
    bounds: narrowed(a.bounds, b.bounds),
    allowed,
    excluded: new Set([...a.excluded, ...b.excluded]),
    held: [...a.held, ...b.held],
    presence: new Set([...a.presence, ...b.presence]),
  }
}

function common(a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...a].filter((text) => b.has(text)))
}

interface Learnt {
  readonly field: string
  readonly known: Known
}

const PRESENT: Known = { ...NOTHING, presence: new Set(['known']) }

function learn(test: Test): Learnt | null {
  switch (test.kind) {
    case 'compare':
      return learnComparison(test)
    case 'in':
      return { field: test.field, known: { ...PRESENT, allowed: new Set(test.values.map(String)) } }
    case 'text':
      return learnText(test)
    case 'known':
    case 'pattern':
    case 'cidr':
      return { field: test.field, known: PRESENT }
    case 'not':
      return learnNot(test.test)
    case 'and':
    case 'or':
      return null
    default:
      return test satisfies never
  }
}

function learnComparison({ field, comparison, operand }: Extract<Test, { kind: 'compare' }>): Learnt {
  if (operand.kind !== 'value') return { field, known: PRESENT }
  const { value } = operand
  if (typeof value === 'number') return { field, known: { ...PRESENT, bounds: boundsOf(comparison, value) } }
  const texts = new Set([String(value)])
  if (comparison === '==') return { field, known: { ...PRESENT, allowed: texts } }
  return { field, known: comparison === '!=' ? { ...PRESENT, excluded: texts } : PRESENT }
}

/** `is` names all the field may be, as long as it captures nothing and minds case. */
function learnText({ field, how, templates }: Extract<Test, { kind: 'text' }>): Learnt {
  const texts = templates.map(plainText)
  if (field === 'message' || texts.some((text) => text === null)) return { field, known: PRESENT }
  const plain = texts.flatMap((text) => text ?? [])
  if (how !== 'is')
    return { field, known: { ...PRESENT, held: [{ how, texts: plain.map((text) => text.toLowerCase()) }] } }
  const isBlind = templates.some(({ anyCase }) => anyCase)
  return { field, known: isBlind ? PRESENT : { ...PRESENT, allowed: new Set(plain) } }
}

function plainText({ parts }: Template): string | null {
  const texts = parts.flatMap((part) => (part.kind === 'text' ? [part.text] : []))
  return texts.length === parts.length ? texts.join('') : null
}

/** What is denied is of use only where it names its values whole, in the case they are written in. */
function learnNot(test: Test): Learnt | null {
  if (test.kind === 'known') return { field: test.field, known: { ...NOTHING, presence: new Set(['unknown']) } }
  if (test.kind === 'in')
    return { field: test.field, known: { ...NOTHING, excluded: new Set(test.values.map(String)) } }
  const isValue = test.kind === 'compare' && test.comparison === '==' && test.operand.kind === 'value'
  if (!isValue || typeof test.operand.value !== 'string') return null
  return { field: test.field, known: { ...NOTHING, excluded: new Set([test.operand.value]) } }
}
