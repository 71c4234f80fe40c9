import assert from 'node:assert/strict'
import { test } from 'node:test'
import { calm, Trouble } from '../../../src/packets/tcp/trouble.ts'

function check(had: Partial<Trouble>, isKept: boolean): void {
  const side: { trouble: Trouble | null } = { trouble: Object.assign(new Trouble(), had) }
  calm(side)
  assert.equal(side.trouble !== null, isKept)
}

test('trouble is let go when nothing of it is left', () => {
  check({ stuckAt: 5, stuckSize: 1400, isShrunk: true, holeStart: 1, holeEnd: 9 }, false)
  check({ tries: 1 }, true)
  check({ missed: 1 }, true)
  check({ holeSince: 1 }, true)
})
