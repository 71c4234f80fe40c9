import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Tally } from '../../../../src/model/index.ts'
import type { Observation, Output } from '../../../../src/packets/application.ts'
import { Repeats } from '../../../../src/packets/applications/http/repeats.ts'

/** Requests that began at these seconds, in the order they were answered, the first so many well; what is said of them. */
function check(seconds: readonly number[], expected: readonly unknown[], served = 0): void {
  const facts: Observation[] = []
  const none = () => undefined
  const output: Output = { fact: (fact) => facts.push(fact), dns: none, tls: none, http: none, tally: new Tally() }
  const repeats = new Repeats(output)
  const place = { kind: 'packet', packet: 1, offset: 40, length: 60, digest: 0 } as const
  const asked = { client: '192.0.2.1', method: 'GET', host: null, uri: '/', digest: null, requestId: null, place }
  for (const [index, second] of seconds.entries())
    repeats.add({ ...asked, time: second * 1_000_000, status: index < served ? 200 : 503 })
  repeats.end()
  assert.deepEqual(
    facts.map(({ time, fields }) => ({
      time,
      seconds: fields.seconds,
      count: fields.count,
      interval: fields.interval,
    })),
    expected,
  )
}

test('a series lasts from its first request to its last', () =>
  check([0, 1, 2, 3, 4], [{ time: 0, seconds: 4, count: 5, interval: 1_000_000 }]))

test('whatever the order of the answers', () =>
  check([4, 3, 2, 1, 0], [{ time: 0, seconds: 4, count: 5, interval: 0 }]))

test('what failed is no series with what was served before', () => {
  check([0, 1, 2, 3, 4, 5, 6, 7], [{ time: 3_000_000, seconds: 4, count: 5, interval: 1_000_000 }], 3)
  check([0, 1, 2, 3, 4, 5, 6, 7], [], 4)
})

test('four are no series, nor are five far apart', () => {
  check([0, 1, 2, 3], [])
  check([0, 3, 6, 9, 12], [])
})
