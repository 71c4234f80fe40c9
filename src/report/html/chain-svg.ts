// The causal chain as numbered boxes: causes at the left and consequences at the right, a long one from top to bottom.
import { severityTone } from '../document.ts'
import type { ChainEdge, ChainFigure, ChainNode } from '../figure.ts'
import { formatClock } from '../wording.ts'
import { breakLines, shorten } from './lettering.ts'
import { html, type Markup } from './template.ts'

const [BOX_WIDTH, BOX_HEIGHT, GAP_X, GAP_Y, MARGIN] = [236, 120, 112, 22, 8] as const

interface Placed {
  readonly node: ChainNode
  readonly number: number
  readonly x: number
  readonly y: number
}

export function drawChain({ nodes, edges }: ChainFigure, id: string, label: Markup): Markup {
  const way: Way = depthsOf(nodes).length > ACROSS ? 'down' : 'across'
  const placed = place(nodes, way)
  const width = Math.max(...placed.map(({ x }) => x)) + BOX_WIDTH + MARGIN
  const height = Math.max(...placed.map(({ y }) => y)) + BOX_HEIGHT + MARGIN
  const arrow = html`<marker id="${id}-arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto-start-reverse"><path class="arrow" d="M0 1 9 5 0 9z"/></marker>`
  return html`<svg class="chain" role="img" aria-labelledby="${id}-title ${id}-desc" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${label}<defs>${arrow}</defs>${edges.map((edge) => drawEdge(edge, { placed, way, id }))}${placed.map(drawNode)}</svg>`
}

/** Depths that fit side by side on a page; a longer chain runs down it, so many boxes in a row. */
const ACROSS = 3
const DROP = 52

type Way = 'across' | 'down'

/** Boxes of one depth stand together, each such group centred. */
function place(nodes: readonly ChainNode[], way: Way): Placed[] {
  const groups = groupsOf(nodes, way)
  const largest = Math.max(...groups.map(({ length }) => length))
  return groups.flatMap((group, along) =>
    group.map((node, at) => ({
      node,
      number: nodes.indexOf(node) + 1,
      ...corner(along, at + (largest - group.length) / 2, way),
    })),
  )
}

function groupsOf(nodes: readonly ChainNode[], way: Way): ChainNode[][] {
  const groups = depthsOf(nodes).map((depth) => nodes.filter((node) => node.depth === depth))
  return way === 'across' ? groups : groups.flatMap(rowsOf)
}

function rowsOf(group: readonly ChainNode[]): ChainNode[][] {
  const count = Math.ceil(group.length / ACROSS)
  return Array.from({ length: count }, (_, at) => group.slice(at * ACROSS, (at + 1) * ACROSS))
}

function corner(along: number, beside: number, way: Way): { x: number; y: number } {
  return way === 'across'
    ? { x: MARGIN + along * (BOX_WIDTH + GAP_X), y: MARGIN + beside * (BOX_HEIGHT + GAP_Y) }
    : { x: MARGIN + beside * (BOX_WIDTH + GAP_Y), y: MARGIN + along * (BOX_HEIGHT + DROP) }
}

function depthsOf(nodes: readonly ChainNode[]): number[] {
  return [...new Set(nodes.map(({ depth }) => depth))].sort((a, b) => a - b)
}

interface Drawing {
  readonly placed: readonly Placed[]
  readonly way: Way
  readonly id: string
}

function drawEdge({ from, to, label }: ChainEdge, { placed, way, id }: Drawing): Markup | null {
  const [a, b] = [placed.find(({ node }) => node.id === from), placed.find(({ node }) => node.id === to)]
  if (a === undefined || b === undefined) return null
  const { curve, x, y } = way === 'across' ? curveAcross(a, b) : curveDown(a, b)
  const path = html`<path class="edge" d="${curve}" marker-end="url(#${id}-arrow)"/>`
  return html`${path}<text class="lag" x="${x}" y="${y}">${label}</text>`
}

/** A curve, and where its label stands. */
interface Curve {
  readonly curve: string
  readonly x: number
  readonly y: number
}

function curveAcross(a: Placed, b: Placed): Curve {
  const [x1, y1, x2, y2] = [a.x + BOX_WIDTH, a.y + BOX_HEIGHT / 2, b.x - 3, b.y + BOX_HEIGHT / 2]
  const bend = (x1 + x2) / 2
  return { curve: `M${x1} ${y1}C${bend} ${y1} ${bend} ${y2} ${x2} ${y2}`, x: bend, y: (y1 + y2) / 2 - 8 }
}

function curveDown(a: Placed, b: Placed): Curve {
  const [x1, y1, x2, y2] = [a.x + BOX_WIDTH / 2, a.y + BOX_HEIGHT, b.x + BOX_WIDTH / 2, b.y - 3]
  const bend = (y1 + y2) / 2
  return { curve: `M${x1} ${y1}C${x1} ${bend} ${x2} ${bend} ${x2} ${y2}`, x: (x1 + x2) / 2, y: bend + 4 }
}

function drawNode({ node, number, x, y }: Placed): Markup {
  const tone = node.role === 'root' ? severityTone(node.severity) : 'neutral'
  const title = breakLines(node.title, 29, 3).map((line, at) => {
    return html`<text class="said" x="${x + 16}" y="${y + 52 + at * 16}">${line}</text>`
  })
  const when = node.first === null ? '' : formatClock(node.first)
  return html`<g class="node ${tone}"><rect x="${x}" y="${y}" width="${BOX_WIDTH}" height="${BOX_HEIGHT}" rx="10"/><circle cx="${x + 24}" cy="${y + 22}" r="11"/><text class="number" x="${x + 24}" y="${y + 26.5}">${number}</text><text class="name" x="${x + 42}" y="${y + 26.5}">${shorten(node.cause, 25)}</text>${title}<text class="time" x="${x + 16}" y="${y + BOX_HEIGHT - 9}">${node.role === 'root' ? 'root cause' : 'follows'}${when === '' ? '' : `, ${when}`}</text></g>`
}
