import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatProblem, type Problem } from '../../src/language/problem.ts'

const base: Problem = {
  code: 'unknown-word',
  severity: 'error',
  file: 'a.fault',
  line: 2,
  column: 12,
  length: 6,
  sentence: '`criticl` is no severity',
  suggestion: '`critical`',
}

test('a problem is shown with its line, a caret and what was probably meant', () => {
  assert.equal(
    formatProblem(base, 'cause a.b\n  severity criticl\n'),
    [
      'a.fault:2:12: error: `criticl` is no severity',
      '    severity criticl',
      '             ^^^^^^',
      '  did you mean `critical`?',
    ].join('\n'),
  )
})

test('tabs before the caret stay tabs, and the caret ends with the line', () => {
  const problem = { ...base, column: 2, length: 40, suggestion: null }
  assert.equal(formatProblem(problem, 'x\n\tabc'), 'a.fault:2:2: error: `criticl` is no severity\n  \tabc\n  \t^^^')
})

test('a place behind the text is shown without a line', () => {
  assert.match(formatProblem({ ...base, line: 9, column: 1 }, 'x'), /:9:1: error: .*\n {2}\n {2}\^\n/)
})
