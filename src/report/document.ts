// The document that every format prints: a tree of blocks that know what they say and nothing of how it looks.
import type { RuleSeverity } from '../model/index.ts'
import type { Figure } from './figure.ts'

/** How a mark or a callout is meant; always said in words too. */
export type Tone = 'critical' | 'serious' | 'warning' | 'good' | 'neutral'

export type Span =
  | string
  | { readonly kind: 'strong' | 'code'; readonly text: string }
  /** A badge: a word in a coloured shape. */
  | { readonly kind: 'mark'; readonly tone: Tone; readonly text: string }
  /** A jump to the section or block with this id. */
  | { readonly kind: 'link'; readonly to: string; readonly text: string }

export type Inline = readonly Span[]

export interface Column {
  readonly name: string
  readonly align: 'left' | 'right'
}

/** A quotation with its place in the bundle: `register.log:1042`. */
export interface Quotation {
  readonly place: string
  readonly time: string | null
  readonly excerpt: string
  readonly role: string
  /** How many equal ones it stands for. */
  readonly count: number
}

export type Block =
  | { readonly kind: 'paragraph'; readonly text: Inline }
  | { readonly kind: 'list'; readonly style: 'bullets' | 'numbers' | 'tasks'; readonly items: readonly Inline[] }
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [string, Inline])[] }
  | {
      readonly kind: 'table'
      readonly caption: string
      readonly columns: readonly Column[]
      readonly rows: readonly (readonly Inline[])[]
    }
  | { readonly kind: 'code'; readonly label: string; readonly text: string }
  | {
      readonly kind: 'evidence'
      readonly label: string
      readonly items: readonly Quotation[]
      /** Pieces there were beyond those kept. */
      readonly omitted: number
      /** Whether it is unfolded where a format can fold. */
      readonly fold: 'open' | 'closed'
    }
  | { readonly kind: 'figure'; readonly title: string; readonly description: string; readonly figure: Figure }
  | { readonly kind: 'callout'; readonly tone: Tone; readonly text: Inline }
  | Section

export interface Section {
  readonly kind: 'section'
  readonly id: string
  readonly title: Inline
  /** What is cut first when space is short: 0 is never cut. */
  readonly rank: number
  readonly blocks: readonly Block[]
}

/** The few numbers that stand at the top. */
export interface Headline {
  readonly label: string
  readonly value: string
  readonly note: string
  readonly tone: Tone
}

export interface Document {
  readonly title: string
  readonly subtitle: string
  readonly tone: Tone
  readonly verdict: Inline
  readonly headlines: readonly Headline[]
  readonly sections: readonly Section[]
}

const SEVERITY_TONES: Readonly<Record<RuleSeverity, Tone>> = {
  critical: 'critical',
  high: 'serious',
  medium: 'warning',
  low: 'neutral',
  info: 'neutral',
}

export function severityTone(severity: RuleSeverity): Tone {
  return SEVERITY_TONES[severity]
}

export function paragraph(...text: Span[]): Block {
  return { kind: 'paragraph', text }
}

export function code(text: string): Span {
  return { kind: 'code', text }
}

export function strong(text: string): Span {
  return { kind: 'strong', text }
}

export function mark(tone: Tone, text: string): Span {
  return { kind: 'mark', tone, text }
}

export function link(to: string, text: string): Span {
  return { kind: 'link', to, text }
}

export function left(...names: string[]): Column[] {
  return names.map((name) => ({ name, align: 'left' }))
}

export function right(...names: string[]): Column[] {
  return names.map((name) => ({ name, align: 'right' }))
}

/** Prose of a rule, where backticks set a command apart. */
export function prose(text: string): Inline {
  return text
    .split('`')
    .map((part, at): Span => (at % 2 === 1 ? code(part) : part))
    .filter((span) => span !== '')
}

/** What the spans say, without any dress. */
export function plain(text: Inline): string {
  return text.map((span) => (typeof span === 'string' ? span : span.text)).join('')
}
