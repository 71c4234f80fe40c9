// Which findings explain which, found from either end.
import type { FindingLink } from '../model/index.ts'

export interface Ties {
  /** Ids of the findings that explain this one. */
  causesOf(id: string): readonly string[]
  /** Ids of the findings that this one explains. */
  effectsOf(id: string): readonly string[]
}

export function tiesOf(links: readonly FindingLink[]): Ties {
  const byEffect = Map.groupBy(links, ({ effectFinding }) => effectFinding)
  const byCause = Map.groupBy(links, ({ causeFinding }) => causeFinding)
  return {
    causesOf: (id) => (byEffect.get(id) ?? []).map(({ causeFinding }) => causeFinding),
    effectsOf: (id) => (byCause.get(id) ?? []).map(({ effectFinding }) => effectFinding),
  }
}
