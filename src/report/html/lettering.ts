// Lettering in drawings: SVG does not break lines, so texts are broken and shortened before they are drawn.
import { visibleLine } from '../visible.ts'
import { columnsOf, wrapHard } from '../width.ts'

/** At most `lines` lines of about `columns` columns; what does not fit ends in an ellipsis. */
export function breakLines(text: string, columns: number, lines: number): string[] {
  const all = wrapHard(visibleLine(text).slice(0, columns * lines * 2), columns).split('\n')
  const kept = all.slice(0, lines)
  const last = kept.at(-1)
  if (all.length > lines && last !== undefined) kept[kept.length - 1] = shorten(`${last} …`, columns)
  return kept
}

/** The text, or its start and an ellipsis. */
export function shorten(text: string, columns: number): string {
  const shown = visibleLine(text)
  if (columnsOf(shown) <= columns && !shown.endsWith(' …')) return shown
  return `${shown
    .replace(/ …$/, '')
    .slice(0, columns - 1)
    .trimEnd()}…`
}
