// What the drawings show, as data: a causal chain, a timeline, a packet ladder; each also reads as a table.
import type { Instant, Role, RuleSeverity } from '../model/index.ts'

export interface ChainNode {
  readonly id: string
  readonly cause: string
  readonly title: string
  readonly role: Role
  readonly severity: RuleSeverity
  readonly first: Instant | null
  /** How many links it is away from a root. */
  readonly depth: number
}

export interface ChainEdge {
  readonly from: string
  readonly to: string
  readonly label: string
}

export interface ChainFigure {
  readonly kind: 'chain'
  readonly nodes: readonly ChainNode[]
  readonly edges: readonly ChainEdge[]
}

/** All and failed of what is counted: requests and 5xx, or lines and errors. */
export interface TimelineBucket {
  readonly at: Instant
  readonly total: number
  readonly failed: number
}

export interface TimelineFigure {
  readonly kind: 'timeline'
  readonly counted: 'requests' | 'lines'
  /** Microseconds of one bucket. */
  readonly width: number
  readonly buckets: readonly TimelineBucket[]
  /** The incident, first to last. */
  readonly window: readonly [Instant, Instant] | null
  readonly marks: readonly { readonly at: Instant; readonly label: string }[]
}

export interface LadderStep {
  readonly packet: number | null
  readonly at: Instant | null
  readonly from: 'client' | 'server'
  readonly label: string
  /** Sent, and never answered or seen to arrive. */
  readonly lost: boolean
  readonly repeated: boolean
}

export interface LadderFigure {
  readonly kind: 'ladder'
  readonly client: string
  readonly server: string
  readonly steps: readonly LadderStep[]
  /** Where the steps come from: quoted packets, or the order of flags that the connection's history keeps. */
  readonly drawnFrom: 'packets' | 'history'
}

export type Figure = ChainFigure | TimelineFigure | LadderFigure
