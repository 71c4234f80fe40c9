// Jira's wiki markup, as comments of Jira Data Center are written: everything foreign escaped or in noformat.
import type { Renderer } from '../model/index.ts'
import { buildDocument } from './build.ts'
import type { Block, Document, Inline, Quotation, Section, Span } from './document.ts'
import { figureTable } from './figure-table.ts'
import { fit } from './fit.ts'
import { visible, visibleLine } from './visible.ts'

type Of<Kind extends Block['kind']> = Extract<Block, { readonly kind: Kind }>

export const jiraWiki: Renderer = {
  format: 'jira-wiki',
  suffix: 'jira.txt',
  render: (report, { maxBytes }) => fit(buildDocument(report), maxBytes, writeJiraWiki),
}

export function writeJiraWiki(document: Document): string {
  const facts = document.headlines.map(
    ({ label, value, note }) => `* ${bold(label)}: ${escaped(value)} (${escaped(note)})`,
  )
  const parts = [`h2. ${escaped(document.title)}`, `*${inline(document.verdict)}*`, facts.join('\n')]
  const sections = document.sections.map((part) => section(part, 3))
  return `${[...parts.filter((part) => part !== ''), ...sections].join('\n\n')}\n`
}

function section({ title, blocks }: Section, level: number): string {
  const parts = blocks.map((part) => block(part, level)).filter((part) => part !== '')
  return [`h${Math.min(level, 6)}. ${inline(title)}`, ...parts].join('\n\n')
}

function block(part: Block, level: number): string {
  switch (part.kind) {
    case 'section':
      return section(part, level + 1)
    case 'paragraph':
      return inline(part.text)
    case 'list':
      return part.items.map((item) => `${BULLETS[part.style]} ${inline(item)}`).join('\n')
    case 'facts':
      return part.rows.map(([name, value]) => `* ${bold(name)}: ${inline(value)}`).join('\n')
    case 'table':
      return table(part)
    case 'code':
      return literal(part.text)
    case 'evidence':
      return evidence(part)
    case 'figure':
      return figure(part)
    case 'callout':
      return `bq. ${inline(part.text)}`
    default:
      return part satisfies never
  }
}

const BULLETS = { bullets: '*', numbers: '#', tasks: '* ☐' } as const

function table({ caption, columns, rows }: Omit<Of<'table'>, 'kind'>): string {
  const head = `||${columns.map(({ name }) => escaped(name)).join('||')}||`
  // An empty cell would join its bars to those of a header.
  const body = rows.map((row) => `|${row.map((cell) => inline(cell) || ' ').join('|')}|`)
  return [`${escaped(caption)}:`, head, ...body].join('\n')
}

function evidence({ label, items, omitted }: Of<'evidence'>): string {
  const rest = omitted > 0 ? `\n… and ${omitted} more, in the store` : ''
  return `${escaped(label)}:\n${literal(items.map(quotation).join('\n') + rest)}`
}

function quotation({ place, time, excerpt, role, count }: Quotation): string {
  const head = [place, time, role, count > 1 ? `×${count}` : null].filter((part) => part !== null)
  return `${head.map(visibleLine).join('  ')}\n    ${visible(excerpt).replaceAll('\n', '\n    ')}`
}

/** The list beside a chain says the same; other drawings become their table. */
function figure({ figure: drawn }: Of<'figure'>): string {
  const rows = figureTable(drawn)
  return drawn.kind === 'chain' || rows === null ? '' : table(rows)
}

/** Nothing but its own end means anything in noformat; a text that holds it gets a blank there. */
function literal(text: string): string {
  return `{noformat}\n${visible(text).replace(/\{(?=noformat)/gi, '{ ')}\n{noformat}`
}

function inline(text: Inline): string {
  return text.map(span).join('')
}

function span(part: Span): string {
  if (typeof part === 'string') return escaped(part)
  switch (part.kind) {
    case 'strong':
    case 'mark':
      return bold(part.text)
    case 'code':
    case 'link':
      return part.text.trim() === '' ? '' : `{{${escaped(part.text.trim()).replace(MACRO, first)}}}`
    default:
      return part satisfies never
  }
}

/** Names that would make `{{noformat}}` a macro in braces instead of a word in braces. */
const MACRO =
  /^(?=(?:anchor|code|colou?r|column|csv|excerpt|html|include|index|info|noformat|note|panel|quote|section|tip|toc|warning)\b)./i

function first(letter: string): string {
  return `&#${letter.charCodeAt(0)};`
}

/** The stars must stand at a word. */
function bold(text: string): string {
  return text.trim() === '' ? '' : `*${escaped(text.trim())}*`
}

/**
 * Signs with a meaning, as Jira's BackslashEscapeRendererComponent takes them back; where it takes none (two backslashes
 * are a new line, a scheme makes a link, a colon a face) the sign as its number. Marks inside words mean nothing.
 */
function escaped(text: string): string {
  return visibleLine(text)
    .replace(/&(?=#?\w+;)|\\|(?<=\w):(?=\/\/)|(?<=mailto):|[:;](?=[()DPp])/gi, (sign) => `&#${sign.charCodeAt(0)};`)
    .replace(/[{}[\]|!@]|\?(?=\?)|(?<=\?)\?|\((?=(?:[xyni!?+\-/*]|on|off|\*[rgby])\))/g, '\\$&')
    .replace(/(?<![A-Za-z0-9])[*_+^~-]|[*_+^~-](?![A-Za-z0-9])/g, '\\$&')
    .replace(/^(\s*)#(?=[*#-]*\s)/, '$1\\#')
    .replace(/^(\s*)(h[1-6]|bq)\./, '$1$2&#46;')
}
