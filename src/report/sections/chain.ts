// Causal chain: what broke first and what broke because of it, as a drawing and as steps in order.
import { type Analysis, type Finding, type FindingLink, formatDuration } from '../../model/index.ts'
import { type Inline, mark, type Section, severityTone, strong } from '../document.ts'
import type { ChainEdge, ChainFigure, ChainNode } from '../figure.ts'
import type { Frame } from '../frame.ts'
import { andKin, linker, type Stand, standing } from '../kin.ts'
import { formatTime, placeOf } from '../wording.ts'

/** Nodes drawn; the list of findings has them all. */
const NODE_LIMIT = 12
const MAX_STEPS = 6

export function chain({ report }: Frame): Section | null {
  const figure = chainFigure(report.analysis)
  if (figure.nodes.length === 0) return null
  const jump = linker(report.analysis.conclusion.findings)
  const items = figure.nodes.map((node) => step(node, figure, { analysis: report.analysis, jump }))
  return {
    kind: 'section',
    id: 'chain',
    title: ['Causal chain'],
    rank: 1,
    blocks: [
      {
        kind: 'figure',
        title: 'What led to what',
        description: 'Boxes from the root cause to its consequences; the list below says the same.',
        figure,
      },
      { kind: 'list', style: 'numbers', items },
    ],
  }
}

/** Roots and their symptoms, nearest to the root first. */
export function chainFigure({ conclusion }: Analysis): ChainFigure {
  const held = conclusion.findings.filter((finding) => finding.role !== 'suspect')
  const depths = depthsOf(held, conclusion.links)
  const depthOf = ({ id }: Finding) => depths.get(id) ?? 0
  const ordered = held.toSorted((a, b) => depthOf(a) - depthOf(b) || (a.first ?? 0) - (b.first ?? 0))
  const stands = standing(ordered).slice(0, NODE_LIMIT)
  const nodes = stands.map((stand) => nodeOf(stand, depthOf(stand.finding)))
  return { kind: 'chain', nodes, edges: reduced(edgesOf(stands, conclusion.links)) }
}

/** Links between the drawn; those of kin are drawn from and to who stands for them, each pair once. */
function edgesOf(stands: readonly Stand[], links: readonly FindingLink[]): ChainEdge[] {
  const drawn = new Map(stands.flatMap(({ finding, kin }) => [finding, ...kin].map(({ id }) => [id, finding.id])))
  const edges = new Map<string, ChainEdge>()
  for (const { causeFinding, effectFinding, lag } of links) {
    const [from, to] = [drawn.get(causeFinding), drawn.get(effectFinding)]
    if (from === undefined || to === undefined || from === to || edges.has(`${from} ${to}`)) continue
    edges.set(`${from} ${to}`, { from, to, label: lag === null ? '' : lagText(lag) })
  }
  return [...edges.values()]
}

/** Without the links that a longer way already tells: of a → b → c and a → c the last one goes. */
function reduced(edges: readonly ChainEdge[]): ChainEdge[] {
  const reaches = (from: string, to: string, steps: number): boolean =>
    from === to || (steps > 0 && edges.some((edge) => edge.from === from && reaches(edge.to, to, steps - 1)))
  return edges.filter(({ from, to }) => {
    return !edges.some((other) => other.from === from && other.to !== to && reaches(other.to, to, MAX_STEPS))
  })
}

/** Longest way from a root; explanation has no circles, but a foreign store might: the number of rounds is bounded. */
function depthsOf(findings: readonly Finding[], links: Analysis['conclusion']['links']): Map<string, number> {
  const depths = new Map(findings.map((finding) => [finding.id, 0]))
  let isMoving = true
  for (let round = 0; isMoving && round < findings.length; round++) {
    isMoving = false
    for (const { causeFinding, effectFinding } of links) {
      const deeper = (depths.get(causeFinding) ?? 0) + 1
      if (deeper <= (depths.get(effectFinding) ?? 0) || deeper >= findings.length) continue
      depths.set(effectFinding, deeper)
      isMoving = true
    }
  }
  return depths
}

function nodeOf(stand: Stand, depth: number): ChainNode {
  const { id, cause, title, role, severity, first } = stand.finding
  return { id, cause, title: title + andKin(stand), role, severity, first, depth }
}

function lagText(lag: number): string {
  if (lag === 0) return 'at once'
  return `${formatDuration(Math.abs(lag))} ${lag < 0 ? 'earlier' : 'later'}`
}

function step(
  node: ChainNode,
  { edges }: ChainFigure,
  { analysis, jump }: { readonly analysis: Analysis; readonly jump: ReturnType<typeof linker> },
): Inline {
  const finding = analysis.conclusion.findings.find(({ id }) => id === node.id)
  const [evidence] = finding?.evidence ?? []
  const lags = edges.filter(({ to, label }) => to === node.id && label !== '').map(({ label }) => label)
  const when = [formatTime(node.first), ...lags.slice(0, 1)].join(', ')
  return [
    mark(
      node.role === 'root' ? severityTone(node.severity) : 'neutral',
      node.role === 'root' ? 'root cause' : 'follows',
    ),
    ' ',
    jump(node.id, node.cause),
    ': ',
    strong(node.title),
    ` (${when})`,
    ...(evidence === undefined ? [] : [' ', { kind: 'code', text: placeOf(analysis, evidence) } as const]),
  ]
}
