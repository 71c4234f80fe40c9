import assert from 'node:assert/strict'
import { test } from 'node:test'
import { varintLength, writeVarint } from '../../../src/store/pages/varint.ts'

function check(value: number, hex: string): void {
  const bytes = Buffer.alloc(9)
  assert.equal(writeVarint(bytes, 0, value), hex.length / 2)
  assert.equal(varintLength(value), hex.length / 2)
  assert.equal(bytes.toString('hex', 0, hex.length / 2), hex)
}

test('numbers take as many bytes as they have seven bits', () => {
  check(0, '00')
  check(127, '7f')
  check(128, '8100')
  check(16_383, 'ff7f')
  check(16_384, '818000')
  check(2 ** 21 - 1, 'ffff7f')
  check(2 ** 32, '9080808000')
  check(2 ** 49 - 1, 'ffffffffffff7f')
})
