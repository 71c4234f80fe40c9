import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { SECOND } from '../../src/model/instant.ts'
import { Tally } from '../../src/model/tally.ts'

const quarter = (duration: number) => Math.round(4 * Math.log2(Math.max(1, duration)))
const request = fc.record({
  at: fc.integer({ min: 0, max: 3 }),
  status: fc.constantFrom(200, 404, 503, 504),
  duration: fc.option(fc.oneof(fc.integer({ min: 0, max: 2 ** 33 }), fc.double({ min: 0, max: 5000, noNaN: true }))),
})

test('requests are counted by second, status and a quarter of a power of two', () => {
  fc.assert(
    fc.property(fc.array(request, { maxLength: 400 }), (requests) => {
      const tally = new Tally()
      const expected = new Map<string, number>()
      for (const { at, status, duration } of requests) {
        tally.addRequest(at * SECOND + 5, status, duration)
        const middle = duration === null ? null : Math.round(2 ** (Math.min(126, quarter(duration)) / 4))
        const name = `${at} ${status} ${middle}`
        expected.set(name, (expected.get(name) ?? 0) + 1)
      }
      const cells = tally
        .requests()
        .map(({ at, status, duration, count }) => [`${at / SECOND} ${status} ${duration}`, count])
      assert.deepEqual(new Map(cells.map(([name, count]) => [String(name), Number(count)])), expected)
    }),
  )
})

test('many kinds of requests in one second', () => {
  const tally = new Tally()
  for (let round = 0; round < 2; round++)
    for (let status = 100; status < 700; status++) tally.addRequest(5, status, null)
  assert.deepEqual(new Set(tally.requests().map(({ count }) => count)), new Set([2]))
  assert.equal(tally.requests().length, 600)
})
