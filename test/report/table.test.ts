import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Cell, renderRows, renderTable, type TableFormat } from '../../src/report/index.ts'

const columns = ['name', 'count']
const rows: Cell[][] = [
  ['a,b "c"', 12],
  ['登录 | x', null],
]

function check(format: TableFormat, expected: string): void {
  assert.equal(renderTable(columns, rows, format), expected)
}

test('json keeps types', () =>
  check('json', '[\n  { "name": "a,b \\"c\\"", "count": 12 },\n  { "name": "登录 | x", "count": null }\n]\n'))
test('csv quotes as RFC 4180', () => check('csv', 'name,count\r\n"a,b ""c""",12\r\n登录 | x,\r\n'))
test('markdown escapes bars', () =>
  check('markdown', '| name | count |\n| --- | --- |\n| a,b "c" | 12 |\n| 登录 \\| x |  |\n'))

test('the drawn table is as wide for wide characters as for others', () => {
  check(
    'table',
    [
      '┌──────────┬───────┐',
      '│ name     │ count │',
      '├──────────┼───────┤',
      '│ a,b "c"  │    12 │',
      '│ 登录 | x │       │',
      '└──────────┴───────┘\n',
    ].join('\n'),
  )
})

test('a long table is drawn while its rows are read, and widens at a rule where it must', () => {
  const many = Array.from({ length: 1200 }, (_, at): Cell[] => [at === 700 ? 'wider' : 'x', at])
  let read = 0
  const counted = (function* () {
    for (const row of many) {
      read++
      yield row
    }
  })()
  const pieces: string[] = []
  const before: number[] = []
  for (const piece of renderRows(['a', 'n'], counted, 'table')) {
    pieces.push(piece)
    before.push(read)
  }
  assert.equal(before[0], 500)
  const lines = pieces.join('').trimEnd().split('\n')
  assert.equal(lines.length, 1200 + 4 + 2)
  assert.deepEqual(lines.slice(0, 4), ['┌───┬─────┐', '│ a │   n │', '├───┼─────┤', '│ x │   0 │'])
  assert.deepEqual(lines.slice(502, 505), ['│ x │ 499 │', '├───────┼─────┤', '│ x     │ 500 │'])
  assert.deepEqual(lines.slice(-2), ['│ x     │ 1199 │', '└───────┴──────┘'])
})

test('integers beyond 2^53 stay exact', () => {
  const text = renderTable(['t'], [[9_007_199_254_740_993n], [5n]], 'json')
  assert.equal(text, '[\n  { "t": "9007199254740993" },\n  { "t": 5 }\n]\n')
})

test('no rows are an empty list, and a table of its head', () => {
  assert.equal(renderTable(['a'], [], 'json'), '[]\n')
  assert.equal(renderTable(['a'], [], 'csv'), 'a\r\n')
  assert.equal(renderTable(['a'], [], 'table'), '┌───┐\n│ a │\n└───┘\n')
})

test('colours of a log do not reach the terminal', () => {
  assert.doesNotMatch(renderTable(['a'], [['\u001b[2J']], 'table'), /\u001b/)
})
