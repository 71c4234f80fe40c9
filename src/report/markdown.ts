// Markdown that GitHub, GitLab and Zendesk show alike: no raw HTML, everything foreign escaped or fenced.
import type { Renderer } from '../model/index.ts'
import { buildDocument } from './build.ts'
import type { Block, Document, Inline, Quotation, Section, Span } from './document.ts'
import { figureTable } from './figure-table.ts'
import { fit } from './fit.ts'
import { visible, visibleLine } from './visible.ts'

export const markdown: Renderer = {
  format: 'markdown',
  suffix: 'md',
  render: (report, { maxBytes }) => fit(buildDocument(report), maxBytes, writeMarkdown),
}

export function writeMarkdown(document: Document): string {
  const facts = document.headlines.map(
    ({ label, value, note }) => `- **${escaped(label)}**: ${escaped(value)} (${escaped(note)})`,
  )
  const parts = [`# ${escaped(document.title)}`, `**${inline(document.verdict)}**`, facts.join('\n')]
  return `${[...parts.filter((part) => part !== ''), ...document.sections.map((part) => section(part, 2))].join('\n\n')}\n`
}

function section({ title, blocks }: Section, level: number): string {
  return [
    `${'#'.repeat(level)} ${inline(title)}`,
    ...blocks.map((part) => block(part, level)).filter((part) => part !== ''),
  ].join('\n\n')
}

function block(part: Block, level: number): string {
  switch (part.kind) {
    case 'section':
      return section(part, level + 1)
    case 'paragraph':
      return inline(part.text)
    case 'list':
      return part.items.map((item, at) => `${bullet(part.style, at)} ${inline(item)}`).join('\n')
    case 'facts':
      return part.rows.map(([name, value]) => `- **${escaped(name)}**: ${inline(value)}`).join('\n')
    case 'table':
      return table(part)
    case 'code':
      return fence(part.text)
    case 'evidence':
      return evidence(part)
    case 'figure':
      return figure(part)
    case 'callout':
      return `> ${inline(part.text)}`
    default:
      return part satisfies never
  }
}

function bullet(style: 'bullets' | 'numbers' | 'tasks', at: number): string {
  if (style === 'numbers') return `${at + 1}.`
  return style === 'tasks' ? '- [ ]' : '-'
}

/** The list beside a chain says the same; other drawings become their table. */
function figure({ figure: drawn }: Block & { readonly kind: 'figure' }): string {
  const rows = figureTable(drawn)
  return drawn.kind === 'chain' || rows === null ? '' : table(rows)
}

function table({ caption, columns, rows }: Omit<Block & { readonly kind: 'table' }, 'kind'>): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const rule = columns.map(({ align }) => (align === 'right' ? '---:' : '---'))
  const body = rows.map((row) => line(row.map(inline)))
  return [`${escaped(caption)}:`, '', line(columns.map(({ name }) => escaped(name))), line(rule), ...body].join('\n')
}

function evidence({ label, items, omitted }: Block & { readonly kind: 'evidence' }): string {
  const rest = omitted > 0 ? `\n… and ${omitted} more, in the store` : ''
  return `${escaped(label)}:\n\n${fence(items.map(quotation).join('\n') + rest)}`
}

function quotation({ place, time, excerpt, role, count }: Quotation): string {
  const head = [place, time, role, count > 1 ? `×${count}` : null].filter((part) => part !== null)
  return `${head.map(visibleLine).join('  ')}\n    ${visible(excerpt).replaceAll('\n', '\n    ')}`
}

/** A fence longer than any inside, so that no text can close it (CommonMark 4.5). */
function fence(text: string): string {
  const shown = visible(text)
  const ticks = '`'.repeat(Math.max(3, longestRun(shown) + 1))
  return `${ticks}text\n${shown}\n${ticks}`
}

function inline(text: Inline): string {
  return text.map(span).join('')
}

function span(part: Span): string {
  if (typeof part === 'string') return escaped(part)
  switch (part.kind) {
    case 'strong':
    case 'mark':
      return part.text.trim() === '' ? '' : `**${escaped(part.text)}**`
    case 'code':
      return codeSpan(part.text)
    case 'link':
      return codeSpan(part.text)
    default:
      return part satisfies never
  }
}

/** Backticks longer than any inside; a bar is escaped because tables split before code spans are seen (GFM 4.10). */
function codeSpan(text: string): string {
  const shown = visibleLine(text).replaceAll('|', '\\|')
  if (shown.trim() === '') return ''
  const ticks = '`'.repeat(longestRun(shown) + 1)
  const pad = shown.startsWith('`') || shown.endsWith('`') ? ' ' : ''
  return `${ticks}${pad}${shown}${pad}${ticks}`
}

/** Signs with a meaning are escaped; what a tracker would link or notify (@name, #12, addresses) becomes code. */
function escaped(text: string): string {
  return visibleLine(text)
    .split(/(\S*(?:@|:\/\/|www\.|#\d|!\d)\S*)/i)
    .map((part, at) => (at % 2 === 1 ? codeSpan(part) : part.replace(/[\\`*_{}[\]<>#|~&$]/g, '\\$&')))
    .join('')
    .replace(/^(\s*)([-+]|\d+[.)])(?=\s)/, '$1\\$2')
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
}
