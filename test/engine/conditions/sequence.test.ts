import assert from 'node:assert/strict'
import { test } from 'node:test'
import { conclude, fact, found, REMEDY, record } from '../events.ts'

const RULE = `signal said from log where message has "timed out {server:ip}:{port:int}"
signal restarted from log where message has "restarted"
cause network.filtered title "t" severity high key server, port
decisive when sequence within 30s
  first: 2 tcp.unanswered by server, port
  then said: said by server, port
  without tcp.established by server, port from first to first + 20s
  until restarted by _, _ ${REMEDY}`

const to = { server: '192.0.2.7', port: 443 }
const other = { server: '192.0.2.8', port: 443 }
const syn = (at: number, fields = to) => fact(at, 'tcp.unanswered', fields)
const told = (at: number) => record(at, 'timed out 192.0.2.7:443')

function check(name: string, events: Parameters<typeof found>[1], isFound: boolean, until = 600): void {
  test(name, async () => {
    const findings = await found(RULE, events, until)
    assert.equal(findings.length > 0, isFound, findings.join('; '))
  })
}

check('steps in order within the window match', [syn(0), syn(5), told(10)], true)
check('the order matters', [told(0), syn(5), syn(6)], false)
check('each step needs its count', [syn(0), told(10)], false)
check('the whole must fit the window', [syn(0), syn(1), told(31)], false)
check('keys must agree', [syn(0, other), syn(1, other), told(10)], false)
check('what must not happen forbids it', [syn(0), syn(5), told(10), fact(12, 'tcp.established', to)], false)
check('with another key it forbids nothing', [syn(0), syn(5), told(10), fact(12, 'tcp.established', other)], true)
check('after the interval it forbids nothing', [syn(0), syn(5), told(10), fact(20.5, 'tcp.established', to)], true)
check('until ends a half match', [syn(0), syn(5), record(7, 'restarted'), told(10)], false)

test('an absence that could not be observed is no evidence, but an open question', async () => {
  const { findings, checks } = await conclude(RULE, [syn(0), syn(5), told(10)], 15)
  assert.deepEqual(findings, [])
  assert.deepEqual(
    checks.map(({ cause, state }) => [cause, state]),
    [['network.filtered', 'open']],
  )
})

const PAIR = (options: string) => `signal a from log where message has "alpha"
signal b from log where message has "beta"
signal stop from log where message has "stop"
${options}
cause app.unhandled title "t" severity low strong when sequence within 10s first: a then second: b until stop ${REMEDY}`

const pair = async (options: string, ...said: readonly (readonly [number, string])[]) =>
  (
    await found(
      PAIR(options),
      said.map(([at, body]) => record(at, body)),
    )
  ).length

test('options say what equal times mean and whether events are used once', async () => {
  assert.equal(await pair('', [1, 'beta'], [1, 'alpha']), 0)
  assert.equal(await pair('options order loose', [1, 'beta'], [1, 'alpha']), 1)
  assert.equal(await pair('options order loose', [1, 'beta'], [1.5, 'alpha']), 0)
  assert.equal(await pair('options order loose, use each once', [1, 'beta'], [1, 'alpha']), 1)
})

test('used once, a line is one step of a sequence, and lines of one time stand in the order of their file', async () => {
  const once = 'options use each once'
  assert.equal(await pair(once, [1, 'alpha beta']), 0)
  assert.equal(await pair(once, [1, 'alpha beta'], [1, 'beta']), 1)
  assert.equal(await pair(once, [1, 'beta'], [1, 'alpha']), 0)
  assert.equal(await pair(once, [1, 'alpha'], [1, 'beta']), 1)
  assert.equal(await pair(`${once}, order loose`, [1, 'alpha beta']), 1)
})

test('of several absences the one that fails says which event is given up', async () => {
  const rule = (absences: string) => `signal a from log where message has "alpha"
signal b from log where message has "beta"
signal no from log where message has "never"
signal not from log where message has "mustn't"
options use each once, at end assume absent
cause app.unhandled title "t" severity low strong when sequence within 9s first: a then second: b ${absences} ${REMEDY}`
  const said = [
    [33, 'alpha'],
    [35, "mustn't"],
    [38, 'alpha'],
    [41, 'beta'],
  ] as const
  const lines = said.map(([at, body]) => record(at, body))
  const absences = ['without no from second to second', 'without not from first to second']
  for (const order of [absences, absences.toReversed()])
    assert.equal((await found(rule(order.join(' ')), lines)).length, 1, order.join(', '))
})

test('until ends a half match whatever the options', async () => {
  const said = [
    [1, 'alpha'],
    [2, 'stop'],
    [3, 'beta'],
  ] as const
  assert.equal(await pair('', ...said), 0)
  assert.equal(await pair('options use each once', ...said), 0)
  assert.equal(await pair('options use each once', ...said, [4, 'alpha'], [5, 'beta']), 1)
})

test('an absence in a capture that lost packets just then is an open question', async () => {
  const gap = fact(12, 'capture.gap', { packets: 3 })
  const { findings, checks } = await conclude(RULE, [syn(0), syn(5), told(10), gap])
  assert.deepEqual(findings, [])
  assert.deepEqual(
    checks.map(({ state }) => state),
    ['open'],
  )
  const before = await conclude(RULE, [syn(10), syn(15), told(20), fact(2, 'capture.gap', { packets: 3 })])
  assert.equal(before.findings.length, 1)
})

test('a named signal of packets is looked for in captures as its kind of fact is', async () => {
  const named = RULE.replace('without tcp.established', 'without opened').replace(
    'signal said',
    'signal opened from tcp.established where port == 443\nsignal said',
  )
  assert.equal((await found(named, [syn(0), syn(5), told(10)])).length, 1)
  assert.equal((await found(named, [syn(0), syn(5), told(10), fact(12, 'tcp.established', to)])).length, 0)
})
