// Problems of one file as they are found: turns places into lines and columns.
import type { Position } from '../../model/index.ts'
import type { Problem, ProblemCode } from '../problem.ts'
import type { Span } from '../syntax/tree.ts'

export interface Complaint {
  readonly code: ProblemCode
  readonly at: Span
  readonly sentence: string
  readonly suggestion?: string | null
}

export interface Complaints {
  error(complaint: Complaint): void
  warning(complaint: Complaint): void
  position(at: Span): Position
  readonly problems: readonly Problem[]
}

export function createComplaints(file: string, text: string): Complaints {
  const problems: Problem[] = []
  const starts = lineStarts(text)
  const position = ({ offset }: Span): Position => {
    const line = lineOf(starts, offset)
    return { file, line: line + 1, column: offset - (starts[line] ?? 0) + 1 }
  }
  /** A second complaint of another kind about the same place follows from the first. */
  const follows = (code: ProblemCode, line: number, column: number): boolean =>
    problems.some((one) => one.severity === 'error' && one.line === line && one.column === column && one.code !== code)
  const add = (severity: 'error' | 'warning', { code, at, sentence, suggestion = null }: Complaint): void => {
    const { line, column } = position(at)
    if (follows(code, line, column)) return
    problems.push({ code, severity, file, line, column, length: Math.max(1, at.length), sentence, suggestion })
  }
  return {
    error: (complaint) => add('error', complaint),
    warning: (complaint) => add('warning', complaint),
    position,
    problems,
  }
}

function lineStarts(text: string): readonly number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

/** Index of the last start that is not behind the offset. */
function lineOf(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return low
}
