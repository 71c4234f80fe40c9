// Many findings that differ only in where they are: where room is short, the first stands for all.
import type { Finding } from '../model/index.ts'
import { formatCount } from './wording.ts'

/** As many of one cause in one role are told one by one. */
const TOLD_LIMIT = 3

export interface Stand {
  readonly finding: Finding
  /** Those of its cause and role that it stands for. */
  readonly kin: readonly Finding[]
}

/** In their order; of more than a few of one cause in one role only the first, with all others as its kin. */
export function standing(findings: readonly Finding[]): readonly Stand[] {
  const kinds = Map.groupBy(findings, kindOf)
  return findings.flatMap((finding): Stand[] => {
    const kind = kinds.get(kindOf(finding)) ?? []
    if (kind.length <= TOLD_LIMIT) return [{ finding, kin: [] }]
    return finding === kind[0] ? [{ finding, kin: kind.slice(1) }] : []
  })
}

/** `, and 63 more like it`, or nothing. */
export function andKin({ kin }: Stand): string {
  return kin.length === 0 ? '' : `, and ${formatCount(kin.length)} more like it`
}

function kindOf({ cause, role }: Finding): string {
  return `${role} ${cause}`
}
