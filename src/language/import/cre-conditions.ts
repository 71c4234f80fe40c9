// What a CRE set or sequence says, as a condition: counts, orders, forbidden intervals.
import type { Absence, Bound, Condition, Step } from '../../model/index.ts'
import type { CreNegation, CreRule, CreTerm } from './cre-document.ts'
import { Refusal } from './yaml-nodes.ts'

/** More orders of a set with a negation than this are not written out. */
const LARGEST_ORDERS = 720
/** Which signal a term is looked for with. */
export type NameOf = (term: CreTerm) => string

/** The conditions of which one must hold. */
export function conditionsOf(rule: CreRule, nameOf: NameOf): readonly Condition[] {
  const terms = rule.kind === 'set' ? folded(rule.terms) : rule.terms
  const [first] = terms
  if (first === undefined) return []
  const within = rule.window ?? 0
  if (rule.negations.length > 0) {
    const anchored = rule.negations.some(({ anchor }) => anchor > 0)
    const orders = rule.kind === 'set' ? ordersOf(terms, rule) : [expanded(terms)]
    const steps = anchored ? orders : orders.map(united)
    return steps.map((order) => guarded(order, { within, negations: rule.negations, nameOf }))
  }
  if (rule.kind === 'sequence') {
    return [
      {
        kind: 'sequence',
        steps: united(terms).map((term, at) => step(term, nameOf, `s${at + 1}`)),
        within,
        without: [],
        until: [],
      },
    ]
  }
  if (terms.length > 1) return [{ kind: 'all', steps: terms.map((term) => step(term, nameOf, null)), within }]
  return [{ kind: 'count', step: step(first, nameOf, null), within: first.count === 1 ? null : within }]
}

function step(term: CreTerm, nameOf: NameOf, name: string | null): Step {
  return { name, count: term.count, select: { signal: nameOf(term), where: null }, by: [] }
}

/** Equal terms of a set are one, as often. */
function folded(terms: readonly CreTerm[]): readonly CreTerm[] {
  const found = new Map<string, CreTerm>()
  for (const term of terms) {
    const same = found.get(`${term.kind} ${term.text}`)
    found.set(`${term.kind} ${term.text}`, same === undefined ? term : { ...same, count: same.count + term.count })
  }
  return [...found.values()]
}

/** Equal terms behind one another are one step, as often. */
function united(terms: readonly CreTerm[]): readonly CreTerm[] {
  const found: CreTerm[] = []
  for (const term of terms) {
    const last = found.at(-1)
    if (last?.kind === term.kind && last.text === term.text) {
      found[found.length - 1] = { ...last, count: last.count + term.count }
    } else found.push(term)
  }
  return found
}

/** One step an event, so that every event has a name that an interval can be bound to. */
function expanded(terms: readonly CreTerm[]): readonly CreTerm[] {
  return terms.flatMap((term) => Array.from({ length: term.count }, () => ({ ...term, count: 1 })))
}

/** A set with a negation is any of its orders in time. */
function ordersOf(terms: readonly CreTerm[], { at }: CreRule): readonly (readonly CreTerm[])[] {
  let orders: (readonly CreTerm[])[] = [[]]
  const all = expanded(terms)
  for (let length = 0; length < all.length; length++) {
    orders = orders.flatMap((order) =>
      terms.filter((term) => used(order, term) < term.count).map((term) => [...order, term]),
    )
    if (orders.length > LARGEST_ORDERS) throw new Refusal('a negation of so large a set cannot be honoured', at)
  }
  return orders.map((order) => order.map((term) => ({ ...term, count: 1 })))
}

function used(order: readonly CreTerm[], term: CreTerm): number {
  return order.filter((one) => one === term).length
}

interface Guarding {
  readonly within: number
  readonly negations: readonly CreNegation[]
  readonly nameOf: NameOf
}

function guarded(order: readonly CreTerm[], { within, negations, nameOf }: Guarding): Condition {
  const without = negations.map((negation): Absence => {
    const [from, to] = interval(negation, order)
    return { step: step({ ...negation.term, count: 1 }, nameOf, null), from, to }
  })
  const steps = order.map((term, at) => step(term, nameOf, `s${at + 1}`))
  return { kind: 'sequence', steps, within, without, until: [] }
}

/**
 * The forbidden interval: as wide as the match and `window` more, or `window` alone where it is absolute. It begins at the
 * anchor; a step of several events names the first of them, so their end is told by the length of the match.
 */
function interval(
  { window, slide, anchor, absolute }: CreNegation,
  order: readonly CreTerm[],
): readonly [Bound, Bound] {
  const start = { step: `s${anchor + 1}`, offset: slide }
  const end = slide + (window ?? 0)
  if (absolute) return [start, { ...start, offset: end }]
  if (anchor === 0 && order.at(-1)?.count === 1) return [start, { step: `s${order.length}`, offset: end }]
  return [start, { step: start.step, span: true, offset: end }]
}
