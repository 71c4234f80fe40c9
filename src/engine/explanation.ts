// Which finding made which other: the causal links, the roles that follow, and the order of likelihood.
import type { Explain, Finding, FindingLink, Instant, Role, RuleSeverity } from '../model/index.ts'
import { formatDuration } from '../model/index.ts'

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
  const links = linksOf(findings, strong, rules)
  const explained = new Set(links.map((link) => link.effectFinding))
  const effects = new Map<string, number>()
  for (const link of links) effects.set(link.causeFinding, (effects.get(link.causeFinding) ?? 0) + 1)
  const roleOf = (finding: Finding): Role =>
    explained.has(finding.id) ? 'symptom' : finding.confidence >= reportFrom(finding.cause) ? 'root' : 'suspect'
  const settled = findings.map((finding) => ({ ...finding, role: roleOf(finding) }))
  return { findings: settled.sort((a, b) => compareFindings(a, b, effects)), links: links.sort(compareLinks) }
}

/** A finding with the known parts of its key as they are compared. */
interface Keyed {
  readonly finding: Finding
  readonly parts: ReadonlyMap<string, string>
}

/** Findings are many, causes few: rules are looked up once for each two causes. */
function linksOf(findings: readonly Finding[], strong: readonly Finding[], rules: readonly Explain[]): FindingLink[] {
  const strongByCause = byCause(strong)
  return [...byCause(findings)].flatMap(([effect, effects]) =>
    [...strongByCause].flatMap(([cause, causes]) => linked(effects, causes, rulesBetween(rules, effect, cause))),
  )
}

function byCause(findings: readonly Finding[]): Map<string, Keyed[]> {
  return Map.groupBy(findings.map(keyed), ({ finding }) => finding.cause)
}

function keyed(finding: Finding): Keyed {
  const known = Object.entries(finding.key).filter(([, value]) => value !== null)
  return { finding, parts: new Map(known.map(([name, value]) => [name, String(value).toLowerCase()])) }
}

interface Between extends Explain {
  /** How the rule is quoted. */
  readonly basis: string
}

function rulesBetween(rules: readonly Explain[], effect: string, cause: string): readonly Between[] {
  return rules
    .filter(
      ({ symptoms, causes }) => symptoms.some((id) => covers(id, effect)) && causes.some((id) => covers(id, cause)),
    )
    .map((rule) => ({ ...rule, basis: basisOf(rule) }))
}

function basisOf({ same, within }: Explain): string {
  const parts = same.map(([a, b]) => (a === b ? a : `${a} = ${b}`)).join(', ')
  return `${parts === '' ? '' : `same ${parts} `}within ${formatDuration(within)}`
}

/** @param rules those by which one of the causes may explain one of the effects */
function linked(effects: readonly Keyed[], causes: readonly Keyed[], rules: readonly Between[]): FindingLink[] {
  const links: FindingLink[] = []
  if (rules.length === 0) return links
  for (const effect of effects) {
    for (const cause of causes) {
      const rule = cause.finding === effect.finding ? undefined : rules.find((one) => explains(cause, effect, one))
      if (rule !== undefined) links.push(linkOf(effect.finding, cause.finding, rule.basis))
    }
  }
  return links
}

function explains(cause: Keyed, effect: Keyed, { within, same }: Explain): boolean {
  return (
    isNear(effect.finding, cause.finding, within) &&
    same.every(([symptomPart, causePart]) =>
      isSame(effect.parts.get(symptomPart), cause.parts.get(causePart), symptomPart),
    )
  )
}

function linkOf(effect: Finding, cause: Finding, basis: string): FindingLink {
  const lag = effect.first === null || cause.first === null ? null : effect.first - cause.first
  return { causeFinding: cause.id, effectFinding: effect.id, lag, basis }
}

/** `database.*` covers the family. */
export function covers(id: string, cause: string): boolean {
  return id === cause || id === '*' || (id.endsWith('.*') && cause.startsWith(id.slice(0, -1)))
}

/** Parts are compared where both findings know them. */
function isSame(a: string | undefined, b: string | undefined, part: string): boolean {
  return a === undefined || b === undefined || a === b || (part === 'host' && isOneMachine(a, b))
}

/** One log names a machine by itself, another with its domain: `db5` and `db5.example`. */
function isOneMachine(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  return !short.includes('.') && long.startsWith(`${short}.`)
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
  return compareText(a.causeFinding, b.causeFinding) || compareText(a.effectFinding, b.effectFinding)
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
