import assert from 'node:assert/strict'
import { test } from 'node:test'
import { confidence, type Witness } from '../../src/engine/confidence.ts'
import type { Combination, Strength } from '../../src/model/index.ts'
import { conclude, REMEDY, record } from './events.ts'

const said = (strength: Strength, count = 1, source = 0): Witness => ({ source, strength, count })

function check(name: string, witnesses: readonly Witness[], against: number, expected: number): void {
  test(name, () => assert.equal(confidence(witnesses, against), expected))
}

check('one weak line is no root', [said('weak')], 0, 0.4)
check('one strong piece passes the threshold', [said('strong')], 0, 0.8)
check('a thousand equal lines are little more than one', [said('weak', 1000)], 0, 0.49)
check('a log and a capture say more than either', [said('strong'), said('strong', 1, 1)], 0, 0.96)
check('two weak ones stay below the threshold', [said('weak'), said('weak')], 0, 0.64)
check('nothing is certain', [said('decisive', 10), said('decisive', 10)], 0, 0.99)
check('counter-evidence halves', [said('decisive')], 1, 0.49)
check('no witness, no confidence', [], 0, 0)

function combined(name: string, combine: Combination, witnesses: readonly Witness[], expected: number): void {
  test(name, () => assert.equal(confidence(witnesses, 0, combine), expected))
}

const atMost: Combination = { how: 'noisy-or', perSource: 0.6 }
combined('one source alone stays at its bound', atMost, [said('strong'), said('decisive')], 0.6)
combined('a second source adds to a bounded one', atMost, [said('strong'), said('strong', 1, 1)], 0.84)
const strongest: Combination = { how: 'strongest', perSource: 1 }
combined('the surest alone holds', strongest, [said('weak'), said('strong'), said('weak', 1, 1)], 0.8)
combined('the surest is bounded too', { ...strongest, perSource: 0.5 }, [said('strong'), said('weak', 1, 1)], 0.5)

const rule = (clause: string) => `signal a from log where message has "alpha"
signal b from log where message has "beta"
cause app.unhandled title "t" severity low strong when a strong when b ${clause} ${REMEDY}`

async function confidences(clause: string, sources: readonly [number, number]): Promise<readonly string[]> {
  const events = [record(1, 'alpha', { source: sources[0] }), record(2, 'beta', { source: sources[1] })]
  const { findings } = await conclude(rule(clause), events)
  return findings.map(({ confidence: sure, role }) => `${sure} ${role}`)
}

test('a cause says how its evidence is combined', async () => {
  assert.deepEqual(await confidences('', [0, 0]), ['0.96 root'])
  assert.deepEqual(await confidences('combine noisy or', [0, 0]), ['0.96 root'])
  assert.deepEqual(await confidences('combine strongest', [0, 0]), ['0.8 root'])
  assert.deepEqual(await confidences('combine noisy or, one source at most 0.60', [0, 0]), ['0.6 suspect'])
  assert.deepEqual(await confidences('combine noisy or, one source at most 60%', [0, 1]), ['0.84 root'])
})
