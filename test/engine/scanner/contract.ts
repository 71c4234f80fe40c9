// What every scanner owes: exactly the earliest place where a literal lies within the bounds.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { besideOf } from '../../../src/language/regex/beside.ts'
import { parsePattern } from '../../../src/language/regex/parse.ts'
import type { Beside, Literal, Scanner } from '../../../src/model/index.ts'

export type Create = (literals: readonly Literal[]) => Scanner

const encoder = new TextEncoder()

/** Literals as the tests write them: `i:text` is blind to case. */
const literal = (text: string): Literal => ({ text: text.replace(/^i:/, ''), anyCase: text.startsWith('i:') })

const foldByte = (byte: number): number => (byte >= 0x41 && byte <= 0x5a ? byte + 32 : byte)

function stands(bytes: Uint8Array, at: number, { text, anyCase }: Literal, to: number): boolean {
  const wanted = encoder.encode(text)
  const same = (a: number, b: number): boolean => (anyCase ? foldByte(a) === foldByte(b) : a === b)
  return at + wanted.length <= to && wanted.every((byte, index) => same(byte, bytes[at + index]))
}

/** What an automaton says of bytes in the order in which it reads them, 512 of them; where they end before it does, it accepts. */
function accepts(automaton: string | null, bytes: readonly number[]): boolean {
  if (automaton === null) return true
  const [width = 0, ...numbers] = Array.from(automaton, (sign) => sign.charCodeAt(0) - 48)
  let state = 2
  for (const byte of bytes.slice(0, 512)) {
    if (byte > 127) return true
    state = numbers[128 + (state - 2) * width + (numbers[byte] ?? 0)] ?? 0
    if (state < 2) return state === 1
  }
  return true
}

function mayStand(bytes: Uint8Array, at: number, { text, beside }: Literal, to: number): boolean {
  const [before, after] = [
    [...bytes.subarray(0, at)].reverse(),
    [...bytes.subarray(at + encoder.encode(text).length, to)],
  ]
  return beside?.some((one) => accepts(one.before, before) && accepts(one.after, after)) ?? true
}

function naive(literals: readonly Literal[], bytes: Uint8Array, from: number, to: number): number {
  for (let at = from; at < to; at++)
    if (literals.some((one) => stands(bytes, at, one, to) && mayStand(bytes, at, one, to))) return at
  return -1
}

/** What patterns before and behind a text let stand there. */
function beside(before: string, after: string): readonly Beside[] {
  const found = besideOf([parsePattern(before).root], [parsePattern(after).root], { anyCase: false })
  return found === null ? [] : [found]
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
  check('literals may be longer than a piece that is copied', {
    literals: ['x'.repeat(40_001)],
    text: `y${'x'.repeat(40_002)}`,
    found: [1, 2],
  })
  check('very long literals work', { literals: ['x'.repeat(700)], text: `y${'x'.repeat(701)}`, found: [1, 2] })
}

function refusals(create: Create): void {
  for (const text of ['', 'a', '50'])
    test(`a literal of ${text.length} bytes is refused`, () => {
      assert.throws(() => create([{ text, anyCase: false }]), { name: 'FaultlineError', code: 'literal-too-short' })
    })
}

const letters = fc.constantFrom('a', 'b', 'A', 'B', ' ', '0', '\0', '\n', 'ü', '\u20ac')
const words = (min: number, max: number) => fc.string({ unit: letters, minLength: min, maxLength: max })
const sides = fc.constantFrom('', 'a', '[ab]+0', '.*b', '\\d{2,}', '0?a?b', '[^a]', 'a.{0,3}b', '(?:ab|ba)* 0')
const plainLiteral: fc.Arbitrary<Literal> = fc.record({ text: words(3, 9), anyCase: fc.boolean() })
const anyLiteral = fc.oneof(
  plainLiteral,
  fc.tuple(plainLiteral, sides, sides).map(([one, before, after]): Literal => {
    const found = beside(before, after)
    return found.length === 0 ? one : { ...one, beside: found }
  }),
)

function properties(create: Create): void {
  test('finds what a naive search finds, whatever the literals, the text and the bounds', () => {
    const literals = fc.array(anyLiteral, { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(literals, words(0, 120), fc.nat(), fc.nat(), (these, text, a, b) => {
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
  test('what stands beside a literal is seen wherever a block of the copy ends', () => {
    const needle = encoder.encode('7 took 1234 ms')
    const scanner = create([{ text: ' took ', anyCase: false, beside: beside('[7]', '\\d{4,} ms') }])
    for (let at = 0; at < 2600; at += 13) {
      const bytes = new Uint8Array(70_000).fill(46)
      bytes.set(encoder.encode('7 took 234 ms'), 0)
      bytes.set(encoder.encode('8 took 1234 ms'), 20)
      bytes.set(needle, 40 + at)
      assert.equal(scanner.find(bytes, 0, bytes.length), 41 + at)
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
  refusals(create)
  properties(create)
  blocks(create)
}
