// Plain text for a terminal or a mail: wrapped to its width, coloured where asked, readable without colour.
import { styleText } from 'node:util'
import type { Renderer, RenderOptions } from '../model/index.ts'
import { buildDocument } from './build.ts'
import type { Block, Document, Inline, Quotation, Section, Span, Tone } from './document.ts'
import { figureTable } from './figure-table.ts'
import { fit } from './fit.ts'
import { grid } from './grid.ts'
import { sparkline } from './sparkline.ts'
import { visible, visibleLine } from './visible.ts'
import { wrap } from './width.ts'

type Style = Parameters<typeof styleText>[0]

/** Where a text goes: columns left, and whether it may be coloured. */
export interface Sheet {
  readonly width: number
  readonly color: RenderOptions['color']
}

const TONES: Readonly<Record<Tone, Style>> = {
  critical: ['bold', 'red'],
  serious: 'red',
  warning: 'yellow',
  good: 'green',
  neutral: 'cyan',
}

const SIGNS: Readonly<Record<Tone, string>> = { critical: '✖', serious: '✖', warning: '▲', good: '✔', neutral: '•' }

export const text: Renderer = {
  format: 'text',
  suffix: 'txt',
  render: (report, { maxBytes, width, color }) =>
    fit(buildDocument(report), maxBytes, (document) => writeText(document, { width, color })),
}

/** The document as text that ends in a newline. */
export function writeText(document: Document, sheet: Sheet): string {
  const verdict = `${SIGNS[document.tone]} ${inline(document.verdict, sheet)}`
  const facts = document.headlines.map(({ label, value, note }) => `${label}: ${value} (${note})`)
  const head = [
    hang(
      `${paint(visibleLine(document.title), 'bold', sheet)}  ${dim(visibleLine(document.subtitle), sheet)}`,
      '',
      '  ',
      sheet,
    ),
    words(wrap(verdict, sheet.width - 2), '  ', TONES[document.tone], sheet),
    facts.map((fact) => hang(visibleLine(fact), '  ', '  ', sheet)).join('\n'),
  ]
  const parts = [...head, ...document.sections.map((part) => section(part, 0, sheet))]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

export function paint(plainText: string, style: Style, { color }: Sheet): string {
  return color === 'never' || plainText === '' ? plainText : styleText(style, plainText, { validateStream: false })
}

function dim(shown: string, sheet: Sheet): string {
  return byWord(shown, 'dim', sheet)
}

/** Painted word by word, so that a line may break anywhere. */
function byWord(shown: string, style: Style, sheet: Sheet): string {
  return shown
    .split(' ')
    .map((word) => paint(word, style, sheet))
    .join(' ')
}

function words(lines: readonly string[], after: string, style: Style, sheet: Sheet): string {
  return lines.map((line, at) => (at === 0 ? '' : after) + paint(line, style, sheet)).join('\n')
}

function section({ title, blocks }: Section, depth: number, sheet: Sheet): string {
  const heading = hang(inline(title, sheet), '  '.repeat(depth), '  '.repeat(depth), sheet)
  const styled = depth === 0 ? paint(heading, ['bold', 'underline'], sheet) : heading
  const parts = blocks.map((part) => block(part, depth, sheet)).filter((part) => part !== '')
  return [styled, ...parts].join(depth === 0 && blocks.some(({ kind }) => kind === 'section') ? '\n\n' : '\n')
}

function block(part: Block, depth: number, sheet: Sheet): string {
  const pad = '  '.repeat(depth + 1)
  switch (part.kind) {
    case 'section':
      return section(part, depth + 1, sheet)
    case 'paragraph':
      return hang(inline(part.text, sheet), pad, pad, sheet)
    case 'list':
      return part.items.map((item, at) => listItem(inline(item, sheet), bullet(part.style, at), pad, sheet)).join('\n')
    case 'facts':
      return facts(part.rows, pad, sheet)
    case 'table':
      return table(part, pad, sheet)
    case 'code':
      return indent(visible(part.text), `${pad}│ `)
    case 'evidence':
      return evidence(part, pad, sheet)
    case 'figure':
      return figure(part, pad, sheet)
    case 'callout':
      return hang(
        paint(`${SIGNS[part.tone]} ${inline(part.text, sheet)}`, TONES[part.tone], sheet),
        pad,
        `${pad}  `,
        sheet,
      )
    default:
      return part satisfies never
  }
}

function bullet(style: 'bullets' | 'numbers' | 'tasks', at: number): string {
  if (style === 'numbers') return `${at + 1}.`
  return style === 'tasks' ? '☐' : '•'
}

function listItem(item: string, sign: string, pad: string, sheet: Sheet): string {
  return hang(item, `${pad}${sign} `, `${pad}${' '.repeat(sign.length + 1)}`, sheet)
}

function facts(rows: readonly (readonly [string, Inline])[], pad: string, sheet: Sheet): string {
  const column = Math.max(...rows.map(([name]) => name.length)) + 2
  return rows
    .map(([name, value]) => {
      const label = paint(visibleLine(name), 'dim', sheet) + ' '.repeat(Math.max(1, column - name.length))
      return hang(inline(value, sheet), pad + label, pad + ' '.repeat(column), sheet)
    })
    .join('\n')
}

function table(
  { caption, columns, rows }: Omit<Block & { readonly kind: 'table' }, 'kind'>,
  pad: string,
  sheet: Sheet,
): string {
  const cells = rows.map((row) => row.map((cell) => inline(cell, sheet)))
  const head = columns.map(({ name, align }) => ({ name: paint(name, 'dim', sheet), align }))
  return `${pad}${paint(visibleLine(caption), 'italic', sheet)}\n${indent(grid(head, cells, sheet.width - pad.length), pad)}`
}

function evidence({ label, items, omitted }: Block & { readonly kind: 'evidence' }, pad: string, sheet: Sheet): string {
  const rest = omitted > 0 ? [`${pad}  ${paint(`… and ${omitted} more, in the store`, 'dim', sheet)}`] : []
  const heading = label === '' ? [] : [`${pad}${paint(label, 'dim', sheet)}`]
  return [...heading, ...items.map((item) => quotation(item, pad, sheet)), ...rest].join('\n')
}

function quotation({ place, time, excerpt, role, count }: Quotation, pad: string, sheet: Sheet): string {
  const head = [time, role, count > 1 ? `×${count}` : null].filter((part) => part !== null).join('  ')
  const shown = visible(excerpt).split('\n')
  const lines = shown.flatMap((line) => wrap(line, Math.max(20, sheet.width - pad.length - 4)))
  const title = `${paint(visibleLine(place), 'cyan', sheet)}  ${dim(visibleLine(head), sheet)}`
  return `${hang(title, `${pad}  `, `${pad}      `, sheet)}\n${indent(lines.join('\n'), `${pad}    `)}`
}

function figure({ title, figure: drawn }: Block & { readonly kind: 'figure' }, pad: string, sheet: Sheet): string {
  if (drawn.kind === 'chain') return ''
  const rows = figureTable(drawn)
  const line = drawn.kind === 'timeline' ? `${indent(sparkline(drawn, sheet.width - pad.length), pad)}\n` : ''
  return rows === null ? '' : `${pad}${visibleLine(title)}\n${line}${table(rows, pad, sheet)}`
}

function inline(spans: Inline, sheet: Sheet): string {
  return spans.map((part) => span(part, sheet)).join('')
}

function span(part: Span, sheet: Sheet): string {
  if (typeof part === 'string') return visibleLine(part)
  const shown = visibleLine(part.text)
  switch (part.kind) {
    case 'mark':
      return byWord(`[${shown}]`, TONES[part.tone], sheet)
    case 'strong':
      return byWord(shown, 'bold', sheet)
    case 'code':
      return byWord(shown, 'cyan', sheet)
    case 'link':
      return shown
    default:
      return part satisfies never
  }
}

function hang(shown: string, first: string, rest: string, sheet: Sheet): string {
  const lines = wrap(shown, Math.max(20, sheet.width - rest.length))
  return lines.map((line, at) => (at === 0 ? first : rest) + line).join('\n')
}

function indent(shown: string, pad: string): string {
  return shown.replace(/^/gm, pad)
}
