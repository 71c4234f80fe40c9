// Atlassian Document Format, the JSON that comments of Jira Cloud are made of; only nodes its documentation lists for Jira.
import type { Renderer } from '../model/index.ts'
import { buildDocument } from './build.ts'
import type { Block, Document, Inline, Quotation, Section, Span, Tone } from './document.ts'
import { figureTable } from './figure-table.ts'
import { fit } from './fit.ts'
import { visible, visibleLine } from './visible.ts'

/** A node or a mark: https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/ */
interface Node {
  readonly type: string
  readonly attrs?: Readonly<Record<string, string | number>>
  readonly content?: readonly Node[]
  readonly marks?: readonly { readonly type: string }[]
  readonly text?: string
}

type Of<Kind extends Block['kind']> = Extract<Block, { readonly kind: Kind }>

export const adf: Renderer = {
  format: 'adf',
  suffix: 'adf.json',
  render: (report, { maxBytes }) => fit(buildDocument(report), maxBytes, writeAdf),
}

/** The document as one line of JSON: a limit counts every byte. */
export function writeAdf(document: Document): string {
  const facts = document.headlines.map(
    ({ label, value, note }): Inline => [{ kind: 'strong', text: label }, `: ${value} (${note})`],
  )
  const content = [
    heading([document.title], 2),
    paragraph([{ kind: 'mark', tone: document.tone, text: 'verdict' }, ' ', ...document.verdict]),
    ...(facts.length === 0 ? [] : [list('bulletList', facts)]),
    ...document.sections.flatMap((part) => section(part, 3)),
  ]
  return JSON.stringify({ version: 1, type: 'doc', content })
}

function section({ title, blocks }: Section, level: number): Node[] {
  return [heading(title, Math.min(level, 6)), ...blocks.flatMap((part) => block(part, level))]
}

function block(part: Block, level: number): Node[] {
  switch (part.kind) {
    case 'section':
      return section(part, level + 1)
    case 'paragraph':
      return [paragraph(part.text)]
    case 'list':
      return part.items.length === 0 ? [] : [listOf(part)]
    case 'facts':
      return part.rows.length === 0 ? [] : [list('bulletList', part.rows.map(fact))]
    case 'table':
      return table(part)
    case 'code':
      return [codeBlock(part.text)]
    case 'evidence':
      return evidence(part)
    case 'figure':
      return figure(part)
    case 'callout':
      return [{ type: 'panel', attrs: { panelType: PANELS[part.tone] }, content: [paragraph(part.text)] }]
    default:
      return part satisfies never
  }
}

const PANELS: Readonly<Record<Tone, string>> = {
  critical: 'error',
  serious: 'error',
  warning: 'warning',
  good: 'success',
  neutral: 'info',
}

function heading(text: Inline, level: number): Node {
  return { type: 'heading', attrs: { level }, content: inline(text) }
}

function paragraph(text: Inline): Node {
  return { type: 'paragraph', content: inline(text) }
}

/** Jira does not list task lists among its nodes: a task is an item with an empty box. */
function listOf({ style, items }: Of<'list'>): Node {
  if (style === 'numbers') return list('orderedList', items)
  return list('bulletList', style === 'tasks' ? items.map((item): Inline => ['☐ ', ...item]) : items)
}

function list(type: 'bulletList' | 'orderedList', items: readonly Inline[]): Node {
  return { type, content: items.map((item) => ({ type: 'listItem', content: [paragraph(item)] })) }
}

function fact([name, value]: readonly [string, Inline]): Inline {
  return [{ kind: 'strong', text: name }, ': ', ...value]
}

function table({ caption, columns, rows }: Omit<Of<'table'>, 'kind'>): Node[] {
  const row = (type: string, cells: readonly Inline[]): Node => {
    return { type: 'tableRow', content: cells.map((cell) => ({ type, content: [paragraph(cell)] })) }
  }
  const head = columns.map(({ name }): Inline => [name])
  const body = rows.map((cells) => row('tableCell', cells))
  return [paragraph([`${caption}:`]), { type: 'table', content: [row('tableHeader', head), ...body] }]
}

function codeBlock(text: string): Node {
  const shown = visible(text)
  const attrs = { language: 'text' }
  return shown === ''
    ? { type: 'codeBlock', attrs }
    : { type: 'codeBlock', attrs, content: [{ type: 'text', text: shown }] }
}

/** Folded where the document folds: quotations of consequences are long. */
function evidence({ label, items, omitted, fold }: Of<'evidence'>): Node[] {
  const rest = omitted > 0 ? `\n… and ${omitted} more, in the store` : ''
  const quoted = codeBlock(items.map(quotation).join('\n') + rest)
  if (fold === 'open') return [paragraph([`${label}:`]), quoted]
  return [{ type: 'expand', attrs: { title: visibleLine(label) }, content: [quoted] }]
}

function quotation({ place, time, excerpt, role, count }: Quotation): string {
  const head = [place, time, role, count > 1 ? `×${count}` : null].filter((part) => part !== null)
  return `${head.map(visibleLine).join('  ')}\n    ${visible(excerpt).replaceAll('\n', '\n    ')}`
}

/** The list beside a chain says the same; other drawings become their table. */
function figure({ figure: drawn }: Of<'figure'>): Node[] {
  const rows = figureTable(drawn)
  return drawn.kind === 'chain' || rows === null ? [] : table(rows)
}

/** A text node must not be empty. */
function inline(spans: Inline): Node[] {
  return spans.filter((part) => plainOf(part) !== '').map(span)
}

function plainOf(part: Span): string {
  return typeof part === 'string' ? part : part.text
}

function span(part: Span): Node {
  const text = visibleLine(plainOf(part))
  if (typeof part === 'string') return { type: 'text', text }
  switch (part.kind) {
    case 'strong':
      return { type: 'text', text, marks: [{ type: 'strong' }] }
    case 'code':
    case 'link':
      return { type: 'text', text, marks: [{ type: 'code' }] }
    case 'mark':
      return { type: 'status', attrs: { text, color: COLOURS[part.tone] } }
    default:
      return part satisfies never
  }
}

const COLOURS: Readonly<Record<Tone, string>> = {
  critical: 'red',
  serious: 'red',
  warning: 'yellow',
  good: 'green',
  neutral: 'neutral',
}
