// A table without borders for the terminal: columns as wide as they must be, the widest give way.
import type { Column } from './document.ts'
import { columnsOf, pad, wrapHard } from './width.ts'

const GAP = 2
const NARROWEST = 6

export function grid(columns: readonly Column[], rows: readonly (readonly string[])[], width: number): string {
  const table = [columns.map(({ name }) => name), ...rows]
  const widths = columnWidths(table, columns.length, width)
  return table.map((row) => drawRow(row, columns, widths)).join('\n')
}

/** Natural widths; while they are too wide together, the widest column loses one. */
function columnWidths(table: readonly (readonly string[])[], count: number, width: number): number[] {
  const widths = Array.from({ length: count }, (_, at) => Math.max(...table.map((row) => columnsOf(row[at] ?? ''))))
  let excess = widths.reduce((sum, one) => sum + one + GAP, -GAP) - width
  for (; excess > 0; excess--) {
    const widest = widths.indexOf(Math.max(...widths))
    const most = widths[widest] ?? 0
    if (most <= NARROWEST) break
    widths[widest] = most - 1
  }
  return widths
}

function drawRow(row: readonly string[], columns: readonly Column[], widths: readonly number[]): string {
  const cells = columns.map((_, at) => wrapHard(row[at] ?? '', widths[at] ?? NARROWEST).split('\n'))
  const height = Math.max(...cells.map(({ length }) => length))
  return Array.from({ length: height }, (_, line) =>
    drawLine(
      cells.map((cell) => cell[line] ?? ''),
      columns,
      widths,
    ),
  ).join('\n')
}

function drawLine(parts: readonly string[], columns: readonly Column[], widths: readonly number[]): string {
  const padded = parts.map((part, at) => pad(part, widths[at] ?? 0, columns[at]?.align ?? 'left'))
  return padded.join(' '.repeat(GAP)).trimEnd()
}
