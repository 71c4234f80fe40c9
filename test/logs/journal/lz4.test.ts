import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unpackLz4 } from '../../../src/logs/journal/lz4.ts'

function check(what: string, block: readonly number[], size: number, expected: string | null): void {
  test(what, () => {
    const bytes = unpackLz4(Uint8Array.from(block), size)
    assert.equal(bytes === null ? null : Buffer.from(bytes).toString('latin1'), expected)
  })
}

const letters = (text: string): number[] => [...Buffer.from(text)]

check('literals alone', [0x30, ...letters('abc')], 3, 'abc')
check('a match that overlaps itself', [0x11, ...letters('a'), 1, 0, 0x10, ...letters('b')], 7, 'aaaaaab')
check('a long run of literals', [0xf0, 5, ...letters('abcdefghijklmnopqrst')], 20, 'abcdefghijklmnopqrst')
check('a long match', [0x2f, ...letters('ab'), 2, 0, 1], 22, 'abababababababababababab'.slice(0, 22))
check('a distance before the start', [0x11, ...letters('a'), 9, 0], 6, null)
check('more literals than bytes', [0x70, ...letters('abc')], 7, null)
check('another size than promised', [0x30, ...letters('abc')], 4, null)
