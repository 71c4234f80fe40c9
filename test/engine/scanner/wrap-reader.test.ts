import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createScanner } from '../../../src/engine/scanner/index.ts'
import { type MessageBeginning, WRAP_ROW, type WrapHeader, type WrapShape } from '../../../src/model/index.ts'

const scanner = createScanner([])
const { lines } = scanner
const skip = lines === undefined ? 'not built here: npm run build' : false

const START = 21
const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1')
const PLAIN: WrapHeader = {
  first: 'time',
  before: bytes(''),
  after: bytes(''),
  marks: [
    { writer: 'a', mark: bytes(' a ') },
    { writer: 'b', mark: bytes(' bb ') },
  ],
  leastTime: 20,
  zones: 'any',
  written: 'plain',
}
const ESCAPED: WrapHeader = {
  ...PLAIN,
  first: 'message',
  before: bytes('{"m":"'),
  after: bytes('"}'),
  marks: [{ writer: '', mark: bytes('\\n","t":"') }],
  written: 'escaped',
}
const shapeOf = (header: WrapHeader): WrapShape => ({
  ...header,
  sign: bytes('SIGN'),
  request: bytes('HTTP/'),
  keys: new Map([
    ['level', 'level'],
    ['msg', 'spoken'],
    ['message', 'spoken-else'],
    ['status', 'request'],
    ['kind', 'foreign'],
  ]),
  levels: new Map([
    ['30', 3],
    ['"warn"', 4],
    ['"fine"', 2],
  ]),
  phrase: bytes('nothing'),
  isLeft: (status) => status >= 500,
})
const SHAPES = { plain: shapeOf(PLAIN), utc: shapeOf({ ...PLAIN, zones: 'utc' }), escaped: shapeOf(ESCAPED) }
const BEGINNINGS: readonly MessageBeginning[] = [
  { bytes: bytes('2026-01-01 10:00 [main] with a long beginning INFO '), isSure: true, isBare: false },
  { bytes: bytes('12 WARN '), isSure: true, isBare: false },
  { bytes: bytes('maybe WARN '), isSure: false, isBare: false },
  { bytes: bytes('INFO: '), isSure: true, isBare: true },
]
const ANSWER = { before: bytes('{"SIGN":'), inside: 2, between: bytes(',"ms":') }
const LEARNED = { beginnings: BEGINNINGS, answer: ANSWER }
const STAMP = '2026-11-20T22:35:19.868Z'

function rows(shape: WrapShape, text: string, most = 100): readonly (readonly number[])[] {
  if (lines === undefined) throw new Error('no kernels here')
  const content = Buffer.from(text)
  const to = START + content.length
  scanner.memory.set(content, START)
  scanner.memory.fill(10, to, to + 80)
  const numbers = lines.wraps({ from: START, to, most }, shape, LEARNED)
  return Array.from({ length: numbers.length / WRAP_ROW.length }, (_, at) => [
    ...numbers.subarray(at * WRAP_ROW.length, (at + 1) * WRAP_ROW.length),
  ])
}

const KINDS = ['left', 'level', 'begins', 'status']

const answerIn = (row: readonly number[]) =>
  row[WRAP_ROW.status] === 0 ? '' : `${row[WRAP_ROW.status]}/${row[WRAP_ROW.duration]}`

/** Kind and value of each line, and status and duration of a request that it answered. */
function check(name: string, text: string, expected: string, shape: keyof typeof SHAPES = 'plain'): void {
  test(name, { skip }, () => {
    const told = rows(SHAPES[shape], text).map((row) =>
      row[WRAP_ROW.kind] === 0
        ? 'left'
        : [KINDS[row[WRAP_ROW.kind] ?? 0], row[WRAP_ROW.value], answerIn(row)].join(' ').trim(),
    )
    assert.equal(told.join(', '), expected)
  })
}

const plain = (...messages: readonly string[]): string => messages.map((one) => `${STAMP} a ${one}`).join('\n')
const escaped = (...messages: readonly string[]): string =>
  messages.map((one) => JSON.stringify({ m: `${one}\n`, t: STAMP })).join('\n')
const REQUEST = '192.0.2.1 - - [20/Nov/2026:22:46:04 +0000] "GET /a HTTP/1.1"'

check('no bytes are no lines', '', '')
check('an object tells its level by a key of its own', plain('{"a":{"level":30},"level":"warn","b":[1,{}]}'), 'level 4')
check('of two levels the last counts', plain('{"level":30,"level":"fine"}'), 'level 2')
check(
  'an object that is broken is left',
  plain(
    '{"level":30',
    '{"level":30}}',
    '{"level":30,}',
    '{"level":30,"a":01}',
    '{"level":30,"a":[1}',
    '{"level":30,"a":"\\x"}',
    '{"level":30,"a":tru}',
    '{"level":30 "a":1}',
  ),
  Array.from({ length: 8 }, () => 'left').join(', '),
)
check(
  'values of any kind are passed',
  plain('{"a":-1.5e+3,"b":true,"c":false,"d":null,"e":"\\u00e9\\"","f":[],"g":{},"h":[[0]], "level" : 30 }'),
  'level 3',
)
check(
  'another level is left, and none',
  plain('{"level":31}', '{"level":"30"}', '{"a":1}', '{"level":{}}'),
  'left, left, left, left',
)
check('a key with an escape is left', plain('{"lev\\u0065l":30}', '{"level":30,"a\\n":1}'), 'left, left')
check(
  'what may be a request has to say something',
  plain(
    '{"level":30,"r":{"status":200}}',
    '{"level":30,"r":{"status":200},"msg":"x"}',
    '{"level":30,"r":{"status":200},"message":"x"}',
    '{"level":30,"r":{"status":200},"msg":1,"message":"x"}',
    '{"level":30,"r":{"status":200},"msg":"nothing"}',
    '{"level":30,"r":{"status":200},"msg":""}',
  ),
  'left, level 3, level 3, left, left, left',
)
check('an object of another kind is left', plain('{"level":30,"kind":1}'), 'left')
check(
  'beginnings tell levels, any digit like any other',
  plain('2031-12-31 23:59 [main] with a long beginning INFO x', '98 WARN x', '98 WARN  ', '9x WARN x', '98 WARN'),
  'begins 0, begins 1, left, left, left',
)
check('beginnings that may go on with others are left', plain('maybe WARN x'), 'left')
check(
  'bare beginnings are left where they show a request',
  plain('INFO: x', 'INFO: "GET / HTTP/1.1"'),
  'begins 3, left',
)
check(
  'requests tell their status',
  plain(
    `${REQUEST} 200`,
    `${REQUEST} 404 -`,
    `${REQUEST} 204 12 "-" "x"`,
    `${REQUEST} 200 12 "https://a.example:8080/?x=1" "Go-http-client/1.1 (rv:109.0)"`,
  ),
  'status 200, status 404, status 204, status 200',
)
check(
  'requests that say more are left, and those that are not plain',
  plain(
    `${REQUEST} 500 12`,
    `${REQUEST} 200 12 "-"`,
    `${REQUEST} 200 12 "-" "x" 0.1`,
    `${REQUEST} 200 12 "-" "0.1234"`,
    `${REQUEST} 200 12 "-" "rt=1"`,
    `${REQUEST} 200 12 "3ms" "x"`,
    `${REQUEST} 20`,
    `${REQUEST} 2000`,
    REQUEST.replace('/a', '/\\"a'),
    `${REQUEST.replace('20/Nov', '32/Nov')} 200`,
    `${REQUEST.replace('22:46', '24:46')} 200`,
    `${REQUEST.replace('192.', '')} 200`,
  ),
  Array.from({ length: 12 }, () => 'left').join(', '),
)
check(
  'objects that hold the sign tell of a request that was answered',
  plain(
    '{"level":30,"r":{"SIGN":200,"ms":1.5}}',
    '{"level":30,"r":{"SIGN":500,"ms":1}}',
    '{"level":30,"r":{"SIGN":200,"s":1}}',
    '98 WARN {"SIGN":200,"ms":1}',
  ),
  'level 3 200/1500, left, left, left',
)
check('messages that hold the sign elsewhere are left', plain('{"level":30,"a":"SIGN"}', '98 WARN SIGN'), 'left, left')
check(
  'messages that end with a bracket or anything but text are left',
  plain('98 WARN x]', '98 WARN ü', '98 WARN x '),
  'left, left, left',
)
check('zones are told where any may be', `${STAMP.replace('Z', '+01:00')} a {"level":30}`, 'level 3')
check('zones are left where none may be', `${STAMP.replace('Z', '+01:00')} a {"level":30}`, 'left', 'utc')
check(
  'lines with another header are left',
  `x${plain('{"level":30}')}\n${STAMP} c {"level":30}\n${STAMP} a \n\n{`,
  'left, left, left, left, left',
)
check(
  'a message is read without its escapes',
  escaped('{"level":30,"a":"b\\"\\t/"}', '98 WARN "a"\tb'),
  'level 3, begins 1',
  'escaped',
)
check(
  'signs may be written by their numbers',
  escaped('98 WARN <x>').replace('<', '\\u003c').replace('>', '\\u003E'),
  'begins 1',
  'escaped',
)
check(
  'escapes of other signs are left, and colours that are written out',
  escaped('98 WARN \u001bx', '98 WARN a\nb', '98 WARN \\x1b[31mx').concat('\n{"m":"98 WARN "x\\n","t":"', STAMP, '"}'),
  'left, left, left, left',
  'escaped',
)
check('something behind the time is left', escaped('98 WARN x').replace('"}', '","a":1}'), 'left', 'escaped')

test('rows say where parts stand', { skip }, () => {
  const [first, second] = rows(SHAPES.plain, `${STAMP} bb {"level":30}\r\nx\n`)
  assert.deepEqual(first?.slice(0, 9), [21, 61, 21, 44, 45, 1, 1, 3, 0])
  assert.deepEqual([second?.slice(0, 2), second?.[6]], [[63, 64], 0])
  const [third] = rows(SHAPES.escaped, escaped('98 WARN x'))
  assert.deepEqual(third?.slice(0, 9), [21, 71, 45, 68, 69, 0, 2, 1, 0])
})

test('no more lines are read than are asked for', { skip }, () => {
  assert.equal(rows(SHAPES.plain, plain('a', 'b', 'c'), 2).length, 2)
})

test('shapes that do not fit are refused', { skip }, () => {
  const { plain: shape } = SHAPES
  const refused = (other: Partial<WrapShape>) =>
    assert.throws(() => rows({ ...shape, ...other }, ''), { code: 'shape-too-long' })
  refused({ before: new Uint8Array(64) })
  refused({ marks: [...shape.marks, ...shape.marks] })
  refused({ keys: new Map([['x'.repeat(30), 'level']]) })
  refused({ levels: new Map(Array.from({ length: 64 }, (_, at) => [String(at), 1])) })
})
