// Many findings that differ only in where they are: where room is short, the first stands for all.
import type { Finding } from '../model/index.ts'
import { link, type Span } from './document.ts'
import { formatCount } from './wording.ts'

/** As many of one cause in one role are told one by one. */
const TOLD_LIMIT = 3
/** As many of one cause in one role a report tells in full; it lists the others. */
const FULL_LIMIT = 20

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

export interface Shares {
  readonly full: readonly Finding[]
  /** Kind by kind. */
  readonly listed: readonly (readonly [Finding, ...Finding[]])[]
}

export function sharesOf(findings: readonly Finding[]): Shares {
  const listed = [...Map.groupBy(findings, kindOf).values()].flatMap((kind) => {
    const [first, ...others] = kind.slice(FULL_LIMIT)
    return first === undefined ? [] : ([[first, ...others]] as const)
  })
  const brief = new Set(listed.flat())
  return { full: findings.filter((finding) => !brief.has(finding)), listed }
}

/** Where the report lists what it does not tell in full of the kind. */
export function listId({ cause, role }: Finding): string {
  return `more-${role}-${cause}`
}

/** Jumps to where the report tells of a finding. */
export function linker(findings: readonly Finding[]): (id: string, text: string) => Span {
  const lists = new Map(sharesOf(findings).listed.flatMap((kind) => kind.map((one) => [one.id, listId(one)])))
  return (id, text) => link(lists.get(id) ?? `finding-${id}`, text)
}

function kindOf({ cause, role }: Finding): string {
  return `${role} ${cause}`
}
