// What the engine concludes: findings with their evidence and links, checks of every cause, the verdict.
import type { Fields, Place } from './event.ts'
import type { Duration, Instant } from './instant.ts'
import type { Remedy, RuleSeverity } from './rule.ts'

export type Role = 'root' | 'symptom' | 'suspect'
export type EvidenceRole = 'trigger' | 'context' | 'counter'

/** A quotation: where it lies in the bundle and what it says. */
export interface Evidence {
  readonly source: number
  readonly place: Place
  readonly time: Instant | null
  readonly excerpt: string
  readonly role: EvidenceRole
  /** The signal or fact kind it matched. */
  readonly signal: string
  readonly requestId: string | null
  /** How many equal ones it stands for, itself included. */
  readonly count: number
}

/** A number that tells: what was measured, over what. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: 'count' | 'share' | 'duration' | 'per-second' | 'bytes' | 'ratio'
}

/** A maximal episode of one cause with one key. */
export interface Finding {
  /** Stable over runs: cause, key and first time make it. */
  readonly id: string
  readonly cause: string
  readonly role: Role
  /** 0..1, noisy-or over independent sources. */
  readonly confidence: number
  readonly severity: RuleSeverity
  readonly key: Fields
  readonly title: string
  readonly first: Instant | null
  readonly last: Instant | null
  readonly count: number
  readonly evidence: readonly Evidence[]
  /** How many pieces of evidence there were beyond those kept. */
  readonly evidenceOmitted: number
  readonly figures: readonly Figure[]
  readonly remedy: Remedy
}

/** One finding made another: an edge of the causal chain. */
export interface FindingLink {
  readonly causeFinding: string
  readonly effectFinding: string
  /** First time of the effect less first time of the cause; null where one has none. */
  readonly lag: Duration | null
  /** Why they are held to belong together: `same server, port within 10 s`. */
  readonly basis: string
}

/** Every cause was looked at: with what result. */
export interface Check {
  readonly cause: string
  readonly state: 'clean' | 'found' | 'no-data' | 'open'
  /** Events and counted requests that were looked at. */
  readonly examined: number
  /** Why it is open: what could not be observed. */
  readonly open: string | null
}

export interface Verdict {
  readonly sentence: string
  readonly rootCauses: readonly string[]
}

/** A message that no rule explains. Never a cause. */
export interface Unexplained {
  readonly template: string
  readonly count: number
  readonly first: Instant | null
  readonly last: Instant | null
  readonly example: { readonly source: number; readonly place: Place; readonly excerpt: string }
}

/** All the engine concludes from one bundle. */
export interface Conclusion {
  readonly verdict: Verdict
  /** The most likely root first. */
  readonly findings: readonly Finding[]
  readonly links: readonly FindingLink[]
  readonly checks: readonly Check[]
  readonly unexplained: readonly Unexplained[]
}
