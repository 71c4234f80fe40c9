// Whether a backtracking engine surely runs a pattern in about linear time; doubt counts as no.
import { type CharSet, overlap } from './char-set.ts'
import type { PatternNode } from './pattern.ts'
import { alphabet, first, isNullable } from './signs.ts'

/** Counts from here on are held for endless. */
const MANY = 16
/** Ways through a pattern that are followed from one endless repeat before it is given up. */
const WAYS = 2000

type Repeat = Extract<PatternNode, { kind: 'repeat' }>

export function isLinear(root: PatternNode): boolean {
  return repeatsAreSafe(root) && !hasRivals(root)
}

/** No endless repeat within another, and no repeated choice between options that begin alike or can be empty. */
function repeatsAreSafe(node: PatternNode): boolean {
  switch (node.kind) {
    case 'set':
    case 'assertion':
      return true
    case 'sequence':
      return node.items.every(repeatsAreSafe)
    case 'choice':
      return node.options.every(repeatsAreSafe)
    case 'repeat':
      if (!isEndlessRepeat(node)) return repeatsAreSafe(node.item)
      return !isEndless(node.item) && !hasDoubtfulChoice(node.item)
    default:
      return node satisfies never
  }
}

function isEndlessRepeat(node: Repeat): boolean {
  return node.max >= MANY
}

function isEndless(node: PatternNode): boolean {
  switch (node.kind) {
    case 'set':
    case 'assertion':
      return false
    case 'sequence':
      return node.items.some(isEndless)
    case 'choice':
      return node.options.some(isEndless)
    case 'repeat':
      return isEndlessRepeat(node) || isEndless(node.item)
    default:
      return node satisfies never
  }
}

function hasDoubtfulChoice(node: PatternNode): boolean {
  switch (node.kind) {
    case 'set':
    case 'assertion':
      return false
    case 'sequence':
      return node.items.some(hasDoubtfulChoice)
    case 'repeat':
      return node.min !== node.max || hasDoubtfulChoice(node.item)
    case 'choice': {
      const firsts = node.options.map(first)
      const alike = firsts.some((set, at) => firsts.slice(at + 1).some((other) => overlap(set, other)))
      return alike || node.options.some(isNullable) || node.options.some(hasDoubtfulChoice)
    }
    default:
      return node satisfies never
  }
}

/** What follows a place of the pattern: a node, then the rest; null at the end. */
interface Rest {
  readonly node: PatternNode
  readonly next: Rest | null
}

/**
 * Two endless repeats that can share one run of signs, and something behind them that can fail: each split of the run is
 * tried, which is quadratic. They share none where all ways between them need a sign the first does not take; nor where
 * a sign must stand between them that the second does not take, for then its runs never overlap.
 */
function hasRivals(root: PatternNode): boolean {
  return followed(root, null).some(({ repeat, next }) => new Walk(alphabet(repeat)).meets(next, []))
}

/** Every endless repeat with what follows it. */
function followed(node: PatternNode, next: Rest | null): { readonly repeat: Repeat; readonly next: Rest | null }[] {
  switch (node.kind) {
    case 'set':
    case 'assertion':
      return []
    case 'sequence':
      return node.items.flatMap((item, at) => followed(item, chain(node.items.slice(at + 1), next)))
    case 'choice':
      return node.options.flatMap((option) => followed(option, next))
    case 'repeat':
      if (isEndlessRepeat(node)) return [{ repeat: node, next }]
      return followed(node.item, node.max > 1 ? { node: { ...node, min: 0 }, next } : next)
    default:
      return node satisfies never
  }
}

function chain(items: readonly PatternNode[], next: Rest | null): Rest | null {
  return items.reduceRight<Rest | null>((rest, node) => ({ node, next: rest }), next)
}

/** Follows all ways from one endless repeat, as long as they take signs that it takes too. */
class Walk {
  readonly #set: CharSet
  #ways = 0

  constructor(set: CharSet) {
    this.#set = set
  }

  /** @param between signs that stand between the repeat and here on this way */
  meets(rest: Rest | null, between: readonly CharSet[]): boolean {
    if (rest === null) return false
    if (++this.#ways > WAYS) return true
    const { node, next } = rest
    switch (node.kind) {
      case 'set':
        return overlap(node.set, this.#set) && this.meets(next, [...between, node.set])
      case 'assertion':
        return this.meets(next, between)
      case 'sequence':
        return this.meets(chain(node.items, next), between)
      case 'choice':
        return node.options.some((option) => this.meets({ node: option, next }, between))
      case 'repeat':
        return this.#meetsRepeat(node, next, between)
      default:
        return node satisfies never
    }
  }

  #meetsRepeat(node: Repeat, next: Rest | null, between: readonly CharSet[]): boolean {
    if (node.min === 0 && this.meets(next, between)) return true
    if (!isEndlessRepeat(node)) {
      const again = node.max > 1 ? { node: { ...node, min: 0, max: node.max - 1 }, next } : next
      return this.meets({ node: node.item, next: again }, between)
    }
    const taken = alphabet(node)
    if (!overlap(taken, this.#set)) return false
    const isApart = between.some((set) => !overlap(set, taken))
    if (!isApart && canFail(next)) return true
    return this.meets(next, [...between, taken])
  }
}

function canFail(rest: Rest | null): boolean {
  return rest !== null && (!isNullable(rest.node) || asserts(rest.node) || canFail(rest.next))
}

function asserts(node: PatternNode): boolean {
  switch (node.kind) {
    case 'set':
      return false
    case 'assertion':
      return true
    case 'sequence':
      return node.items.some(asserts)
    case 'choice':
      return node.options.some(asserts)
    case 'repeat':
      return asserts(node.item)
    default:
      return node satisfies never
  }
}
