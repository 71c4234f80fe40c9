// The causal chain as numbered boxes, causes at the left, consequences at the right.
import { severityTone } from '../document.ts'
import type { ChainEdge, ChainFigure, ChainNode } from '../figure.ts'
import { formatClock } from '../wording.ts'
import { breakLines, shorten } from './lettering.ts'
import { html, type Markup } from './template.ts'

const [BOX_WIDTH, BOX_HEIGHT, GAP_X, GAP_Y, MARGIN] = [236, 112, 86, 22, 8] as const

interface Placed {
  readonly node: ChainNode
  readonly number: number
  readonly x: number
  readonly y: number
}

export function drawChain({ nodes, edges }: ChainFigure, id: string, label: Markup): Markup {
  const placed = place(nodes)
  const width = Math.max(...placed.map(({ x }) => x)) + BOX_WIDTH + MARGIN
  const height = Math.max(...placed.map(({ y }) => y)) + BOX_HEIGHT + MARGIN
  const arrow = html`<marker id="${id}-arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto-start-reverse"><path class="arrow" d="M0 1 9 5 0 9z"/></marker>`
  return html`<svg class="chain" role="img" aria-labelledby="${id}-title ${id}-desc" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${label}<defs>${arrow}</defs>${edges.map((edge) => drawEdge(edge, placed, id))}${placed.map(drawNode)}</svg>`
}

/** A column for each depth; within one from top to bottom, each column centred. */
function place(nodes: readonly ChainNode[]): Placed[] {
  const depths = [...new Set(nodes.map(({ depth }) => depth))].sort((a, b) => a - b)
  const columns = depths.map((depth) => nodes.filter((node) => node.depth === depth))
  const tallest = Math.max(...columns.map(({ length }) => length))
  return columns.flatMap((column, columnAt) =>
    column.map((node, rowAt) => ({
      node,
      number: nodes.indexOf(node) + 1,
      x: MARGIN + columnAt * (BOX_WIDTH + GAP_X),
      y: MARGIN + (rowAt + (tallest - column.length) / 2) * (BOX_HEIGHT + GAP_Y),
    })),
  )
}

function drawEdge({ from, to, label }: ChainEdge, placed: readonly Placed[], id: string): Markup | null {
  const [a, b] = [placed.find(({ node }) => node.id === from), placed.find(({ node }) => node.id === to)]
  if (a === undefined || b === undefined) return null
  const [x1, y1, x2, y2] = [a.x + BOX_WIDTH, a.y + BOX_HEIGHT / 2, b.x - 3, b.y + BOX_HEIGHT / 2]
  const bend = (x1 + x2) / 2
  const path = html`<path class="edge" d="M${x1} ${y1}C${bend} ${y1} ${bend} ${y2} ${x2} ${y2}" marker-end="url(#${id}-arrow)"/>`
  return html`${path}<text class="lag" x="${bend}" y="${(y1 + y2) / 2 - 8}">${label}</text>`
}

function drawNode({ node, number, x, y }: Placed): Markup {
  const tone = node.role === 'root' ? severityTone(node.severity) : 'neutral'
  const title = breakLines(node.title, 29, 3).map((line, at) => {
    return html`<text class="said" x="${x + 16}" y="${y + 52 + at * 16}">${line}</text>`
  })
  const when = node.first === null ? '' : formatClock(node.first)
  return html`<g class="node ${tone}"><rect x="${x}" y="${y}" width="${BOX_WIDTH}" height="${BOX_HEIGHT}" rx="10"/><circle cx="${x + 24}" cy="${y + 22}" r="11"/><text class="number" x="${x + 24}" y="${y + 26.5}">${number}</text><text class="name" x="${x + 42}" y="${y + 26.5}">${shorten(node.cause, 25)}</text>${title}<text class="time" x="${x + 16}" y="${y + BOX_HEIGHT - 9}">${node.role === 'root' ? 'root cause' : 'follows'}${when === '' ? '' : `, ${when}`}</text></g>`
}
