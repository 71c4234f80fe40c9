// What is wrong with pattern text: a closed list of codes, each with its place and one sentence.

export type ProblemCode =
  | 'unknown-sign'
  | 'unterminated'
  | 'syntax'
  | 'misplaced'
  | 'unknown-signal'
  | 'unknown-field'
  | 'unknown-cause'
  | 'unknown-meter'
  | 'unknown-step'
  | 'unknown-word'
  | 'reserved-name'
  | 'duplicate-name'
  | 'missing-clause'
  | 'key-arity'
  | 'unit'
  | 'value'
  | 'minimum-missing'
  | 'template'
  | 'regex'
  | 'regex-not-re2'
  | 'self-explained'
  | 'cycle'
  | 'never-fires'
  | 'never-reported'
  | 'unused-signal'
  | 'no-literal'
  | 'no-example'
  | 'no-near-miss'
  | 'unknown-title-part'
  | 'doubtful-field'
  | 'foreign-rule'

export interface Problem {
  readonly code: ProblemCode
  readonly severity: 'error' | 'warning'
  readonly file: string
  /** 1-based. */
  readonly line: number
  readonly column: number
  /** Signs that the caret underlines; at least 1. */
  readonly length: number
  readonly sentence: string
  /** What was probably meant. */
  readonly suggestion: string | null
}

/** `file:line:column: error: …`, the line itself, a caret below, the suggestion. */
export function formatProblem(problem: Problem, text: string): string {
  const line = text.split('\n')[problem.line - 1]?.replace(/\r$/, '') ?? ''
  const indent = line.slice(0, problem.column - 1).replace(/[^\t]/g, ' ')
  const length = Math.max(1, Math.min(problem.length, line.length - problem.column + 1))
  const head = `${problem.file}:${problem.line}:${problem.column}: ${problem.severity}: ${problem.sentence}`
  const shown = [head, `  ${line}`, `  ${indent}${'^'.repeat(length)}`]
  return (problem.suggestion === null ? shown : [...shown, `  did you mean ${problem.suggestion}?`]).join('\n')
}
