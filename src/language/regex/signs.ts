// Which signs a part of a pattern takes, begins with, and whether it may take none.
import { type CharSet, union } from './char-set.ts'
import type { PatternNode } from './pattern.ts'

export function isNullable(node: PatternNode): boolean {
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
export function alphabet(node: PatternNode): CharSet {
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
export function first(node: PatternNode): CharSet {
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
