import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RecordWriter } from '../../../src/store/pages/record-writer.ts'
import type { Cell } from '../../../src/store/record.ts'

function recordOf(...cells: Cell[]): string {
  const writer = new RecordWriter(cells.length)
  writer.write(cells)
  return writer.bytes.toString('hex', writer.start, writer.end)
}

/** @param hex type of the value, then the value */
function check(cell: Cell, hex: string): void {
  assert.equal(recordOf(cell), `0300${hex}`)
}

test('whole numbers are as short as they can be', () => {
  check(0, '08')
  check(1, '09')
  check(-1, '01ff')
  check(127, '017f')
  check(128, '020080')
  check(-32_768, '028000')
  check(32_768, '03008000')
  check(-8_388_608, '03800000')
  check(8_388_608, '0400800000')
  check(-2_147_483_648, '0480000000')
  check(2_147_483_648, '05000080000000')
  check(-4_294_967_301, '05fffefffffffb')
  check(1_793_491_200_000_000, '0600065f2bb5e24000')
  check(-9_007_199_254_740_991, '06ffe0000000000001')
})

test('other numbers take eight bytes', () => {
  check(0.5, '073fe0000000000000')
  check(-0, '078000000000000000')
  check(2 ** 53, '074340000000000000')
})

test('texts say their length in bytes', () => {
  check(null, '00')
  check('', '0d')
  check('ab', '116162')
  check('é', '11c3a9')
  check('\ud800', '13efbfbd')
  check('a\0b', '13610062')
})

test('long rows have long headers', () => {
  assert.equal(recordOf('x'.repeat(58)), `04008101${'78'.repeat(58)}`)
  const wide = recordOf(...Array<Cell>(127).fill(null))
  assert.equal(wide, `8102${'00'.repeat(128)}`)
  assert.equal(recordOf('é'.repeat(5000)).length, 2 * (5 + 10_000))
})

test('numbers have room behind texts of any length', () => {
  for (let length = 0; length < 400; length++) {
    const record = recordOf('€'.repeat(length), 0.5, 0.5, 0.5)
    assert.equal(record.slice(-48), '3fe0000000000000'.repeat(3))
    assert.equal(record.slice(-48 - 6 * length, -48), 'e282ac'.repeat(length))
  }
})
