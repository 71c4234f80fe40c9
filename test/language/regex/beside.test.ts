import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createPlainScanner } from '../../../src/engine/scanner/plain.ts'
import { literalsOf } from '../../../src/language/index.ts'

const encoder = new TextEncoder()

function scannerOf(source: string, anyCase = false) {
  const literals = literalsOf({ kind: 'pattern', field: 'message', source, anyCase, names: [], linear: true })
  assert.ok(literals.length > 0, source)
  const scanner = createPlainScanner(literals)
  return (line: string) => {
    const bytes = encoder.encode(line)
    return scanner.find(bytes, 0, bytes.length) >= 0
  }
}

function check(
  source: string,
  { found, passed }: { readonly found: readonly string[]; readonly passed: readonly string[] },
) {
  const finds = scannerOf(source)
  for (const line of found) assert.equal(finds(`${line}\n`), true, `${source}: ${line}`)
  for (const line of passed) assert.equal(finds(`${line}\n`), false, `${source}: ${line}`)
}

test('a number beside a literal is asked for', () => {
  check('duration: (?<ms>\\d{4,}(?:\\.\\d+)?) ms', {
    found: ['LOG:  duration: 1234.567 ms  statement: SELECT 1', 'duration: 10000 ms'],
    passed: ['LOG:  duration: 0.142 ms  statement: SELECT 1', 'duration: 999 ms', 'duration: 2004ms', 'duration: 1234'],
  })
  check(', (?<s>[1-9]\\d*[.,]\\d+) secs\\]', {
    found: ['1.2: [GC 1K->1K(2K), 1.0012345 secs]', '[Full GC, 10,5 secs]'],
    passed: ['1.2: [GC 1K->1K(2K), 0.0012345 secs]', '[GC 1.5 secs]'],
  })
})

test('what follows further behind in the line is asked for too', () => {
  check('Pause [A-Z][a-z]+\\b.* (?<ms>\\d{4,}) ?ms', {
    found: ['GC(1) Pause Young (Normal) 24M->4M(256M) 1203 ms', 'Pause Full 1203ms'],
    passed: ['GC(1) Pause Young (Normal) 24M->4M(256M) 3.123ms', 'GC(1) Pause Young (Normal) (G1 Evacuation Pause)'],
  })
})

test('of what a line may show otherwise than its message nothing is concluded', () => {
  check('lost (?:\\w+) since', {
    found: [
      'lost node since',
      'lost \\u006eode since',
      'lost "node" since',
      'lost n\u00f6de since',
      'lost n\tode since',
    ],
    passed: ['lost and found', 'lost node'],
  })
  check('lost[^a]+\\d', { found: ['lost and', 'what is lost '], passed: [] })
})

/** Signs that lines show as their messages have them. */
const signs = fc.constantFrom('a', 'b', 'B', ' ', '0', '7', '.', ',', '(', ')')
const line = fc.string({ unit: signs, maxLength: 40 })
const parts = fc.constantFrom(
  'a',
  'b+',
  '[ab]',
  '\\d',
  '\\d{2,3}',
  '.*',
  '.{1,3}',
  '(?:a|b7)',
  '(?: 0)?',
  '[^a]',
  '\\b',
  '$',
  '\\(',
)
const pattern = fc.tuple(fc.array(parts, { maxLength: 4 }), fc.array(parts, { maxLength: 4 }))

test('wherever a pattern matches, a literal of it is found', () => {
  fc.assert(
    fc.property(
      pattern,
      fc.boolean(),
      fc.array(line, { minLength: 1, maxLength: 3 }),
      fc.nat(40),
      ([before, after], anyCase, lines, at) => {
        const source = `${before.join('').replaceAll('$', '')}a b0a${after.join('')}`
        const place = Math.min(at, lines[0]?.length ?? 0)
        const first = `${lines[0]?.slice(0, place)}a b0a${lines[0]?.slice(place)}`
        const message = [first, ...lines.slice(1)].join('\n')
        if (new RegExp(source, anyCase ? 'i' : '').test(message))
          assert.equal(scannerOf(source, anyCase)(`${message}\n`), true)
      },
    ),
    { numRuns: 3000 },
  )
})
