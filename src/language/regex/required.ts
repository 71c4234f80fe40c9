// Texts of which one must occur wherever a pattern matches.
import { members } from './char-set.ts'
import type { PatternNode } from './pattern.ts'
import { first, isNullable } from './signs.ts'

/** Choices of texts that may be multiplied out before they are cut. */
const LARGEST_PRODUCT = 48
/** A class with more members is no text: `[Ee]` is. */
const LARGEST_CLASS = 5
/** Signs of which one must follow a text before what varies: more tell nothing. */
const LARGEST_EDGE = 6

interface Finding {
  /** All texts the node can be; null where they are many. */
  readonly exact: readonly string[] | null
  /** Sets of texts; of each set one text occurs in every match. */
  readonly demands: readonly (readonly string[])[]
}

const NOTHING: Finding = { exact: null, demands: [] }

/** Sets of texts: of each set at least one text occurs in every match. */
export function requiredTexts(root: PatternNode): readonly (readonly string[])[] {
  const { exact, demands } = find(root)
  return exact === null ? demands : [exact]
}

function find(node: PatternNode): Finding {
  switch (node.kind) {
    case 'assertion':
      return { exact: [''], demands: [] }
    case 'set': {
      const codes = members(node.set, LARGEST_CLASS)
      return codes === null ? NOTHING : { exact: codes.map((code) => String.fromCharCode(code)), demands: [] }
    }
    case 'sequence':
      return findSequence(node.items)
    case 'choice':
      return findChoice(node.options.map(find))
    case 'repeat':
      return findRepeat(node.item, node.min, node.max)
    default:
      return node satisfies never
  }
}

function findSequence(items: readonly PatternNode[]): Finding {
  const demands: (readonly string[])[] = []
  let run: readonly string[] = ['']
  let whole = true
  for (const [at, item] of items.entries()) {
    const { exact, demands: inner } = find(item)
    if (exact !== null && run.length * exact.length <= LARGEST_PRODUCT) {
      if (exact.length > 1 && !isEmpty(run)) demands.push(run)
      run = run.flatMap((start) => exact.map((end) => start + end))
      continue
    }
    whole = false
    demands.push(run, ...edged(run, items.slice(at)), ...inner)
    run = exact ?? ['']
  }
  return whole ? { exact: run, demands: [] } : { exact: null, demands: [...demands, run] }
}

function isEmpty(texts: readonly string[]): boolean {
  return texts.length === 1 && texts[0] === ''
}

/** Texts with the first sign of what follows them. */
function edged(run: readonly string[], rest: readonly PatternNode[]): readonly (readonly string[])[] {
  const node: PatternNode = { kind: 'sequence', items: rest }
  const signs = isEmpty(run) || isNullable(node) ? null : members(first(node), LARGEST_EDGE)
  if (signs === null || run.length * signs.length > LARGEST_PRODUCT) return []
  return [run.flatMap((text) => signs.map((sign) => text + String.fromCharCode(sign)))]
}

/** One text of one option's set occurs; each option gives the set that says most. */
function findChoice(options: readonly Finding[]): Finding {
  if (options.every(({ exact }) => exact !== null)) {
    return { exact: options.flatMap(({ exact }) => exact ?? []), demands: [] }
  }
  const best = options.map(({ exact, demands }) => exact ?? longest(demands))
  return best.some((texts) => texts.length === 0) ? NOTHING : { exact: null, demands: [best.flat()] }
}

function longest(demands: readonly (readonly string[])[]): readonly string[] {
  const shortest = (texts: readonly string[]): number => Math.min(...texts.map((text) => text.length))
  return demands.toSorted((a, b) => shortest(b) - shortest(a))[0] ?? []
}

function findRepeat(item: PatternNode, min: number, max: number): Finding {
  if (min === 0) return max === 1 ? optional(find(item)) : NOTHING
  const inner = find(item)
  if (max === 1) return inner
  return { exact: null, demands: inner.exact === null ? inner.demands : [inner.exact] }
}

function optional({ exact }: Finding): Finding {
  return exact === null ? NOTHING : { exact: ['', ...exact], demands: [] }
}
