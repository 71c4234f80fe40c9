// Blocks of the document as HTML.
import type { Block, Column, Inline, Quotation, Section, Span } from '../document.ts'
import { plain } from '../document.ts'
import { figureTable } from '../figure-table.ts'
import { drawChain } from './chain-svg.ts'
import { drawLadder } from './ladder-svg.ts'
import { html, type Markup } from './template.ts'
import { drawTimeline } from './timeline-svg.ts'

type Of<Kind extends Block['kind']> = Extract<Block, { readonly kind: Kind }>

/** A section of the page; `level` is that of its heading. */
export function section(part: Section, level: 2 | 3): Markup {
  const heading = level === 2 ? html`<h2>${inline(part.title)}</h2>` : html`<h3>${inline(part.title)}</h3>`
  const anchor = slug(part.id)
  const body = part.blocks.map((one) => block(one, anchor))
  return level === 2
    ? html`<section id="${anchor}" class="part" aria-label="${plain(part.title)}">${heading}<div class="body">${body}</div></section>\n`
    : html`<article id="${anchor}" class="card">${heading}${body}</article>\n`
}

/** An id that may stand in an address: what a bundle can write into it is reduced to letters, digits and dashes. */
export function slug(id: string): string {
  return id.replace(/[^A-Za-z0-9_-]+/g, '-').slice(0, 80)
}

function block(part: Block, owner: string): Markup {
  switch (part.kind) {
    case 'section':
      return section(part, 3)
    case 'paragraph':
      return html`<p>${inline(part.text)}</p>`
    case 'list':
      return list(part)
    case 'facts':
      return html`<dl class="facts">${part.rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${inline(value)}</dd></div>`)}</dl>`
    case 'table':
      return table(part)
    case 'code':
      return html`<figure class="code"><figcaption>${part.label}</figcaption><pre tabindex="0"><code>${part.text}</code></pre></figure>`
    case 'evidence':
      return evidence(part)
    case 'figure':
      return figure(part, owner)
    case 'callout':
      return html`<p class="callout ${part.tone}">${inline(part.text)}</p>`
    default:
      return part satisfies never
  }
}

function list({ style, items }: Of<'list'>): Markup {
  const inner = items.map((item) => html`<li>${inline(item)}</li>`)
  return style === 'numbers' ? html`<ol class="steps">${inner}</ol>` : html`<ul class="${style}">${inner}</ul>`
}

function table({ caption, columns, rows }: Omit<Of<'table'>, 'kind'>): Markup {
  const head = columns.map((column) => html`<th scope="col" class="${column.align}">${column.name}</th>`)
  const body = rows.map((row) => html`<tr>${row.map((cell, at) => tableCell(cell, at, columns[at]))}</tr>`)
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${caption}"><table><caption>${caption}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`
}

function tableCell(cell: Inline, at: number, column: Column | undefined): Markup {
  const align = column?.align ?? 'left'
  return at === 0
    ? html`<th scope="row" class="${align}">${inline(cell)}</th>`
    : html`<td class="${align}">${inline(cell)}</td>`
}

function evidence({ label, items, omitted, fold }: Of<'evidence'>): Markup {
  const more = omitted > 0 ? html`<p class="more">… and ${omitted} more, in the store</p>` : null
  const inner = html`<summary>${label} <span class="count">${items.length}</span></summary><ol class="evidence">${items.map(quotation)}</ol>${more}`
  return fold === 'open' ? html`<details open>${inner}</details>` : html`<details>${inner}</details>`
}

function quotation({ place, time, excerpt, role, count }: Quotation): Markup {
  const when = time === null ? null : html`<span class="when">${time}</span>`
  const times = count > 1 ? html`<span class="count">×${count}</span>` : null
  return html`<li><p class="place"><code>${place}</code>${when}<span class="role">${role}</span>${times}</p><pre tabindex="0"><code>${excerpt}</code></pre></li>`
}

function figure({ title, description, figure: drawn }: Of<'figure'>, owner: string): Markup {
  const id = `${owner}-figure`
  const rows = drawn.kind === 'chain' ? null : figureTable(drawn)
  const same = rows === null ? null : html`<details><summary>The same as a table</summary>${table(rows)}</details>`
  const label = html`<title id="${id}-title">${title}</title><desc id="${id}-desc">${description}</desc>`
  return html`<figure class="drawing"><figcaption>${title}</figcaption><div class="scroll" role="region" tabindex="0" aria-label="${title}">${draw(drawn, id, label)}</div>${same}</figure>`
}

function draw(drawn: Of<'figure'>['figure'], id: string, label: Markup): Markup {
  switch (drawn.kind) {
    case 'chain':
      return drawChain(drawn, id, label)
    case 'timeline':
      return drawTimeline(drawn, id, label)
    case 'ladder':
      return drawLadder(drawn, id, label)
    default:
      return drawn satisfies never
  }
}

export function inline(spans: Inline): Markup[] {
  return spans.map(span)
}

/** Times and shares stay on one line. */
function unbroken(text: string): Markup[] {
  const parts = text.split(/(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?(?: UTC| [+-]\d\d:\d\d)?|(?:< )?\d+(?:\.\d+)? %)/)
  return parts.map((part, at) => (at % 2 === 1 ? html`<span class="unbroken">${part}</span>` : html`${part}`))
}

function span(part: Span): Markup {
  if (typeof part === 'string') return html`${unbroken(part)}`
  switch (part.kind) {
    case 'strong':
      return html`<strong>${part.text}</strong>`
    case 'code':
      return html`<code>${part.text}</code>`
    case 'mark':
      return html`<span class="mark ${part.tone}">${part.text}</span>`
    case 'link':
      return html`<a href="#${slug(part.to)}">${part.text}</a>`
    default:
      return part satisfies never
  }
}
