// What Sigma rules and correlations say of themselves.
import { isSeq, type Node } from 'yaml'
import type { Span } from '../syntax/tree.ts'
import { type Entries, list, Refusal, spanOf, textOf } from './yaml-nodes.ts'

export interface SigmaHead {
  /** By which correlations name it: its name, its id. */
  readonly names: readonly string[]
  readonly title: string
  readonly description: string
  readonly level: string
  readonly author: string
  readonly license: string
  readonly references: readonly string[]
  readonly falsePositives: readonly string[]
  readonly at: Span
}

export function refuseAt(what: string, node: Node | null | undefined): never {
  throw new Refusal(`${what} cannot be honoured`, spanOf(node?.range))
}

export function readHead(root: Entries): SigmaHead {
  const said = (name: string): string => (textOf(root.get(name)) ?? '').trim()
  if (said('taxonomy') !== '' && said('taxonomy') !== 'sigma') refuseAt('another `taxonomy`', root.get('taxonomy'))
  const texts = (name: string): readonly string[] => {
    const node = root.get(name)
    return isSeq(node) ? list(node, `\`${name}\``, root.at).flatMap((one) => textOf(one) ?? []) : [said(name)]
  }
  if (said('title') === '') throw new Refusal('the rule has no `title`', root.at)
  return {
    names: [said('name'), said('id')].filter((name) => name !== ''),
    title: said('title'),
    description: said('description').replace(/\s+/g, ' '),
    level: said('level'),
    author: said('author'),
    license: said('license'),
    references: texts('references').filter((reference) => reference !== ''),
    falsePositives: texts('falsepositives').filter((one) => one !== ''),
    at: root.at,
  }
}
