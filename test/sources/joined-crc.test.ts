import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { joinedCrc } from '../../src/sources/joined-crc.ts'

function check(first: Uint8Array, second: Uint8Array) {
  assert.equal(joinedCrc(crc32(first), crc32(second), second.length), crc32(Buffer.concat([first, second])))
}

test('two checksums make that of the bytes one behind the other', () => {
  assert.equal(joinedCrc(0, 0, 0), 0)
  assert.equal(joinedCrc(0xcbf43926, 0xcbf43926, 9), 0x4b837ae4)
  check(Buffer.from('abc'), Buffer.alloc(0))
  check(Buffer.alloc(0), Buffer.from('abc'))
  check(Buffer.alloc(3_000_000, 'a'), Buffer.alloc(5_000_001, 'b'))
  fc.assert(fc.property(fc.uint8Array(), fc.uint8Array(), check))
})
