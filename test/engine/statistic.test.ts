import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import type { Sample } from '../../src/engine/series.ts'
import { median, Windows } from '../../src/engine/statistic.ts'
import { type Meter, SECOND } from '../../src/model/index.ts'

const sample = (value: Sample['value'], count = 1, isHit = false): Sample => ({
  time: 0,
  value,
  count,
  isHit,
  divisor: 2,
})

function check(calculate: Meter['calculate'], samples: readonly Sample[], wanted: number | null, atLeast = 1): void {
  const windows = new Windows(samples, { calculate, atLeast, over: 10 * SECOND })
  test(`${calculate} of ${samples.length}`, () => assert.equal(windows.value(0, samples.length), wanted))
}

const four = [sample(3, 2), sample(1, 1, true), sample('x', 1), sample(10, 1, true)]
check('count', four, 5)
check('rate', four, 0.5)
check('distinct', four, 4)
check('share', four, 0.4)
check('top', four, 0.4)
check('ratio', four, 17 / 8)
check('sum', four, 17)
check('avg', four, 17 / 4)
check('min', four, 1)
check('max', four, 10)
check('p50', four, 3)
check('p99', four, 10)
check('p99', four, null, 6)
check('avg', [sample('x')], null)
check('share', [], null, 0)
test('median', () => assert.deepEqual([median([]), median([4, 1]), median([9, 1, 2])], [0, 2.5, 2]))

/** Nearest rank by its definition. */
function plainPercentile(samples: readonly Sample[], share: number): number | null {
  const all = samples.flatMap(({ value, count }) => (typeof value === 'number' ? Array<number>(count).fill(value) : []))
  return all.sort((a, b) => a - b)[Math.max(0, Math.ceil(share * all.length) - 1)] ?? null
}

test('percentiles of windows asked for in any order are those of their samples', () => {
  const some = fc.record({
    value: fc.oneof(
      fc.integer({ min: -5, max: 40 }),
      fc.constant(null),
      fc.double({ noNaN: true }).map((one) => one + 0),
    ),
    count: fc.integer({ min: 1, max: 4 }),
  })
  const asked = fc.array(fc.tuple(fc.nat(30), fc.nat(30)), { maxLength: 12 })
  fc.assert(
    fc.property(fc.array(some, { minLength: 1, maxLength: 30 }), asked, (drawn, places) => {
      const samples = drawn.map(({ value, count }) => sample(value, count))
      const windows = new Windows(samples, { calculate: 'p95', atLeast: 0, over: SECOND })
      for (const [a, b] of places) {
        const [from, to] = [Math.min(a, b, samples.length), Math.min(Math.max(a, b), samples.length)]
        assert.equal(windows.value(from, to), plainPercentile(samples.slice(from, to), 0.95))
      }
    }),
  )
})
