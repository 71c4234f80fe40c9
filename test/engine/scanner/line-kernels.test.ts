import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createScanner } from '../../../src/engine/scanner/index.ts'
import type { LineKernels, LineShape, PairShape } from '../../../src/model/index.ts'

const scanner = createScanner([])
const { lines } = scanner
const skip = lines === undefined ? 'not built here: npm run build' : false

const shapeOf = (mask: string, after: string | null = null): LineShape => ({
  after: after === null ? null : after.charCodeAt(0),
  mask: Uint8Array.from(mask, (sign) => (sign === '=' ? 255 : 0)),
})

interface Placed {
  readonly kernels: LineKernels
  readonly from: number
  readonly to: number
}

/** Text in the scanner's memory at an odd place, with other text behind it. */
function placed(text: string): Placed {
  if (lines === undefined) throw new Error('no kernels here')
  const { written } = new TextEncoder().encodeInto(text, scanner.memory.subarray(21))
  scanner.memory.fill(10, 21 + written, 21 + written + 80)
  return { kernels: lines, from: 21, to: 21 + written }
}

/** Runs as `start+lines`, starts counted in the text. */
function check(name: string, expected: { text: string; shape: LineShape; runs: string }): void {
  test(name, { skip }, () => {
    const { kernels, from, to } = placed(expected.text)
    const found = [...kernels.lineRuns(from, to, expected.shape)]
    assert.equal(found.pop(), to)
    const runs = found.flatMap((start, at) => (at % 2 === 0 ? [`${start - from}+${found[at + 1]}`] : []))
    assert.equal(runs.join(' '), expected.runs)
  })
}

check('no lines have no runs', { text: '', shape: shapeOf('='), runs: '' })
check('lines with the same beginning are one run', { text: 'aa1\naa2\naa3\n', shape: shapeOf('=='), runs: '0+3' })
check('another beginning opens another run', {
  text: 'aa1\nab2\nab3\naa4\n',
  shape: shapeOf('=='),
  runs: '0+1 4+2 12+1',
})
check('the last line needs no line feed', { text: 'aa1\naa2', shape: shapeOf('=='), runs: '0+2' })
check('masked bytes may differ', { text: '1a9\n2a8\n3b7\n', shape: shapeOf('.='), runs: '0+2 8+1' })
check('bytes behind the shape may differ', { text: 'aax\naay\n', shape: shapeOf('==.'), runs: '0+2' })
check('a line shorter than the shape is alone', {
  text: 'aab\na\na\naab\n',
  shape: shapeOf('=..'),
  runs: '0+1 4+1 6+1 8+1',
})
check('empty lines are alone', { text: '\n\n', shape: shapeOf('='), runs: '0+1 1+1' })
check('without any bytes all lines are equal', { text: 'a\n\nb\n', shape: shapeOf(''), runs: '0+3' })
check('the shape may begin behind a sign', {
  text: 'x [10] a\nlong [10] b\nx [11] c\n',
  shape: shapeOf('==', '['),
  runs: '0+2 21+1',
})
check('a line without the sign is alone', {
  text: 'x [10] a\nx 10] b\nx [10] c\n',
  shape: shapeOf('==', '['),
  runs: '0+1 9+1 17+1',
})
check('shapes reach 64 bytes', {
  text: `${'a'.repeat(63)}b\n${'a'.repeat(63)}c\n`,
  shape: shapeOf('='.repeat(64)),
  runs: '0+1 65+1',
})
check('a line may be long', { text: `a${'x'.repeat(5000)}\nay\n`, shape: shapeOf('='), runs: '0+2' })

const parts = (sign: string, before: string, between: string): PairShape => ({
  sign: Buffer.from(sign),
  before: Buffer.from(before),
  inside: Math.max(0, before.indexOf(sign)),
  between: Buffer.from(between),
})
const STATUS = parts('"s":', '{"s":', ',"t":')

/** Pairs as `place:first/second`, places counted in the text, and where it stopped. */
function checkPairs(name: string, expected: { text: string; shape: PairShape; pairs: string }): void {
  test(name, { skip }, () => {
    const { kernels, from, to } = placed(expected.text)
    const found = [...kernels.pairs(from, to, expected.shape)]
    const stop = (found.pop() ?? 0) - from
    const pairs = found.flatMap((place, at) =>
      at % 3 === 0 ? [`${place - from}:${found[at + 1]}/${found[at + 2]}`] : [],
    )
    assert.equal([...pairs, stop === to - from ? 'end' : stop].join(' '), expected.pairs)
  })
}

checkPairs('lines without the sign have no pairs', { text: 'a\nb\n', shape: STATUS, pairs: 'end' })
checkPairs('pairs are read with their thousandths', {
  text: 'a\n{"s":200,"t":12}\nb {"s":404,"t":0.5,\n',
  shape: STATUS,
  pairs: '3:200/12000 22:404/500 end',
})
checkPairs('of a line with two signs the first counts', {
  text: '{"s":200,"t":1} {"s":500,"t":2}\n{"s":201,"t":3}\n',
  shape: STATUS,
  pairs: '1:200/1000 33:201/3000 end',
})
checkPairs('a sign elsewhere is left to who asks', {
  text: '{"s":200,"t":1}\n["s":200,"t":1}\n',
  shape: STATUS,
  pairs: '1:200/1000 17',
})
checkPairs('so is one that begins its line', { text: 'x{\n"s":200,"t":1}\n', shape: STATUS, pairs: '3' })
checkPairs('so is a number of two digits', { text: '{"s":20,"t":1}\n', shape: STATUS, pairs: '1' })
checkPairs('so is a number with a unit', { text: '{"s":200,"t":1s}\n', shape: STATUS, pairs: '1' })
checkPairs('so is a number of seven digits', { text: '{"s":200,"t":1234567}\n', shape: STATUS, pairs: '1' })
checkPairs('so is a number that ends the text', { text: '{"s":200,"t":1', shape: STATUS, pairs: '1' })
checkPairs('many digits are rounded', {
  text: '{"s":200,"t":2.4310839995741844}\n',
  shape: STATUS,
  pairs: '1:200/2431 end',
})
checkPairs('without surroundings signs alone are told', {
  text: 'abc status=200\n',
  shape: parts('status=', '', ''),
  pairs: '4',
})

test('more pairs than there is room for go on where the last call stopped', { skip }, () => {
  const { kernels, from, to } = placed('{"s":200,"t":1}\n'.repeat(20_000))
  let total = 0
  let at = from
  for (let calls = 0; at < to && calls < 10; calls++) {
    const pairs = kernels.pairs(at, to, STATUS)
    total += (pairs.length - 1) / 3
    at = pairs[pairs.length - 1]
    if (at < to) at--
  }
  assert.equal(at, to)
  assert.equal(total, 20_000)
})

test('line feeds are counted between the bounds', { skip }, () => {
  const { kernels, from, to } = placed('\na\nbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\n\n')
  assert.equal(kernels.countLines(from, to), 4)
  assert.equal(kernels.countLines(from + 1, to - 1), 2)
  assert.equal(kernels.countLines(from, from), 0)
})

test('more runs than there is room for go on where the last call stopped', { skip }, () => {
  const { kernels, from, to } = placed('a\nb\n'.repeat(30_000))
  let total = 0
  let at = from
  for (let calls = 0; at < to && calls < 10; calls++) {
    const runs = kernels.lineRuns(at, to, shapeOf('='))
    for (let index = 1; index < runs.length; index += 2) total += runs[index]
    at = runs[runs.length - 1]
  }
  assert.equal(at, to)
  assert.equal(total, 60_000)
})

test('a shape over 64 bytes is refused', { skip }, () => {
  const { kernels, from, to } = placed('a\n')
  assert.throws(() => kernels.lineRuns(from, to, shapeOf('='.repeat(65))), { code: 'shape-too-long' })
})

test('runs hold every line once, and only lines that agree', { skip }, () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '[', '\n'), maxLength: 200 })
  fc.assert(
    fc.property(
      text,
      fc.constantFrom('=', '==', '.=', '=.=', '...'),
      fc.constantFrom(null, '['),
      (content, mask, after) => {
        const { kernels, from, to } = placed(content)
        assert.deepEqual([...kernels.lineRuns(from, to, shapeOf(mask, after))], [...naive(content, mask, after), to])
      },
    ),
    { numRuns: 500 },
  )
})

function naive(content: string, mask: string, after: string | null): number[] {
  const runs: number[] = []
  let before: string | null = null
  let start = 0
  for (const line of content.replace(/\n$/, '').split('\n')) {
    if (content === '') break
    const base = after === null ? 0 : line.indexOf(after) + 1
    const isWhole = (after === null || base > 0) && base + mask.length <= line.length
    const key = isWhole ? [...mask].map((sign, at) => (sign === '=' ? line[base + at] : '.')).join('') : null
    if (key !== null && key === before) runs[runs.length - 1] += 1
    else runs.push(21 + start, 1)
    before = key
    start += line.length + 1
  }
  return runs
}
