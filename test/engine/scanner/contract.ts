// What every scanner owes: exactly the earliest place where a literal lies within the bounds.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Literal, Scanner } from '../../../src/model/index.ts'

export type Create = (literals: readonly Literal[]) => Scanner

const encoder = new TextEncoder()

/** Literals as the tests write them: `i:text` is blind to case, `b:text` to the kind and number of blanks, `ib:text` to both. */
function literal(written: string): Literal {
  const [, marks, text] = /^(?:(i?b?):)?(.*)$/s.exec(written) ?? []
  return { text, anyCase: marks?.includes('i') === true, ...(marks?.includes('b') ? { anyBlanks: true } : {}) }
}

/** The literal as an expression over latin1 text: what is promised, said another way. */
function expressionOf({ text, anyCase, anyBlanks }: Literal): RegExp {
  const bytes = Buffer.from(text).toString('latin1')
  const source = bytes.replace(/[\x80-\xff]|[^A-Za-z0-9 \x80-\xff]|[A-Za-z]| +/g, (sign) => {
    if (anyCase && /[A-Za-z]/.test(sign)) return `[${sign.toLowerCase()}${sign.toUpperCase()}]`
    if (anyBlanks && sign.startsWith(' ')) return '(?:[ \\t]|\\\\{1,8}(?:t|u0009))+'
    return [...sign].map((one) => `\\x${one.charCodeAt(0).toString(16).padStart(2, '0')}`).join('')
  })
  return new RegExp(source, 'g')
}

function naive(literals: readonly Literal[], bytes: Uint8Array, from: number, to: number): number {
  const text = Buffer.from(bytes.subarray(from, to)).toString('latin1')
  const found = literals.map((one) => text.search(expressionOf(one))).filter((at) => at >= 0)
  return found.length === 0 ? -1 : from + Math.min(...found)
}

function all(scanner: Scanner, bytes: Uint8Array, from: number, to: number): number[] {
  const found: number[] = []
  for (let at = scanner.find(bytes, from, to); at >= 0; at = scanner.find(bytes, at + 1, to)) found.push(at)
  return found
}

/** `text` once as bytes of its own, once inside the scanner's memory at an odd place. */
function layouts(scanner: Scanner, text: Uint8Array): readonly Uint8Array[] {
  const inside = scanner.memory.subarray(13, 13 + text.length)
  inside.set(text)
  scanner.memory.set(text.subarray(0, 40), 13 + text.length)
  return [text, inside]
}

interface Case {
  readonly literals: readonly string[]
  readonly text: string | Uint8Array
  readonly found: readonly number[]
  readonly to?: number
}

function checker(create: Create): (name: string, expected: Case) => void {
  return (name, { literals, text, found, to }) => {
    test(name, () => {
      const scanner = create(literals.map(literal))
      const bytes = typeof text === 'string' ? encoder.encode(text) : text
      for (const layout of layouts(scanner, bytes)) assert.deepEqual(all(scanner, layout, 0, to ?? bytes.length), found)
    })
  }
}

function examples(create: Create): void {
  const check = checker(create)
  check('no literals find nothing', { literals: [], text: 'anything', found: [] })
  check('empty text holds nothing', { literals: ['abc'], text: '', found: [] })
  check('a literal longer than the text is not found', { literals: ['abcdef'], text: 'abcde', found: [] })
  check('text may be the literal', { literals: ['abc'], text: 'abc', found: [0] })
  check('a literal at the very end counts', { literals: ['timed out'], text: 'peer timed out', found: [5] })
  check('a literal cut by the bound does not', { literals: ['timed out'], text: 'peer timed out', to: 13, found: [] })
  check('three bytes are enough', { literals: ['502'], text: '5025502', found: [0, 4] })
  check('occurrences may overlap', { literals: ['aaa'], text: 'aaaaa', found: [0, 1, 2] })
  check('a shared beginning confuses nothing', { literals: ['connect', 'connection'], text: 'connectio', found: [0] })
  check('the longer alone is not the shorter', { literals: ['connection'], text: 'connectio n', found: [] })
  check('a literal within another is found by itself', {
    literals: ['abcdefgh', 'def'],
    text: 'xxdefgh abcdefgh',
    found: [2, 8, 11],
  })
  check('the earlier start wins over the earlier end', {
    literals: ['abcdefgh', 'cde'],
    text: 'abcdefgh',
    found: [0, 2],
  })
  check('case matters where it matters', { literals: ['Error'], text: 'error ERROR Error', found: [12] })
  check('case is blind where it is blind', { literals: ['i:eRRor'], text: 'error ERROR Error', found: [0, 6, 12] })
  check('both kinds live together', {
    literals: ['FATAL', 'i:panic'],
    text: 'fatal PANIC FATAL panic',
    found: [6, 12, 18],
  })
  check('only letters fold', { literals: ['i:a@[b'], text: 'a`{b A@[B a@{b', found: [5] })
  check('bytes beyond ASCII do not fold', { literals: ['i:übel'], text: 'Übel üBEL', found: [6] })
  check('NUL is a byte like any other', { literals: ['\0\0\0'], text: 'a\0\0\0\0b', found: [1, 2] })
  check('NUL around the text is not text', { literals: ['ab\0'], text: 'cab', found: [] })
  check('UTF-8 is found by its bytes', { literals: ['größer'], text: 'ist größer', found: [4] })
  check('broken UTF-8 is stepped over', {
    literals: ['ENOSPC'],
    text: Uint8Array.from([0x80, 0xff, 0xc3, ...encoder.encode('ENOSPC'), 0xfe]),
    found: [3],
  })
  check('the same literal twice is one', { literals: ['abcd', 'abcd', 'i:abcd'], text: 'abcd', found: [0] })
  check('very long literals work', { literals: ['x'.repeat(700)], text: `y${'x'.repeat(701)}`, found: [1, 2] })
}

function gaps(create: Create): void {
  const check = checker(create)
  const refused = ['b:peer refused']
  check('one blank stands for one', { literals: refused, text: 'peer refused', found: [0] })
  check('one blank stands for many, and for tabs', {
    literals: refused,
    text: 'peer   refused peer\t refused',
    found: [0, 15],
  })
  check('no blank is no gap', { literals: refused, text: 'peerrefused peer-refused', found: [] })
  check('a tab may be escaped', { literals: refused, text: 'peer\\trefused peer \\\\u0009 refused', found: [0, 14] })
  check('other escapes are no gap', { literals: refused, text: 'peer\\nrefused peer\\u0020refused peer\\', found: [] })
  check('the end of a line is no gap', { literals: refused, text: 'peer\nrefused', found: [] })
  check('a gap may be cut by the bound', { literals: refused, text: 'peer  refused', to: 6, found: [] })
  check('a word may be cut by the bound', { literals: refused, text: 'peer  refused', to: 12, found: [] })
  check('blanks at the ends are left out', { literals: ['b:  peer refused '], text: 'peer refused.', found: [0] })
  check('short words at the beginning are left out', {
    literals: ['b:a to peer refused'],
    text: 'peer refused',
    found: [0],
  })
  check('short words further on are not', { literals: ['b:peer is up'], text: 'peer is  up peer up', found: [0] })
  check('a word with a backslash is left out, and all behind it', {
    literals: ['b:peer at C:\\x'],
    text: 'peer at D',
    found: [0],
  })
  check('or it is looked for alone', { literals: ['b:C:\\x is full'], text: 'C:\\x', found: [0] })
  check('blind to both', { literals: ['ib:Peer Refused'], text: 'pEER  rEFUSED', found: [0] })
  check('without gaps a blank is itself', {
    literals: ['peer refused'],
    text: 'peer  refused peer refused',
    found: [14],
  })
  check('a gap is at most 255 bytes long', { literals: refused, text: `peer${' '.repeat(255)}refused`, found: [0] })
  check('a longer run of blanks is none', { literals: refused, text: `peer${' '.repeat(256)}refused`, found: [] })
  check('a long gap hides no earlier literal', {
    literals: ['b:peer is unreachable', 'up '],
    text: `peer is up peer ${' '.repeat(200)} is ${' '.repeat(200)} unreachable up `,
    found: [8, 11, 433],
  })
  check('a word may look like the end of an escape', { literals: ['b:foo t foo'], text: 'foo t\\t foo', found: [0] })
  check('gaps may be many', { literals: ['b:aaa b c d'], text: 'aaa  b  c   d', found: [0] })
}

function refusals(create: Create): void {
  for (const text of ['', 'a', '50', 'b:a b to', 'b: \t '])
    test(`nothing to look for in ${JSON.stringify(text)} is refused`, () => {
      assert.throws(() => create([literal(text)]), { name: 'FaultlineError', code: 'literal-too-short' })
    })
}

const letters = fc.constantFrom('a', 'b', 'A', 'B', ' ', '0', '\0', '\n', 'ü', '\u20ac')
const words = (min: number, max: number) => fc.string({ unit: letters, minLength: min, maxLength: max })
const plainLiteral: fc.Arbitrary<Literal> = fc.record({ text: words(3, 9), anyCase: fc.boolean() })
const gapLiteral: fc.Arbitrary<Literal> = fc
  .tuple(
    fc.constantFrom('aba', 'abab', 'Baa', 'b0a'),
    fc.array(fc.constantFrom('a', 'b', 'ab', 't', 'abt', 'aabb'), { maxLength: 3 }),
  )
  .chain(([first, more]) =>
    fc.record({ text: fc.constant([first, ...more].join(' ')), anyCase: fc.boolean(), anyBlanks: fc.constant(true) }),
  )
const textWithGaps = fc
  .array(fc.constantFrom('a', 'b', 'A', '0', 'ab', 'aba', ' ', '  ', '\t', '\\t', '\\\\u0009', '\\', 't', '\n'), {
    maxLength: 60,
  })
  .map((parts) => parts.join(''))

function properties(create: Create): void {
  test('finds what a naive search finds, whatever the literals, the text and the bounds', () => {
    const literals = fc.array(fc.oneof(plainLiteral, gapLiteral), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(literals, fc.oneof(words(0, 120), textWithGaps), fc.nat(), fc.nat(), (these, text, a, b) => {
        const bytes = encoder.encode(text)
        const from = a % (bytes.length + 1)
        const to = from + (b % (bytes.length - from + 1))
        const scanner = create(these)
        const expected = naive(these, bytes, from, to)
        for (const layout of layouts(scanner, bytes)) assert.equal(scanner.find(layout, from, to), expected)
      }),
      { numRuns: 250 },
    )
  })
}

const noise = (length: number): Uint8Array => {
  let state = 12345
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0
    return 32 + ((state >>> 16) % 95)
  })
}

function blocks(create: Create): void {
  test('a hit is found wherever a block of the copy ends, and nothing before it', () => {
    const scanner = create([literal('needle-in-hay'), literal('i:Zq7'), literal('~'.repeat(300))])
    for (const at of [0, 1, 1011, 1012, 1013, 1020, 1023, 1024, 3060, 65_530, 65_536, 100_000, 199_700]) {
      const bytes = noise(200_000)
      const start = scanner.find(bytes, 0, bytes.length)
      bytes.set(encoder.encode('~'.repeat(300)), at)
      const expected = start >= 0 && start < at ? start : at
      assert.equal(scanner.find(bytes, 0, bytes.length), expected)
    }
  })
  test('a long literal that starts before a short one wins across a block', () => {
    const scanner = create([literal('short'), literal(`long-${'short-'.repeat(50)}end`)])
    for (let at = 700; at < 1100; at += 7) {
      const bytes = new Uint8Array(4096).fill(46)
      bytes.set(encoder.encode(`long-${'short-'.repeat(50)}end`), at)
      assert.equal(scanner.find(bytes, 0, bytes.length), at)
    }
  })
  test('looking at other bytes leaves the memory alone', () => {
    const scanner = create([literal('abc')])
    scanner.memory.fill(7)
    assert.equal(scanner.find(encoder.encode(`${'x'.repeat(100_000)}abc`), 0, 100_003), 100_000)
    assert.ok(scanner.memory.every((byte) => byte === 7))
  })
  test('six hundred literals are found, each by itself', () => {
    const literals = Array.from({ length: 600 }, (_, index) => literal(`${index % 2 ? 'i:' : ''}code ${index} failed`))
    const scanner = create(literals)
    for (const { text, anyCase } of literals) {
      const bytes = encoder.encode(`some words, ${anyCase ? text.toUpperCase() : text}, other words`)
      assert.equal(scanner.find(bytes, 0, bytes.length), 12)
    }
  })
  test('memory has room for a block of a mebibyte and a long line', () => {
    assert.ok(create([]).memory.length >= 2 * 2 ** 20)
  })
}

/** Registers the tests every scanner must pass. */
export function scannerContract(create: Create): void {
  examples(create)
  gaps(create)
  refusals(create)
  properties(create)
  blocks(create)
}
