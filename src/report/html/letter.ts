// The document as mail programs show it: one column, plain tables, no script, no drawing, no folding.
import { type Block, type Document, plain } from '../document.ts'
import { figureTable } from '../figure-table.ts'
import { inline, section } from './blocks.ts'
import { html, textOf, trusted } from './template.ts'

const STYLE = `body{font:15px/1.5 sans-serif;max-width:48rem;margin:1rem auto;padding:0 1rem;overflow-wrap:anywhere}
h1{font-size:1.4rem}h2{font-size:1.15rem;border-bottom:1px solid #ccc}h3{font-size:1rem}table{border-collapse:collapse}
th,td{text-align:left;padding:.2rem .8rem .2rem 0;vertical-align:top}caption{text-align:left;color:#555}
pre{white-space:pre-wrap;background:#f2f3f5;color:#111;padding:.5rem}dt{color:#555}dd{margin:0 0 .4rem}`

/** The document as the HTML part of a mail; drawings become their tables, because mail programs drop SVG. */
export function letter(document: Document): string {
  const facts = document.headlines.map(
    ({ label, value, note }) => html`<li><strong>${label}:</strong> ${value} (${note})</li>`,
  )
  const sections = document.sections.map((part) => section({ ...part, blocks: part.blocks.flatMap(withoutDrawing) }, 2))
  const head = html`<meta charset="utf-8"><title>${plain(document.verdict)}</title><style>${trusted(STYLE)}</style>`
  const body = html`<h1>${inline(document.verdict)}</h1><ul>${facts}</ul>${sections}`
  return textOf(html`<!doctype html>\n<html lang="en"><head>${head}</head><body>${body}</body></html>\n`)
}

function withoutDrawing(block: Block): Block[] {
  if (block.kind === 'evidence') return [{ ...block, fold: 'open' }]
  if (block.kind === 'section') return [{ ...block, blocks: block.blocks.flatMap(withoutDrawing) }]
  if (block.kind !== 'figure') return [block]
  const table = block.figure.kind === 'chain' ? null : figureTable(block.figure)
  return table === null ? [] : [{ kind: 'table', ...table }]
}
