import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseRules } from '../../../src/language/index.ts'
import { problemsOf } from '../problems-of.ts'

const check = async (meter: string, ...problems: readonly string[]) =>
  assert.deepEqual(
    await problemsOf(`signal slow.log from log where message has "took {t:duration}"\nmeter m =\n${meter}`),
    problems,
    meter,
  )

test('a function measures what it is made for', async () => {
  await check('count(slow.log where t > 3s) over 1m')
  await check('p95(slow.log.t) over 1m, at least 5')
  await check('ratio(tcp.traffic.resent / tcp.traffic.segments) over 10s by server, port, at least 50')
  await check('median(slow.log.t) over 1m', '3:1 unknown-word: `median` measures nothing')
  await check('avg(tcp.traffic) over 1m', '3:5 syntax: `avg` measures a field: `avg(tcp.traffic.field)`')
  await check('avg(tcp.traffic.resnt) over 1m', '3:17 unknown-field: `tcp.traffic` has no field `resnt` → `resent`')
  await check('avg(nothing.at.all) over 1m', '3:5 unknown-signal: there is no signal or kind of fact `nothing.at`')
  await check('share(slow.log) over 1m, at least 5', '3:7 syntax: `share` says of what: `share(s where …)`')
})

test('shares, ratios and percentiles say how many samples they need', async () => {
  await check(
    'p99(slow.log.t) over 1m',
    '3:1 minimum-missing: `p99` of few samples says nothing: add `, at least N` → `, at least 20`',
  )
})

test('a ratio divides two fields of one signal', async () => {
  await check(
    'ratio(tcp.traffic.resent / slow.log.t) over 10s, at least 5',
    '3:28 unknown-field: both fields of a ratio are of one signal: `tcp.traffic`',
  )
  await check(
    'sum(tcp.traffic.resent / tcp.traffic.segments) over 10s',
    '3:1 syntax: `ratio` divides one field by another: `ratio(s.f / s.g)`; nothing else divides',
  )
})

test('what counts events measures no field', async () => {
  await check(
    'count(tcp.refused.port) over 1m',
    '3:19 syntax: `count` counts events, whatever their fields: `count(tcp.refused)` → `distinct(tcp.refused.port)`',
  )
})

test('requests as a whole are asked for status and duration only', async () => {
  await check('share(http.request where status >= 500) over 1m by source, at least 20')
  await check('p95(http.request.duration) over 1m by service, host, at least 20')
  await check('share(http.request where path == "/x") over 1m by server, at least 20')
  await check(
    'share(http.request where path == "/x") over 1m, at least 20',
    '3:7 unknown-field: without `by`, or by source, service or host, `http.request` is asked for status and duration only, not `path` → a signal, or `by` another field',
  )
})

test('a share keeps what it counts apart from what it counts among', async () => {
  const { rules } = await parseRules([
    { file: 'a', text: 'meter m = share(http.request where status == 500) over 1m by source, at least 20' },
  ])
  const [meter] = rules.meters
  assert.deepEqual(meter?.select, { signal: 'http.request', where: null })
  assert.equal(meter?.among?.kind, 'compare')
  assert.equal(meter?.atLeast, 20)
})
