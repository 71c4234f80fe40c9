// Nodes of a YAML document as an importer asks for them, each with its place; what is not as it should be is refused.
import { isMap, isScalar, isSeq, type Node } from 'yaml'
import type { Span } from '../syntax/tree.ts'

/** What cannot be honoured, and where. */
export class Refusal extends Error {
  readonly at: Span

  constructor(sentence: string, at: Span) {
    super(sentence)
    this.at = at
  }
}

export interface Entries {
  readonly all: ReadonlyMap<string, Node>
  readonly at: Span
  get(name: string): Node | null
}

export function entries(node: unknown, what: string, at: Span = { offset: 0, length: 1 }): Entries {
  if (!isMap<Node, Node>(node)) throw new Refusal(`${what} is no mapping`, at)
  const all = new Map(
    node.items.flatMap(({ key, value }) =>
      isScalar(key) && value !== null ? [[String(key.value), value] as const] : [],
    ),
  )
  return { all, at: spanOf(node.range), get: (name) => all.get(name) ?? null }
}

export function list(node: Node | null, what: string, at: Span): readonly Node[] {
  if (node === null || (isScalar(node) && node.value === null)) return []
  if (!isSeq<Node>(node)) throw new Refusal(`${what} is no list`, at)
  return node.items
}

export function textOf(node: Node | null): string | null {
  return isScalar(node) && node.value !== null ? String(node.value) : null
}

export function spanOf(range: readonly number[] | null | undefined): Span {
  const [from = 0, to = from + 1] = range ?? []
  return { offset: from, length: Math.max(1, to - from) }
}

export function firstLine(text: string): string {
  return text.split('\n')[0] ?? text
}
