// Which finding made which other: the causal links, the roles that follow, and the order of likelihood.
import type { Explain, Finding, FindingLink, Instant, Role, RuleSeverity } from '../model/index.ts'
import { formatDuration } from '../model/index.ts'
import { sameValue } from './episode.ts'

export interface Explained {
  readonly findings: readonly Finding[]
  readonly links: readonly FindingLink[]
}

/** @param reportFrom confidence from which a cause's finding may be a root */
export function explain(
  findings: readonly Finding[],
  rules: readonly Explain[],
  reportFrom: (cause: string) => number,
): Explained {
  const strong = findings.filter((finding) => finding.confidence >= reportFrom(finding.cause))
  const between = rulesBetween(rules)
  const links = findings.flatMap((effect) =>
    strong.flatMap((cause) => {
      const basis = cause === effect ? null : basisOf(effect, cause, between(effect.cause, cause.cause))
      return basis === null ? [] : [linkOf(effect, cause, basis)]
    }),
  )
  const explained = new Set(links.map((link) => link.effectFinding))
  const effects = new Map<string, number>()
  for (const link of links) effects.set(link.causeFinding, (effects.get(link.causeFinding) ?? 0) + 1)
  const roleOf = (finding: Finding): Role =>
    explained.has(finding.id) ? 'symptom' : finding.confidence >= reportFrom(finding.cause) ? 'root' : 'suspect'
  const settled = findings.map((finding) => ({ ...finding, role: roleOf(finding) }))
  return { findings: settled.sort((a, b) => compareFindings(a, b, effects)), links: links.sort(compareLinks) }
}

function linkOf(effect: Finding, cause: Finding, basis: string): FindingLink {
  const lag = effect.first === null || cause.first === null ? null : effect.first - cause.first
  return { causeFinding: cause.id, effectFinding: effect.id, lag, basis }
}

/** The rules by which one cause explains another, looked up once for each two: findings are many, causes few. */
function rulesBetween(rules: readonly Explain[]): (effect: string, cause: string) => readonly Explain[] {
  const known = new Map<string, readonly Explain[]>()
  return (effect, cause) => {
    const name = `${effect} ${cause}`
    const found =
      known.get(name) ??
      rules.filter(
        ({ symptoms, causes }) => symptoms.some((id) => covers(id, effect)) && causes.some((id) => covers(id, cause)),
      )
    known.set(name, found)
    return found
  }
}

/** @param rules those by which the one cause may explain the other */
function basisOf(effect: Finding, cause: Finding, rules: readonly Explain[]): string | null {
  const rule = rules.find(
    (one) =>
      isNear(effect, cause, one.within) &&
      one.same.every(([symptomPart, causePart]) => isSame(effect, symptomPart, cause, causePart)),
  )
  if (rule === undefined) return null
  const parts = rule.same.map(([a, b]) => (a === b ? a : `${a} = ${b}`)).join(', ')
  return `${parts === '' ? '' : `same ${parts} `}within ${formatDuration(rule.within)}`
}

/** `database.*` covers the family. */
export function covers(id: string, cause: string): boolean {
  return id === cause || id === '*' || (id.endsWith('.*') && cause.startsWith(id.slice(0, -1)))
}

/** Parts are compared where both findings know them. */
function isSame(effect: Finding, effectPart: string, cause: Finding, causePart: string): boolean {
  const [a, b] = [effect.key[effectPart] ?? null, cause.key[causePart] ?? null]
  return a === null || b === null || sameValue(a, b)
}

/** The episodes lie at most `within` apart, and the effect does not show earlier than that before its cause. */
function isNear(effect: Finding, cause: Finding, within: number): boolean {
  if (effect.first === null || cause.first === null) return true
  const causeLast = cause.last ?? cause.first
  return cause.first - effect.first <= within && effect.first - causeLast <= within
}

const ROLES: readonly Role[] = ['root', 'symptom', 'suspect']
export const SEVERITIES: readonly RuleSeverity[] = ['critical', 'high', 'medium', 'low', 'info']

function compareFindings(a: Finding, b: Finding, effects: ReadonlyMap<string, number>): number {
  return (
    ROLES.indexOf(a.role) - ROLES.indexOf(b.role) ||
    (a.role === 'symptom' ? onset(a) - onset(b) : likelihood(b, effects) - likelihood(a, effects)) ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    onset(a) - onset(b) ||
    (a.cause < b.cause ? -1 : a.cause > b.cause ? 1 : 0) ||
    (a.id < b.id ? -1 : 1)
  )
}

/** Confidence first, in steps of five hundredths; of equally sure ones the one that explains more. */
function likelihood(finding: Finding, effects: ReadonlyMap<string, number>): number {
  return Math.round(finding.confidence * 20) + Math.min(0.9, (effects.get(finding.id) ?? 0) / 10)
}

function onset(finding: Finding): Instant {
  return finding.first ?? Number.MAX_SAFE_INTEGER
}

function compareLinks(a: FindingLink, b: FindingLink): number {
  const [left, right] = [`${a.causeFinding} ${a.effectFinding}`, `${b.causeFinding} ${b.effectFinding}`]
  return left < right ? -1 : left > right ? 1 : 0
}
