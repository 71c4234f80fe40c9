// A format is asked of every line that it reads.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askedOf, byFirst } from '../../src/logs/asked.ts'
import { FORMATS } from '../../src/logs/catalogue.ts'
import { reading } from '../../src/logs/reading.ts'

const LINES = FORMATS.flatMap(({ takes, leaves }) => [...takes, ...leaves].flatMap((sample) => sample.split('\n')))
/** Letters by which formats begin, and every other sign of ASCII but the line feed. */
const SIGNS = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)).filter((sign) =>
  /[^A-Za-z0-9\n]|[059abcdfintwzACDEFHILNPRSWXZ]/.test(sign),
)

/** The line, what of it begins later, and both behind every sign. */
function variants(line: string): string[] {
  const tails = [line, line.slice(1), line.slice(line.indexOf(' ') + 1)]
  const indented = ['  ', '    ', ' \t', '\r ', '      '].flatMap((blanks) =>
    tails.map((tail) => blanks + tail.trimStart()),
  )
  return [...tails, ...indented, ...SIGNS.flatMap((sign) => tails.map((tail) => sign + tail))]
}

const ALL = [...new Set(LINES.flatMap(variants))]

for (const format of FORMATS) {
  const { begins } = format
  if (begins === undefined) continue
  test(`${format.name} reads nothing that begins otherwise`, () => {
    const read = format.open()
    const asked = askedOf([{ format, read }])
    const missed = ALL.filter((line) => asked(line).length === 0 && read(line) !== null)
    assert.deepEqual(missed.slice(0, 3), [])
  })
  test(`${format.name} is asked of what it takes`, () => {
    const asked = askedOf([{ format, read: format.open() }])
    for (const sample of format.takes) assert.equal(asked(sample).length, 1, sample)
  })
}

test('of an indented line the first sign behind the blanks counts too', () => {
  const begins = [/\s?\{/, / \d/, /[a-z]/, undefined]
  const asked = byFirst(begins, (one) => one)
  const places = (line: string) => asked(line).map((one) => begins.indexOf(one))
  assert.deepEqual(places('   {'), [0, 3])
  assert.deepEqual(places('\t\t7'), [3])
  assert.deepEqual(places(' \t7'), [1, 3])
  assert.deepEqual(places('    at x'), [3])
  assert.deepEqual(places('at x'), [2, 3])
  assert.deepEqual(places('   '), [0, 1, 2, 3])
  assert.deepEqual(places('  é'), [0, 1, 2, 3])
})

test('only the formats whose lines can begin so are asked, in their order', () => {
  const [one, two] = [/\d/, /[a-z\d]/].map((begins, at) => {
    const name = `format-${at}`
    return { name, frame: 'line' as const, begins, takes: [], leaves: [], open: () => () => reading({ body: name }) }
  })
  assert.ok(one !== undefined && two !== undefined)
  const asked = askedOf([one, two].map((format) => ({ format, read: format.open() })))
  const names = (line: string) => asked(line).map(({ format }) => format.name)
  assert.deepEqual(names('1'), ['format-0', 'format-1'])
  assert.deepEqual(names('a'), ['format-1'])
  assert.deepEqual(names(''), ['format-0', 'format-1'])
  assert.deepEqual(names('é'), ['format-0', 'format-1'])
})
