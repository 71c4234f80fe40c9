import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compareVersions } from '../../src/engine/version.ts'

function check(left: string, right: string, expected: -1 | 0 | 1 | null): void {
  test(`${left} against ${right}`, () => {
    const order = compareVersions(left, right)
    assert.equal(order === null ? null : Math.sign(order), expected)
  })
}

check('3.2.0', '3.10.0', -1)
check('v1.18', '1.18.0', 0)
check('1.24.3', '1.24', 1)
check('2.0.0-rc1', '2.0.0', -1)
check('Docker version 20.10.7, build f0df350', '20.10.0', 1)
check('none', '1.0', null)
