// The document as a piece of HTML for the comment field of a ticket: plain tags only, because the rest is stripped there.
import type { Block, Document, Inline, Quotation, Section, Span } from '../document.ts'
import { figureTable } from '../figure-table.ts'
import { html, type Markup, textOf } from './template.ts'

type Of<Kind extends Block['kind']> = Extract<Block, { readonly kind: Kind }>

export function note(document: Document): string {
  const facts = document.headlines.map(
    ({ label, value, note: more }) => html`<li><strong>${label}:</strong> ${value} (${more})</li>`,
  )
  const sections = document.sections.map((part) => section(part, 'h3'))
  return textOf(
    html`<h2>${document.title}</h2>\n<p><strong>${inline(document.verdict)}</strong></p>\n<ul>${facts}</ul>\n${sections}`,
  )
}

function section({ title, blocks }: Section, level: 'h3' | 'h4'): Markup {
  const heading = level === 'h3' ? html`<h3>${inline(title)}</h3>` : html`<h4>${inline(title)}</h4>`
  return html`${heading}\n${blocks.map(block)}`
}

function block(part: Block): Markup | null {
  switch (part.kind) {
    case 'section':
      return section(part, 'h4')
    case 'paragraph':
      return html`<p>${inline(part.text)}</p>\n`
    case 'list':
      return list(part)
    case 'facts':
      return html`<ul>${part.rows.map(([name, value]) => html`<li><strong>${name}:</strong> ${inline(value)}</li>`)}</ul>\n`
    case 'table':
      return table(part)
    case 'code':
      return html`<pre>${part.text}</pre>\n`
    case 'evidence':
      return evidence(part)
    case 'figure':
      return figure(part)
    case 'callout':
      return html`<blockquote>${inline(part.text)}</blockquote>\n`
    default:
      return part satisfies never
  }
}

function list({ style, items }: Of<'list'>): Markup {
  const box = style === 'tasks' ? '☐ ' : ''
  const inner = items.map((item) => html`<li>${box}${inline(item)}</li>`)
  return style === 'numbers' ? html`<ol>${inner}</ol>\n` : html`<ul>${inner}</ul>\n`
}

function table({ caption, columns, rows }: Omit<Of<'table'>, 'kind'>): Markup {
  const head = columns.map(({ name }) => html`<th>${name}</th>`)
  const body = rows.map((row) => html`<tr>${row.map((cell) => html`<td>${inline(cell)}</td>`)}</tr>\n`)
  return html`<p>${caption}:</p>\n<table><tbody><tr>${head}</tr>\n${body}</tbody></table>\n`
}

function evidence({ label, items, omitted }: Of<'evidence'>): Markup {
  const rest = omitted > 0 ? `\n… and ${omitted} more, in the store` : ''
  return html`<p>${label}:</p>\n<pre>${items.map(quotation).join('\n')}${rest}</pre>\n`
}

function quotation({ place, time, excerpt, role, count }: Quotation): string {
  const head = [place, time, role, count > 1 ? `×${count}` : null].filter((part) => part !== null)
  return `${head.join('  ')}\n    ${excerpt.replaceAll('\n', '\n    ')}`
}

/** The list beside a chain says the same; other drawings become their table. */
function figure({ figure: drawn }: Of<'figure'>): Markup | null {
  const rows = figureTable(drawn)
  return drawn.kind === 'chain' || rows === null ? null : table(rows)
}

function inline(spans: Inline): Markup[] {
  return spans.map(span)
}

function span(part: Span): Markup {
  if (typeof part === 'string') return html`${part}`
  switch (part.kind) {
    case 'strong':
    case 'mark':
      return html`<strong>${part.text}</strong>`
    case 'code':
    case 'link':
      return html`<code>${part.text}</code>`
    default:
      return part satisfies never
  }
}
