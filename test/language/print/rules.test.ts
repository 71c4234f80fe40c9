import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { formatProblem, parseRules, printRules } from '../../../src/language/index.ts'
import type { Combination, Condition, RuleSet, Selection, Step, Template, Test } from '../../../src/model/index.ts'

const nowhere = { file: '', line: 0, column: 0 }
const options = { orderLoose: false, useEachOnce: false, assumeAbsent: false }

const field = fc.constantFrom('message', 'status', 'title', 'key', 'not', 'in', 'has', 'a.b-c', '_x', 'where', 'and')
const text = fc.oneof(fc.string({ minLength: 1, maxLength: 8 }), fc.stringMatching(/^[ "\\{}#/a-z\n服]{1,8}$/))
const amount = fc.oneof(
  fc.nat(100_000),
  fc.integer({ min: -1000, max: 1000 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
)
const duration = fc.constantFrom(1, 1500, 20_000_000, 60_000_000, 90_000_000, 3_600_000_000, 86_400_000_000)
const comparison = fc.constantFrom('==', '!=', '<', '<=', '>', '>=')

const template: fc.Arbitrary<Template> = fc.record({
  parts: fc.oneof(
    text.map((said) => [{ kind: 'text', text: said }] as const),
    fc.tuple(text, fc.constantFrom('n', '_'), fc.constantFrom('int', 'word', 'rest')).map(
      ([said, name, type]) =>
        [
          { kind: 'text', text: said },
          { kind: 'capture', name, type },
        ] as const,
    ),
  ),
  anyCase: fc.boolean(),
})

const leaf: fc.Arbitrary<Test> = fc.oneof(
  fc.record({
    kind: fc.constant('text' as const),
    field,
    how: fc.constantFrom('has', 'starts', 'ends', 'is'),
    templates: fc.array(template, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    kind: fc.constant('compare' as const),
    field,
    comparison,
    operand: fc.oneof(
      fc.record({ kind: fc.constant('value' as const), value: fc.oneof(text, amount, fc.boolean()) }),
      fc.constantFrom({ kind: 'version', text: '3.2.0' } as const, { kind: 'field', name: 'host' } as const),
    ),
  }),
  fc.record({
    kind: fc.constant('in' as const),
    field,
    values: fc.array(fc.oneof(text, fc.nat()), { minLength: 1, maxLength: 3 }),
  }),
  fc.constantFrom(
    { kind: 'cidr', field: 'client', ranges: ['10.0.0.0/8', '2001:db8::/32'] } as const,
    { kind: 'known', field: 'known' } as const,
    {
      kind: 'pattern',
      field: 'message',
      source: 'a\\/b(?<m>[/"]+)',
      anyCase: true,
      names: ['m'],
      linear: true,
      needs: [['a/b'], ['a/b"', 'a/b/'], ['"', '/']],
    } as const,
  ),
)

const { tree } = fc.letrec<{ tree: Test }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.record({ kind: fc.constantFrom('and', 'or'), tests: fc.array(tie('tree'), { minLength: 2, maxLength: 3 }) }),
    tie('tree').map((inner) => ({ kind: 'not', test: inner }) as const),
  ),
}))

const select: fc.Arbitrary<Selection> = fc.record({ signal: fc.constant('s'), where: fc.option(tree) })
const by = fc.array(fc.option(field), { minLength: 2, maxLength: 2 })
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ name: fc.constant(null), count: fc.integer({ min: 1, max: 9 }), select, by }),
  fc.record({ name: fc.constant(null), count: fc.integer({ min: 1, max: 9 }), distinct: field, select, by }),
)
const named = (name: string) => step.map((one) => ({ ...one, name }))

const meter = fc.record({
  name: fc.constant(null),
  calculate: fc.constantFrom('count', 'rate'),
  select,
  field: fc.constant(null),
  divisor: fc.constant(null),
  among: fc.constant(null),
  over: duration,
  by,
  atLeast: fc.nat(50),
})

const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ kind: fc.constant('count' as const), step, within: fc.option(duration) }),
  fc.record({
    kind: fc.constant('all' as const),
    steps: fc.array(step, { minLength: 2, maxLength: 3 }),
    within: duration,
  }),
  fc.record({
    kind: fc.constant('sequence' as const),
    steps: fc.tuple(named('first'), named('then')),
    within: duration,
    without: fc.array(
      step.map((one) => ({
        step: one,
        from: { step: 'first', offset: -9_000_000 },
        to: { step: 'then', offset: 0, span: true } as const,
      })),
      { maxLength: 2 },
    ),
    until: fc.array(step, { maxLength: 1 }),
  }),
  fc.record({
    kind: fc.constant('measure' as const),
    meter,
    comparison,
    value: fc.nat(1000),
    baseline: fc.option(
      fc.record({
        factor: fc.nat(9),
        calculate: fc.constantFrom('median', 'avg', 'max'),
        over: duration,
        points: fc.nat(20),
      }),
    ),
    lasting: fc.constantFrom(0, 30_000_000),
  }),
  fc.record(
    {
      kind: fc.constant('trend' as const),
      meter,
      over: fc.constantFrom(60_000_000, 600_000_000),
      rise: fc.constant(0.2),
      correlation: fc.constant(0.9),
    },
    { requiredKeys: ['kind', 'meter', 'rise', 'correlation'] },
  ),
  fc.record({ kind: fc.constant('fact' as const), select, by }),
)

const COMBINATIONS: readonly Combination[] = [
  { how: 'noisy-or', perSource: 0.9 },
  { how: 'strongest', perSource: 1 },
  { how: 'strongest', perSource: 0.45 },
]

const ruleSet: fc.Arbitrary<RuleSet> = fc
  .record({
    where: fc.option(tree),
    conditions: fc.array(condition, { minLength: 1, maxLength: 4 }),
    title: text,
    combine: fc.constantFrom(null, ...COMBINATIONS),
  })
  .map(({ where, conditions, title, combine }) => ({
    signals: [{ name: 's', from: 'log', readers: ['kernel'], where, captures: [], literals: [] }],
    meters: [],
    causes: [
      {
        id: 'a.b',
        title,
        severity: 'low',
        key: ['x', 'y'],
        evidence: conditions.map((when) => ({ strength: 'strong', when })),
        impact: 3,
        remedy: { now: 'n', next: '', lasting: 'l "q"' },
        see: ['u', 'v'],
        reportFrom: 0.6,
        ...(combine === null ? {} : { combine }),
        options: { ...options, useEachOnce: true },
        position: nowhere,
      },
    ],
    explains: [],
    examples: [
      {
        name: 'e',
        given: [
          { file: 'a.log', text: 'one\n\n  two # three\n' },
          { file: 'b.log', text: '' },
        ],
        expect: [
          { kind: 'symptom', cause: 'a.b', of: 'a.b', where: null },
          { kind: 'nothing-else', cause: '', of: null, where: null },
        ],
        position: nowhere,
      },
    ],
  }))

/** Rules as they compare: without positions, and without what is read off tests. */
function comparable(rules: RuleSet): unknown {
  return JSON.parse(
    JSON.stringify(rules, (name, value) => (['position', 'captures', 'literals'].includes(name) ? undefined : value)),
  )
}

test('what is printed and read again is the same', async () => {
  await fc.assert(
    fc.asyncProperty(ruleSet, async (rules) => {
      const written = printRules(rules)
      const { rules: again, problems } = await parseRules([{ file: 'a', text: written }])
      const broken = problems.filter(({ code }) =>
        ['syntax', 'unknown-sign', 'unterminated', 'misplaced'].includes(code),
      )
      assert.deepEqual(
        broken.map((problem) => formatProblem(problem, written)),
        [],
      )
      assert.deepEqual(comparable(again), comparable(rules), written)
    }),
    { numRuns: 300 },
  )
})

test('the examples of the manual print and read again', async () => {
  const manual = readFileSync(new URL('../../../grammars/README.md', import.meta.url), 'utf8')
  const text = [...manual.matchAll(/^```\n([\s\S]*?)^```/gm)].map(([, block = '']) => block).join('\n')
  const { rules } = await parseRules([{ file: 'a', text }])
  const again = await parseRules([{ file: 'a', text: printRules(rules) }])
  assert.deepEqual(comparable(again.rules), comparable(rules))
})
