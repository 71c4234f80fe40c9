// Whether a backtracking engine surely runs a pattern in about linear time; doubt counts as no.
import { type CharSet, overlap, union } from './char-set.ts'
import type { PatternNode } from './pattern.ts'

/** Counts from here on are held for endless. */
const MANY = 16

export function isLinear(root: PatternNode): boolean {
  return repeatsAreSafe(root) && !hasRivals(flatten(root))
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
      return node.options.every(repeatsAreSafe) && node.options.every((option) => !hasRivals(flatten(option)))
    case 'repeat':
      if (node.max < MANY) return repeatsAreSafe(node.item) && !hasRivals(flatten(node.item))
      return !isEndless(node.item) && !hasDoubtfulChoice(node.item)
    default:
      return node satisfies never
  }
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
      return node.max >= MANY || isEndless(node.item)
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

/** One step of a pattern seen as a row: what it takes, whether without end, whether it must take something. */
interface Stage {
  readonly set: CharSet
  readonly endless: boolean
  readonly mandatory: boolean
  readonly asserts: boolean
}

/**
 * Two endless stages that can take the same signs, nothing between them that the first could not take, and something
 * behind them that can fail: each split of a run is tried, which is quadratic.
 */
function hasRivals(stages: readonly Stage[]): boolean {
  const lastDemand = stages.findLastIndex((stage) => stage.mandatory || stage.asserts)
  return stages.some((stage, at) => stage.endless && meetsRival(stages.slice(at + 1, lastDemand), stage.set))
}

function meetsRival(later: readonly Stage[], set: CharSet): boolean {
  for (const stage of later) {
    const alike = overlap(stage.set, set)
    if (stage.endless && alike) return true
    if (stage.mandatory && !alike) return false
  }
  return false
}

function flatten(node: PatternNode): readonly Stage[] {
  switch (node.kind) {
    case 'set':
      return [{ set: node.set, endless: false, mandatory: true, asserts: false }]
    case 'assertion':
      return [{ set: [], endless: false, mandatory: false, asserts: true }]
    case 'sequence':
      return node.items.flatMap(flatten)
    case 'choice':
    case 'repeat': {
      if (node.kind === 'repeat' && node.min === 1 && node.max === 1) return flatten(node.item)
      const mandatory = !isNullable(node)
      return [
        { set: alphabet(node), endless: isEndless(node), mandatory, asserts: node.kind === 'choice' && !mandatory },
      ]
    }
    default:
      return node satisfies never
  }
}

function isNullable(node: PatternNode): boolean {
  switch (node.kind) {
    case 'set':
      return false
    case 'assertion':
      return true
    case 'sequence':
      return node.items.every(isNullable)
    case 'choice':
      return node.options.some(isNullable)
    case 'repeat':
      return node.min === 0 || isNullable(node.item)
    default:
      return node satisfies never
  }
}

/** Every sign the node can take. */
function alphabet(node: PatternNode): CharSet {
  switch (node.kind) {
    case 'set':
      return node.set
    case 'assertion':
      return []
    case 'sequence':
      return union(node.items.map(alphabet))
    case 'choice':
      return union(node.options.map(alphabet))
    case 'repeat':
      return alphabet(node.item)
    default:
      return node satisfies never
  }
}

/** The signs the node can begin with. */
function first(node: PatternNode): CharSet {
  switch (node.kind) {
    case 'set':
      return node.set
    case 'assertion':
      return []
    case 'choice':
      return union(node.options.map(first))
    case 'repeat':
      return first(node.item)
    case 'sequence': {
      const end = node.items.findIndex((item) => !isNullable(item))
      return union((end < 0 ? node.items : node.items.slice(0, end + 1)).map(first))
    }
    default:
      return node satisfies never
  }
}
