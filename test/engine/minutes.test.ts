import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bucketWidth, minutesOf } from '../../src/engine/minutes.ts'
import { MINUTE, SECOND, Tally } from '../../src/model/index.ts'

function check(span: number, expected: number): void {
  test(`a bundle of ${span / SECOND} s is counted by ${expected / SECOND} s`, () =>
    assert.equal(bucketWidth(span), expected))
}

check(40 * SECOND, SECOND)
check(4 * MINUTE, 2 * SECOND)
check(10 * MINUTE, 5 * SECOND)
check(2 * 60 * MINUTE, MINUTE)
check(30 * 24 * 60 * MINUTE, MINUTE)

test('lines, severities, statuses and percentiles stand in their bucket', () => {
  const tally = new Tally()
  tally.addLines(61 * SECOND, 'error', 2)
  tally.addLines(62 * SECOND, null, 3)
  tally.addRequest(61 * SECOND, 200, 1000, 98)
  tally.addRequest(70 * SECOND, 503, 1_000_000, 2)
  tally.addRequest(130 * SECOND, 404, null)
  const rows = minutesOf(tally, { source: 4, shift: SECOND, width: MINUTE })
  assert.deepEqual(rows, [
    {
      source: 4,
      time: MINUTE,
      lines: 5,
      bySeverity: { error: 2 },
      requests: 100,
      status4xx: 0,
      status5xx: 2,
      p50: 1024,
      p99: 1_048_576,
    },
    {
      source: 4,
      time: 2 * MINUTE,
      lines: 0,
      bySeverity: {},
      requests: 1,
      status4xx: 1,
      status5xx: 0,
      p50: null,
      p99: null,
    },
  ])
})
