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

const witness = fc
  .record({ at: fc.integer({ min: 0, max: 60_000 }), offset: fc.nat(1_000_000) })
  .map(({ at, offset }) => ({
    at: at * SECOND,
    status: 200,
    duration: null,
    place: { kind: 'line', line: 1, lineEnd: 1, offset, length: 9, digest: 0 } as const,
    excerpt: String(offset),
  }))

test('the request that stands first in a file stands for its time, in whatever order parts are read', () => {
  fc.assert(
    fc.property(fc.array(witness, { maxLength: 60 }), fc.nat(60), (witnesses, cut) => {
      const [one, parts, later] = [new Tally(), new Tally(), new Tally()]
      for (const each of witnesses) one.addWitness(each)
      for (const each of witnesses.slice(cut)) parts.addWitness(each)
      for (const each of witnesses.slice(0, cut)) later.addWitness(each)
      parts.absorb(later.data())
      assert.deepEqual(parts.witnesses(), one.witnesses())
    }),
  )
})

test('witnesses are few however long a log is', () => {
  const tally = new Tally()
  const place = { kind: 'line', line: 1, lineEnd: 1, length: 9, digest: 0 } as const
  for (let at = 0; at < 20_000; at++) {
    const time = at * 10 * SECOND
    if (!tally.lacksWitness(time)) continue
    tally.addWitness({ at: time, status: 200, duration: null, place: { ...place, offset: at }, excerpt: '' })
  }
  assert.ok(tally.witnesses().length <= 4096)
  assert.equal(tally.witnesses()[0]?.place.offset, 0)
})
