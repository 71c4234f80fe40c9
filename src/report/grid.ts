// A table without borders for the terminal: columns as wide as they must be, the widest give way.
import Table from 'cli-table3'
import type { Column } from './document.ts'
import { columnsOf, wrapHard } from './width.ts'

const BARE = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
}
const GAP = 2
const NARROWEST = 8

export function grid(columns: readonly Column[], rows: readonly (readonly string[])[], width: number): string {
  const widths = columnWidths(columns, rows, width)
  const table = new Table({
    head: columns.map(({ name }) => name),
    chars: BARE,
    colAligns: columns.map(({ align }) => align),
    colWidths: widths,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': GAP, compact: true },
  })
  table.push(...rows.map((row) => row.map((cell, at) => wrapHard(cell, (widths[at] ?? NARROWEST) - GAP))))
  return table.toString().replace(/[ \t]+$/gm, '')
}

/** Natural widths; while they are too wide together, the widest column loses one. */
function columnWidths(columns: readonly Column[], rows: readonly (readonly string[])[], width: number): number[] {
  const widths = columns.map(
    ({ name }, at) => GAP + Math.max(columnsOf(name), ...rows.map((row) => columnsOf(row[at] ?? ''))),
  )
  let excess = widths.reduce((sum, one) => sum + one, 0) - width
  for (; excess > 0; excess--) {
    const widest = widths.indexOf(Math.max(...widths))
    if ((widths[widest] ?? 0) <= NARROWEST) break
    widths[widest] = (widths[widest] ?? 0) - 1
  }
  return widths
}
