// Texts of which one must occur wherever a pattern matches, and what stands around them there.
import { ANYTHING } from './beside.ts'
import { members } from './char-set.ts'
import type { PatternNode } from './pattern.ts'
import { first, isNullable } from './signs.ts'

/** Choices of texts that may be multiplied out before they are cut. */
const LARGEST_PRODUCT = 48
/** A class with more members is no text: `[Ee]` is. */
const LARGEST_CLASS = 5
/** Signs of which one must follow a text before what varies: more tell nothing. */
const LARGEST_EDGE = 6

/** A text, and the parts of the pattern before and behind it. */
export interface Required {
  readonly text: string
  readonly before: readonly PatternNode[]
  readonly after: readonly PatternNode[]
}

interface Finding {
  /** All texts the node can be; null where they are many. */
  readonly exact: readonly string[] | null
  /** Sets of texts; of each set one text occurs in every match. */
  readonly demands: readonly (readonly Required[])[]
}

const NOTHING: Finding = { exact: null, demands: [] }

/** Sets of texts: of each set at least one text occurs in every match. */
export function requiredTexts(root: PatternNode): readonly (readonly string[])[] {
  return required(root).map((texts) => texts.map(({ text }) => text))
}

/** The same with what stands around them. */
export function required(root: PatternNode): readonly (readonly Required[])[] {
  const { exact, demands } = find(root)
  return exact === null ? demands : [within(exact, [], [])]
}

function within(texts: readonly string[], before: readonly PatternNode[], after: readonly PatternNode[]): Required[] {
  return texts.map((text) => ({ text, before, after }))
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
  const demands: (readonly Required[])[] = []
  let run: readonly string[] = ['']
  let start = 0
  let whole = true
  const end = (at: number): void => {
    demands.push(within(run, items.slice(0, start), items.slice(at)))
  }
  for (const [at, item] of items.entries()) {
    const { exact, demands: inner } = find(item)
    if (exact !== null && run.length * exact.length <= LARGEST_PRODUCT) {
      if (exact.length > 1 && !isEmpty(run)) end(at)
      run = run.flatMap((start) => exact.map((end) => start + end))
      continue
    }
    whole = false
    const [before, rest] = [items.slice(0, at), items.slice(at + 1)]
    end(at)
    demands.push(
      ...edged(run, items.slice(at)).map((texts) => within(texts, items.slice(0, start), [ANYTHING])),
      ...inner.map((texts) => surround(texts, before, rest)),
    )
    run = exact ?? ['']
    start = exact === null ? at + 1 : at
  }
  if (whole) return { exact: run, demands: [] }
  end(items.length)
  return { exact: null, demands }
}

/** Of a part of a pattern what stands around it in the whole. */
function surround(
  texts: readonly Required[],
  before: readonly PatternNode[],
  after: readonly PatternNode[],
): readonly Required[] {
  return texts.map((one) => ({ ...one, before: [...before, ...one.before], after: [...one.after, ...after] }))
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
  const best = options.map(({ exact, demands }) => (exact === null ? longest(demands) : within(exact, [], [])))
  return best.some((texts) => texts.length === 0) ? NOTHING : { exact: null, demands: [best.flat()] }
}

function longest(demands: readonly (readonly Required[])[]): readonly Required[] {
  const shortest = (texts: readonly Required[]): number => Math.min(...texts.map(({ text }) => text.length))
  return demands.toSorted((a, b) => shortest(b) - shortest(a))[0] ?? []
}

function findRepeat(item: PatternNode, min: number, max: number): Finding {
  if (min === 0) return max === 1 ? optional(find(item)) : NOTHING
  const inner = find(item)
  if (max === 1) return inner
  const demands = inner.exact === null ? inner.demands : [within(inner.exact, [], [])]
  return { exact: null, demands: demands.map((texts) => surround(texts, [ANYTHING], [ANYTHING])) }
}

function optional({ exact }: Finding): Finding {
  return exact === null ? NOTHING : { exact: ['', ...exact], demands: [] }
}
