import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseRules } from '../../../src/language/index.ts'
import { problemsOf } from '../problems-of.ts'

const frame = (condition: string) =>
  `signal dial from log where message has "ETIMEDOUT {peer:ip}:{port:int}"\nmeter refusals = rate(tcp.refused) over 1m by server, port\ncause a.b title "t" severity low key server, port weak when\n${condition}`

const check = async (condition: string, ...problems: readonly string[]) =>
  assert.deepEqual(await problemsOf(frame(condition)), problems, condition)

async function condition(text: string) {
  const { rules } = await parseRules([{ file: 'a', text: frame(text) }])
  return rules.causes[0]?.evidence[0]?.when
}

test('steps join by as many fields as the key has parts', async () => {
  await check('dial by peer, port')
  await check(
    'dial by peer',
    '4:9 key-arity: `by` names 1 of 2 key parts: server, port → `_` for parts that are unknown here',
  )
  await check('dial by _, port')
  await check('tcp.refused')
  await check('tcp.refused by server, prt', '4:24 unknown-field: `tcp.refused` has no field `prt` → `port`')
  await check(
    'dns.response',
    '4:1 unknown-field: `dns.response` has no field `port` → `by …`, with `_` for parts that are unknown here',
  )
})

test('signals, steps and meters must exist', async () => {
  await check('dail by peer, port', '4:1 unknown-signal: there is no signal or kind of fact `dail` → `dial`')
  await check('refusal > 3', '4:1 unknown-meter: there is no meter `refusal` → `refusals`')
  await check(
    'sequence within 1m first: dial by _, port without tcp.refused from frst to first + 1s',
    '4:68 unknown-step: no step of this sequence is named `frst` → `first`',
  )
  await check('sequence within 1m a: tcp.refused then a: tcp.refused', '4:40 duplicate-name: two steps are named `a`')
})

test('an interval that is over before it begins is refused', async () => {
  const sequence = (bounds: string) =>
    `sequence within 1m a: tcp.unanswered then b: dial by peer, port without tcp.established from ${bounds}`
  await check(sequence('a to b'))
  await check(sequence('a + 5s to b'))
  await check(sequence('a + 5s to a + 1s'), '4:94 value: this interval ends before it begins')
  await check(sequence('b to a'), '4:94 value: this interval ends before it begins')
  await check(sequence('b - 9s to a'))
})

test('counts and windows make sense', async () => {
  await check('0 tcp.refused within 1m', '4:1 never-fires: a step asks for one event at least')
  await check('2.5 tcp.refused', '4:1 value: the number of events is a whole number')
  await check('2 tcp.refused within 5', '4:22 unit: a window wants a duration (`30s`), not a plain number')
  await check('2 tcp.refused within 5%', '4:22 unit: a window wants a duration (`30s`), not a share')
})

test('thresholds fit what their meter measures', async () => {
  await check('refusals > 3')
  await check('refusals > 3s', '4:12 unit: this meter wants a plain number, not a duration')
  await check('refusals rising by at least 20%, r >= 1.5', '4:39 value: a correlation lies from 0 to 1')
  await check('refusals by server > 3', '4:20 syntax: `>` does not belong here')
  await check('p99(http.request.duration) over 1m by server, port, at least 20 > 2s lasting 30s')
  await check('share(http.request where status >= 500) over 1m by server, port, at least 20 > 5%')
  await check(
    'avg(dns.response.rtt) over 1m by server > 1s',
    '4:1 key-arity: the meter is kept by 1 fields, the key has 2 parts → `_` in `by` for parts that are unknown to the meter',
  )
})

test('a meter in the test before it is seen', async () => {
  await check(
    'tcp.refused where client == "a" and refusals > 3',
    '4:37 misplaced: `refusals` is a meter, but stands in the test before it → the meter before the signal',
  )
})

test('different values, absence and baselines keep what was written', async () => {
  assert.deepEqual(await condition('3 distinct client of tcp.refused within 1m'), {
    kind: 'count',
    step: { name: null, count: 3, distinct: 'client', select: { signal: 'tcp.refused', where: null }, by: [] },
    within: 60_000_000,
  })
  const sequence = await condition(
    'sequence within 75s first: 3 tcp.unanswered then said: dial by peer, port without tcp.established from first - 9s to said + 1s until tcp.refused',
  )
  assert.deepEqual(sequence?.kind === 'sequence' && [sequence.without[0]?.from, sequence.without[0]?.to], [
    { step: 'first', offset: -9_000_000 },
    { step: 'said', offset: 1_000_000 },
  ])
  const jump = await condition('refusals > 3 x baseline median over 30m before, at least 10 points and > 50 lasting 2m')
  assert.deepEqual(jump?.kind === 'measure' && { ...jump, meter: jump.meter.name }, {
    kind: 'measure',
    meter: 'refusals',
    comparison: '>',
    value: 50,
    baseline: { factor: 3, calculate: 'median', over: 1_800_000_000, points: 10 },
    lasting: 120_000_000,
  })
})

test('the commas of by and of all are told apart by the key', async () => {
  const all = await condition('all within 1m of dial by peer, port, tcp.refused, 2 tcp.unanswered')
  assert.deepEqual(all?.kind === 'all' && all.steps.map(({ count, select, by }) => [count, select.signal, by.length]), [
    [1, 'dial', 2],
    [1, 'tcp.refused', 0],
    [2, 'tcp.unanswered', 0],
  ])
})

test('`of` may stand between a number and its signal', async () => {
  assert.deepEqual(await condition('3 of tcp.refused within 1m'), await condition('3 tcp.refused within 1m'))
  await check('2 distinct port of tcp.refused within 1m')
  await check('sequence within 75s first: 3 of tcp.unanswered then 2 of tcp.refused')
})

test('a trend has the window of its meter, or one of its own', async () => {
  const trend = await condition('refusals rising over 10m by at least 20%, r >= 0.9')
  assert.equal(trend?.kind === 'trend' ? trend.over : null, 600_000_000)
  await check('refusals rising by at least 20%')
})

test('`m` is a thousandth of a plain number, and minutes where those can be meant', async () => {
  const asked = async (where: string) => {
    const { rules } = await parseRules([
      { file: 'a', text: `signal s from log where message has "cpu {cpu:cpu} for {took:duration}" and ${where}` },
    ])
    const test = rules.signals[0]?.where
    return JSON.stringify(test?.kind === 'and' ? test.tests[1] : null)
  }
  assert.match(await asked('cpu < 500m'), /"value":0\.5\}/)
  assert.match(await asked('took < 5m'), /"value":300000000\}/)
})
