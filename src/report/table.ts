// Rows of a query as a person or a program wants them: a drawn table, JSON, CSV, Markdown.
import { FaultlineError } from '../model/index.ts'
import { visible } from './visible.ts'
import { columnsOf, pad } from './width.ts'

export type TableFormat = 'table' | 'json' | 'csv' | 'markdown'
export type Cell = string | number | bigint | boolean | null

type Rows = Iterable<readonly Cell[]>

/** In pieces, so that a long result is never held whole. */
const FORMATS: Readonly<Record<TableFormat, (columns: readonly string[], rows: Rows) => Iterable<string>>> = {
  table: drawn,
  json,
  csv,
  markdown,
}

export const TABLE_FORMATS: readonly string[] = Object.keys(FORMATS)

/**
 * Text of a result, ending in a newline (but for CSV of no columns).
 * @throws FaultlineError `unknown-format`
 */
export function renderTable(columns: readonly string[], rows: Rows, format: TableFormat): string {
  return [...renderRows(columns, rows, format)].join('')
}

/** The same in pieces, each a row or more. @throws FaultlineError `unknown-format` */
export function renderRows(columns: readonly string[], rows: Rows, format: TableFormat): Iterable<string> {
  if (!Object.hasOwn(FORMATS, format)) {
    const hint = `Choose one of: ${TABLE_FORMATS.join(', ')}.`
    throw new FaultlineError('unknown-format', `There is no table format “${format}”.`, { hint })
  }
  return FORMATS[format](columns, rows)
}

/** Rows whose widths are known before the first of them is drawn. */
const BLOCK = 500

/** Columns are as wide as the first rows need; where later ones need more, a rule begins wider columns. */
function* drawn(columns: readonly string[], rows: Rows): Generator<string> {
  let widths: readonly number[] | null = null
  let isRight: readonly boolean[] = []
  for (const block of blocksOf(rows)) {
    const body = block.map((row) => linesOf(columns, row))
    if (widths === null) {
      isRight = columns.map((_, at) => isNumeric(block.map((row) => row[at])))
      const head = columns.map((name) => [name])
      widths = widest([head, ...body], [])
      yield `${rule(widths, '┌┬┐')}${drawRow(head, widths, isRight)}${block.length === 0 ? '' : rule(widths, '├┼┤')}`
    } else {
      const wider = widest(body, widths)
      if (wider.some((width, at) => width > (widths?.[at] ?? 0))) yield rule(wider, '├┼┤')
      widths = wider
    }
    for (const row of body) yield drawRow(row, widths, isRight)
  }
  yield rule(widths ?? [], '└┴┘')
}

/** At least one block, though it be empty. */
function* blocksOf(rows: Rows): Generator<(readonly Cell[])[]> {
  let block: (readonly Cell[])[] = []
  for (const row of rows) {
    block.push(row)
    if (block.length < BLOCK) continue
    yield block
    block = []
  }
  yield block
}

function linesOf(columns: readonly string[], row: readonly Cell[]): string[][] {
  return columns.map((_, at) => visible(shown(row[at])).replaceAll('\t', '    ').split('\n'))
}

function widest(table: readonly (readonly (readonly string[])[])[], before: readonly number[]): readonly number[] {
  const count = table[0]?.length ?? before.length
  return Array.from({ length: count }, (_, at) =>
    table.reduce((most, row) => Math.max(most, ...(row[at] ?? []).map(columnsOf)), before[at] ?? 0),
  )
}

function isNumeric(cells: readonly (Cell | undefined)[]): boolean {
  return cells.some(isNumber) && cells.every(fitsNumber)
}

function rule(widths: readonly number[], [begin, cross, end]: string): string {
  return `${begin}${widths.map((width) => '─'.repeat(width + 2)).join(cross)}${end}\n`
}

/** A row as high as its highest cell. */
function drawRow(row: readonly (readonly string[])[], widths: readonly number[], isRight: readonly boolean[]): string {
  const height = Math.max(1, ...row.map(({ length }) => length))
  const lines = Array.from({ length: height }, (_, line) => {
    const cells = row.map((cell, at) => pad(cell[line] ?? '', widths[at] ?? 0, isRight[at] ? 'right' : 'left'))
    return `│ ${cells.join(' │ ')} │`
  })
  return `${lines.join('\n')}\n`
}

function* json(columns: readonly string[], rows: Rows): Generator<string> {
  const names = columns.map((column) => JSON.stringify(column))
  let before = '[\n'
  for (const row of rows) {
    const fields = names.map((name, at) => `${name}: ${jsonCell(row[at] ?? null)}`)
    yield `${before}  { ${fields.join(', ')} }`
    before = ',\n'
  }
  yield before === '[\n' ? '[]\n' : '\n]\n'
}

/** RFC 4180: CR LF, quotes doubled. A cell that a spreadsheet would run as a formula is kept as it is: data first. */
function* csv(columns: readonly string[], rows: Rows): Generator<string> {
  const line = (row: readonly Cell[]) => `${row.map((cell) => csvCell(shown(cell))).join(',')}\r\n`
  yield line(columns)
  for (const row of rows) yield line(row)
}

function* markdown(columns: readonly string[], rows: Rows): Generator<string> {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`
  yield line(columns.map(markdownCell)) + line(columns.map(() => '---'))
  for (const row of rows) yield line(row.map((cell) => markdownCell(shown(cell))))
}

function shown(cell: Cell | undefined): string {
  return cell === null || cell === undefined ? '' : String(cell)
}

/** Integers beyond 2^53 stay exact as text: JSON readers lose them as numbers. */
function jsonCell(cell: Cell): string {
  if (typeof cell !== 'bigint') return JSON.stringify(cell)
  const exact = cell >= BigInt(Number.MIN_SAFE_INTEGER) && cell <= BigInt(Number.MAX_SAFE_INTEGER)
  return exact ? cell.toString() : `"${cell}"`
}

function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function markdownCell(text: string): string {
  return visible(text)
    .replace(/[\\`*_{}[\]<>#|~&]/g, '\\$&')
    .replaceAll('\n', ' ')
}

function isNumber(cell: Cell | undefined): boolean {
  return typeof cell === 'number' || typeof cell === 'bigint'
}

function fitsNumber(cell: Cell | undefined): boolean {
  return cell === null || cell === undefined || isNumber(cell)
}
