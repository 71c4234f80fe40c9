// The concrete tree of a pattern file: what was written and where, before names, types and units are looked at.

/** Where something stands in its file, in UTF-16 units. */
export interface Span {
  readonly offset: number
  readonly length: number
}

export interface Name {
  readonly text: string
  readonly at: Span
}

/** One or several strings side by side, decoded; `offsets[i]` is where sign i stands in the file. */
export interface Text {
  readonly value: string
  readonly offsets: readonly number[]
  readonly at: Span
}

export interface Amount {
  /** The digits as written, perhaps with a minus. */
  readonly digits: string
  /** Letters behind the digits, or `%`; empty for none. */
  readonly unit: string
  readonly at: Span
}

export type Value =
  | { readonly kind: 'amount'; readonly amount: Amount }
  | { readonly kind: 'text'; readonly text: Text }
  | { readonly kind: 'version'; readonly name: Name }
  | { readonly kind: 'word'; readonly name: Name }

export interface TextChoice {
  readonly text: Text
  readonly anyCase: boolean
}

export type TestNode =
  | { readonly kind: 'and'; readonly tests: readonly TestNode[] }
  | { readonly kind: 'or'; readonly tests: readonly TestNode[] }
  | { readonly kind: 'not'; readonly test: TestNode }
  | { readonly kind: 'text'; readonly field: Name; readonly how: string; readonly choices: readonly TextChoice[] }
  | { readonly kind: 'pattern'; readonly field: Name; readonly image: string; readonly at: Span }
  | { readonly kind: 'compare'; readonly field: Name; readonly comparison: string; readonly value: Value }
  | { readonly kind: 'in'; readonly field: Name; readonly values: readonly Value[] }
  | { readonly kind: 'cidr'; readonly field: Name; readonly ranges: readonly Text[] }
  | { readonly kind: 'known'; readonly field: Name }

export interface SelectNode {
  readonly signal: Name
  readonly where: TestNode | null
}

export interface StepNode {
  readonly name: Name | null
  readonly count: Amount | null
  readonly distinct: Name | null
  readonly select: SelectNode
  readonly by: readonly Name[]
}

export interface BoundNode {
  readonly step: Name
  /** Whether the length of the sequence is added. */
  readonly span: boolean
  readonly offset: Amount | null
}

export interface AbsenceNode {
  readonly step: StepNode
  readonly from: BoundNode
  readonly to: BoundNode
}

export interface MeterNode {
  readonly calculate: Name
  /** What stands in the brackets: a signal, or a signal with a field. */
  readonly of: Name
  readonly divisor: Name | null
  readonly where: TestNode | null
  readonly over: Amount
  readonly by: readonly Name[]
  readonly atLeast: Amount | null
}

export interface BaselineNode {
  readonly calculate: Name
  readonly over: Amount
  readonly points: Amount
  readonly least: { readonly comparison: Name; readonly value: Amount } | null
}

/** A named meter, or one written on the spot. */
export type MeterUse =
  | { readonly kind: 'named'; readonly name: Name }
  | { readonly kind: 'inline'; readonly meter: MeterNode }

export type ConditionNode =
  | { readonly kind: 'count'; readonly step: StepNode; readonly within: Amount | null }
  | { readonly kind: 'all'; readonly steps: readonly StepNode[]; readonly within: Amount }
  | {
      readonly kind: 'sequence'
      readonly steps: readonly StepNode[]
      readonly within: Amount
      readonly without: readonly AbsenceNode[]
      readonly until: readonly StepNode[]
    }
  | {
      readonly kind: 'measure'
      readonly meter: MeterUse
      readonly comparison: Name
      readonly value: Amount
      readonly baseline: BaselineNode | null
      readonly lasting: Amount | null
    }
  | {
      readonly kind: 'trend'
      readonly meter: MeterUse
      readonly over: Amount | null
      readonly rise: Amount
      readonly correlation: Amount | null
    }
  | { readonly kind: 'fact'; readonly select: SelectNode; readonly by: readonly Name[] }
  | { readonly kind: 'and'; readonly conditions: readonly ConditionNode[] }

export interface PairNode {
  readonly symptom: Name
  readonly cause: Name
}

export interface RemedyNode {
  readonly when: Name
  readonly text: Text
}

export type Expected =
  | { readonly kind: 'nothing-else' }
  | { readonly kind: 'no'; readonly cause: Name }
  | {
      readonly kind: 'finding' | 'symptom' | 'suspect'
      readonly cause: Name
      readonly of: Name | null
      readonly where: readonly TestNode[]
    }

/** Statements stand in a row; a clause belongs to the cause or example before it. */
export type Statement = { readonly at: Span } & (
  | {
      readonly kind: 'signal'
      readonly name: Name
      readonly from: Name
      readonly readers: readonly Name[]
      readonly where: TestNode | null
    }
  | { readonly kind: 'meter'; readonly name: Name; readonly meter: MeterNode }
  | { readonly kind: 'cause'; readonly name: Name }
  | { readonly kind: 'title'; readonly text: Text }
  | { readonly kind: 'severity'; readonly name: Name }
  | { readonly kind: 'key'; readonly parts: readonly Name[] }
  | { readonly kind: 'evidence'; readonly strength: string; readonly when: ConditionNode }
  | { readonly kind: 'impact'; readonly amount: Amount }
  | { readonly kind: 'remedy'; readonly parts: readonly RemedyNode[] }
  | { readonly kind: 'see'; readonly texts: readonly Text[] }
  | { readonly kind: 'combine'; readonly how: 'noisy-or' | 'strongest'; readonly perSource: Amount | null }
  | { readonly kind: 'report'; readonly from: Amount }
  | { readonly kind: 'options'; readonly options: readonly string[] }
  | {
      readonly kind: 'explain'
      readonly symptoms: readonly Name[]
      readonly causes: readonly Name[]
      readonly same: readonly PairNode[]
      readonly within: Amount | null
    }
  | { readonly kind: 'example'; readonly name: Text }
  | { readonly kind: 'given'; readonly file: string; readonly text: string }
  | { readonly kind: 'expect'; readonly expected: Expected }
  /** A statement that could not be read: what it would have declared is not reported missing. */
  | { readonly kind: 'broken'; readonly keyword: string; readonly name: string | null }
)

export type StatementKind = Statement['kind']
