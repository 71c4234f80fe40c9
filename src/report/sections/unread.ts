// Could not be read: every notice about the input, losses first, so that nothing is silent.
import { type Analysis, isLoss, type Notice } from '../../model/index.ts'
import { type Block, code, type Inline, left, mark, paragraph, type Section } from '../document.ts'
import type { Frame } from '../frame.ts'
import { formatCount, shortPath } from '../wording.ts'

const ROW_LIMIT = 100

export function unread({ report }: Frame): Section {
  const { problems } = report.analysis
  const ordered = [...problems.filter(isLoss), ...problems.filter((notice) => !isLoss(notice))]
  const blocks: Block[] =
    ordered.length === 0 ? [paragraph('All input was read.')] : [noticeTable(ordered, report.analysis)]
  if (ordered.length > ROW_LIMIT) blocks.push(paragraph(`… and ${formatCount(ordered.length - ROW_LIMIT)} more.`))
  return { kind: 'section', id: 'unread', title: [titleOf(ordered)], rank: 1, blocks }
}

/** What was read differently than expected is no loss. */
function titleOf(notices: readonly Notice[]): string {
  return notices.length === 0 || notices.some(isLoss) ? 'Could not be read' : 'Notes about the input'
}

function noticeTable(notices: readonly Notice[], analysis: Analysis): Block {
  const columns = left('Source', 'At byte', 'What', 'Detail')
  const rows = notices
    .slice(0, ROW_LIMIT)
    .map((notice): Inline[] => [
      [code(shortPath(analysis, notice.source))],
      [notice.offset === null ? '–' : formatCount(notice.offset)],
      [isLoss(notice) ? mark('warning', notice.code) : mark('neutral', notice.code)],
      [notice.detail],
    ])
  return {
    kind: 'table',
    caption: notices.some(isLoss) ? 'What is missing, and how some input was read' : 'How some input was read',
    columns,
    rows,
  }
}
