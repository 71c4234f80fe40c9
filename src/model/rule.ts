// Rules as plain frozen data: what the language writes and the engine runs.
import type { Duration } from './instant.ts'
import type { Literal } from './literal.ts'

export type CaptureType =
  | 'ip'
  | 'int'
  | 'number'
  | 'duration'
  | 'size'
  | 'cpu'
  | 'word'
  | 'host'
  | 'quoted'
  | 'path'
  | 'uuid'
  | 'time'
  | 'rest'

export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'capture'; readonly name: string; readonly type: CaptureType }

export interface Template {
  readonly parts: readonly TemplatePart[]
  readonly anyCase: boolean
}

export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>='

/** What a field is compared with. Durations are microseconds, sizes bytes, shares 0..1. */
export type Operand =
  | { readonly kind: 'value'; readonly value: string | number | boolean }
  | { readonly kind: 'version'; readonly text: string }
  | { readonly kind: 'field'; readonly name: string }

/** A question to one event. `message` asks body and detail; other names ask fields; captures may be asked after them. */
export type Test =
  | { readonly kind: 'and'; readonly tests: readonly Test[] }
  | { readonly kind: 'or'; readonly tests: readonly Test[] }
  | { readonly kind: 'not'; readonly test: Test }
  | {
      readonly kind: 'text'
      readonly field: string
      readonly how: 'has' | 'starts' | 'ends' | 'is'
      readonly templates: readonly Template[]
    }
  | {
      readonly kind: 'pattern'
      readonly field: string
      readonly source: string
      readonly anyCase: boolean
      readonly names: readonly string[]
      readonly linear: boolean
      /** Sets of texts: of each one occurs wherever the pattern matches, in any case if that asks for none. */
      readonly needs?: readonly (readonly string[])[]
    }
  | { readonly kind: 'compare'; readonly field: string; readonly comparison: Comparison; readonly operand: Operand }
  | { readonly kind: 'in'; readonly field: string; readonly values: readonly (string | number)[] }
  | { readonly kind: 'cidr'; readonly field: string; readonly ranges: readonly string[] }
  | { readonly kind: 'known'; readonly field: string }

/** One event, with typed captures. */
export interface Signal {
  readonly name: string
  /** `log`, or a kind of fact. */
  readonly from: string
  /** Formats it is confined to (`nginx-error`, `kernel`); empty for any. */
  readonly readers: readonly string[]
  readonly where: Test | null
  /** Names the captures bind. */
  readonly captures: readonly string[]
  /** One of these byte strings is in every line that can match; empty where none can be named (a lint finding). */
  readonly literals: readonly Literal[]
}

/** Events of a signal or of a kind of fact, perhaps narrowed. */
export interface Selection {
  readonly signal: string
  readonly where: Test | null
}

export interface Step {
  /** Name within a sequence; null elsewhere. */
  readonly name: string | null
  readonly count: number
  /** `n distinct f of s`: the field whose different values are counted. */
  readonly distinct?: string
  readonly select: Selection
  /** Fields in the order of the cause's key; null is `_`, unknown here. Empty: the fields named as the key is. */
  readonly by: readonly (string | null)[]
}

/** A bound in time tied to a step: `first + 20s`. */
export interface Bound {
  readonly step: string
  /** Set where the time from the first to the last step is added (CRE windows of a negation): `first + span + 20s`. */
  readonly span?: true
  readonly offset: Duration
}

export interface Absence {
  readonly step: Step
  readonly from: Bound
  readonly to: Bound
}

export type MeterFunction =
  | 'count'
  | 'distinct'
  | 'sum'
  | 'avg'
  | 'min'
  | 'max'
  | 'p50'
  | 'p95'
  | 'p99'
  | 'share'
  | 'rate'
  | 'top'
  | 'ratio'

/** A number over time. */
export interface Meter {
  /** Null where written inside a condition. */
  readonly name: string | null
  readonly calculate: MeterFunction
  readonly select: Selection
  /** The field that is summed, counted distinctly, …; null for count, rate and share. */
  readonly field: string | null
  /** Divisor of `ratio`. */
  readonly divisor: string | null
  /** What `share` counts among the selected; null elsewhere. */
  readonly among: Test | null
  readonly over: Duration
  readonly by: readonly (string | null)[]
  /** Samples below which there is no number. */
  readonly atLeast: number
}

/** A jump is measured against the source's own past. */
export interface Baseline {
  readonly factor: number
  readonly calculate: 'median' | 'avg' | 'max'
  readonly over: Duration
  readonly points: number
}

export type Condition =
  | { readonly kind: 'count'; readonly step: Step; readonly within: Duration | null }
  | { readonly kind: 'all'; readonly steps: readonly Step[]; readonly within: Duration }
  | {
      readonly kind: 'sequence'
      readonly steps: readonly Step[]
      readonly within: Duration
      readonly without: readonly Absence[]
      readonly until: readonly Step[]
    }
  | {
      readonly kind: 'measure'
      readonly meter: Meter
      readonly comparison: Comparison
      /** Threshold; with a baseline the least value that counts at all. */
      readonly value: number
      readonly baseline: Baseline | null
      readonly lasting: Duration
    }
  | {
      readonly kind: 'trend'
      readonly meter: Meter
      /** Over how long it rises, where that is not the meter's own window. */
      readonly over?: Duration
      readonly rise: number
      readonly correlation: number
    }
  | { readonly kind: 'fact'; readonly select: Selection; readonly by: readonly (string | null)[] }
  | { readonly kind: 'and'; readonly conditions: readonly Condition[] }

export type Strength = 'weak' | 'strong' | 'decisive' | 'against'

export interface EvidenceRule {
  readonly strength: Strength
  readonly when: Condition
}

export type RuleSeverity = 'critical' | 'high' | 'medium' | 'low' | 'info'

/** How what the pieces of evidence say becomes one confidence. */
export interface Combination {
  /** `noisy-or`: each adds to the others; `strongest`: the surest alone holds. */
  readonly how: 'noisy-or' | 'strongest'
  /** What all evidence of one source comes to at most; 1 where that is not bounded. */
  readonly perSource: number
}

/** What to do now (30 minutes), next (2 hours), for good (24 hours). */
export interface Remedy {
  readonly now: string
  readonly next: string
  readonly lasting: string
}

/** Options only an importer sets, to keep a foreign engine's meaning (CRE). */
export interface MatchOptions {
  /** Equal times count as ordered. */
  readonly orderLoose: boolean
  /** Each event serves one step once; leftovers stay for the next match. */
  readonly useEachOnce: boolean
  /** At the end of input what did not happen is absent. */
  readonly assumeAbsent: boolean
}

export interface Cause {
  readonly id: string
  readonly title: string
  readonly severity: RuleSeverity
  readonly key: readonly string[]
  readonly evidence: readonly EvidenceRule[]
  /** 0..10. */
  readonly impact: number
  readonly remedy: Remedy
  /** Public documentation. */
  readonly see: readonly string[]
  /** Confidence from which it is reported as a root cause; below it is a suspect. */
  readonly reportFrom: number
  /** Absent: noisy-or, no source bounded. */
  readonly combine?: Combination
  readonly options: MatchOptions
  readonly position: Position
}

/** Which cause makes which other a symptom. */
export interface Explain {
  /** Ids, or families with a star: `database.*`. */
  readonly symptoms: readonly string[]
  readonly causes: readonly string[]
  /** Key parts that must be equal where both know them: [of the symptom, of the cause]. */
  readonly same: readonly (readonly [string, string])[]
  /** Largest gap between the two episodes. */
  readonly within: Duration
  readonly position: Position
}

export interface Expectation {
  readonly kind: 'finding' | 'symptom' | 'suspect' | 'nothing-else' | 'no'
  readonly cause: string
  /** `symptom of` which cause; null where not said. */
  readonly of: string | null
  readonly where: Test | null
}

export interface Example {
  readonly name: string
  /** Text files of the bundle; the file `facts` holds facts: `10:00:00 tcp.unanswered client=… server=…`. */
  readonly given: readonly { readonly file: string; readonly text: string }[]
  readonly expect: readonly Expectation[]
  readonly position: Position
}

/** Place in a pattern file, 1-based. */
export interface Position {
  readonly file: string
  readonly line: number
  readonly column: number
}

export interface RuleSet {
  readonly signals: readonly Signal[]
  readonly meters: readonly Meter[]
  readonly causes: readonly Cause[]
  readonly explains: readonly Explain[]
  readonly examples: readonly Example[]
  /** What a scanner has to look for, where that was worked out ahead. */
  readonly literals?: readonly Literal[]
}
