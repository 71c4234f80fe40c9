import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Addresses } from '../../src/packets/addresses.ts'
import { communityId } from '../../src/packets/community-id.ts'

function word(address: string): number {
  return address.split('.').reduce((sum, part) => (sum << 8) | Number(part), 0)
}

/** Expected values are those of the specification's baseline. */
function check(
  protocol: number,
  from: readonly [string, number],
  to: readonly [string, number],
  expected: string,
): void {
  test(`${from.join(':')} and ${to.join(':')} are ${expected}, in both directions`, () => {
    const ends = [from, to].map(([address, port]) => ({ address: word(address), port }))
    const [a, b] = ends
    assert.equal(communityId({ family: 4, protocol, ends: [a, b] }, new Addresses()), expected)
    assert.equal(communityId({ family: 4, protocol, ends: [b, a] }, new Addresses()), expected)
  })
}

check(6, ['128.232.110.120', 34855], ['66.35.250.204', 80], '1:LQU9qZlK+B5F3KDmev6m5PMibrg=')
check(17, ['192.168.1.52', 54585], ['8.8.8.8', 53], '1:d/FP5EW3wiY1vCndhwleRRKHowQ=')
