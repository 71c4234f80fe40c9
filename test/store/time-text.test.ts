import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { formatInstant, SECOND } from '../../src/model/index.ts'
import { timeText } from '../../src/store/rows/time-text.ts'

test('times are written as everywhere, whichever second was met before', () => {
  const near = fc.integer({ min: 0, max: 600 * SECOND }).map((since) => 1793491200 * SECOND + since)
  const far = fc.integer({ min: -(2 ** 53), max: 2 ** 53 })
  fc.assert(
    fc.property(fc.array(fc.oneof(near, far), { maxLength: 50 }), (times) => {
      assert.deepEqual(times.map(timeText), times.map(formatInstant))
    }),
  )
  assert.equal(timeText(null), null)
  assert.equal(timeText(1793491200_000_250), '2026-11-01T00:00:00.000250Z')
})
