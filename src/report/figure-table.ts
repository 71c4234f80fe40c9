// The numbers of a drawing as a table, for readers who cannot or do not want to look at it.
import { formatDuration } from '../model/index.ts'
import { type Block, code, type Inline, left, right } from './document.ts'
import type { ChainFigure, Figure, LadderFigure, TimelineFigure } from './figure.ts'
import { formatCount, formatShare, formatTime } from './wording.ts'

/** Rows of the table of a timeline: the worst buckets. */
const WORST_LIMIT = 12

type TableBlock = Omit<Block & { readonly kind: 'table' }, 'kind'>

export function figureTable(figure: Figure): TableBlock | null {
  switch (figure.kind) {
    case 'chain':
      return chainTable(figure)
    case 'timeline':
      return timelineTable(figure)
    case 'ladder':
      return ladderTable(figure)
    default:
      return figure satisfies never
  }
}

function chainTable({ nodes, edges }: ChainFigure): TableBlock | null {
  const causes = new Map(nodes.map(({ id, cause }) => [id, cause]))
  if (edges.length === 0) return null
  const rows = edges.map(({ from, to, label }): Inline[] => [
    [code(causes.get(from) ?? from)],
    [code(causes.get(to) ?? to)],
    [label],
  ])
  return { caption: 'Links of the chain', columns: left('Cause', 'Effect', 'After'), rows }
}

/** The buckets with most failures, in order of time. */
function timelineTable({ buckets, counted, width }: TimelineFigure): TableBlock | null {
  const worst = [...buckets]
    .filter(({ total }) => total > 0)
    .sort((a, b) => b.failed - a.failed || b.total - a.total || a.at - b.at)
    .slice(0, WORST_LIMIT)
    .sort((a, b) => a.at - b.at)
  if (worst.length === 0) return null
  const [noun, failed] = counted === 'requests' ? ['Requests', 'Server errors (5xx)'] : ['Lines', 'Errors']
  const rows = worst.map(({ at, total, failed: bad }): Inline[] => {
    return [[formatTime(at)], [formatCount(total)], [formatCount(bad)], [formatShare(bad / total)]]
  })
  const caption = `Peak stretches of ${formatDuration(width)} each`
  return { caption, columns: [...left('From'), ...right(noun, failed, 'Share')], rows }
}

function ladderTable({ steps, client, server }: LadderFigure): TableBlock {
  const rows = steps.map(({ packet, at, from, label, lost }): Inline[] => [
    [packet === null ? '–' : String(packet)],
    [at === null ? '–' : formatTime(at)],
    [from === 'client' ? 'client → server' : 'server → client'],
    [lost && !label.includes('answer') ? `${label} (unanswered)` : label],
  ])
  const columns = [...right('Packet'), ...left('Time', 'Direction', 'What')]
  return { caption: `Packets between ${client} and ${server}`, columns, rows }
}
