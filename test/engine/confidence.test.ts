import assert from 'node:assert/strict'
import { test } from 'node:test'
import { confidence, type Witness } from '../../src/engine/confidence.ts'

function check(name: string, witnesses: readonly Witness[], against: number, expected: number): void {
  test(name, () => assert.equal(confidence(witnesses, against), expected))
}

check('one weak line is no root', [{ strength: 'weak', count: 1 }], 0, 0.4)
check('one strong piece passes the threshold', [{ strength: 'strong', count: 1 }], 0, 0.8)
check('a thousand equal lines are little more than one', [{ strength: 'weak', count: 1000 }], 0, 0.49)
check(
  'a log and a capture say more than either',
  [
    { strength: 'strong', count: 1 },
    { strength: 'strong', count: 1 },
  ],
  0,
  0.96,
)
check(
  'two weak ones stay below the threshold',
  [
    { strength: 'weak', count: 1 },
    { strength: 'weak', count: 1 },
  ],
  0,
  0.64,
)
check(
  'nothing is certain',
  [
    { strength: 'decisive', count: 10 },
    { strength: 'decisive', count: 10 },
  ],
  0,
  0.99,
)
check('counter-evidence halves', [{ strength: 'decisive', count: 1 }], 1, 0.49)
check('no witness, no confidence', [], 0, 0)
